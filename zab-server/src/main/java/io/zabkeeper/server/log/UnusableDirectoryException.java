package io.zabkeeper.server.log;

import java.io.IOException;

/** The data directory must not be used as it is; the message tells the operator why. Nothing was changed. */
public final class UnusableDirectoryException extends IOException {
    private static final long serialVersionUID = 1;

    public UnusableDirectoryException(String message) {
        super(message);
    }
}
