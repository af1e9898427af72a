package io.zabkeeper.test;

import org.jspecify.annotations.Nullable;

/** An ensemble does not do in time what a test asked for, or cannot do it here; the message says what and why. */
public final class TestEnsembleException extends RuntimeException {
    TestEnsembleException(String message) {
        super(message);
    }

    TestEnsembleException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
