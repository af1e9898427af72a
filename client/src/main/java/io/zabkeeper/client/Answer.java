package io.zabkeeper.client;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A future of the API. Completes on the callback thread, where it queues behind what the application does there; those
 * who block wait for the early one, which the loop completes, so that callbacks may block too.
 */
final class Answer<T> extends CompletableFuture<T> {
    private final CompletableFuture<T> early = new CompletableFuture<>();

    CompletableFuture<T> early() {
        return early;
    }

    /** A value, or a failure; called on the loop. Returns what the callback thread has to do. */
    Runnable settle(@Nullable T value, @Nullable ZabException failure) {
        if (failure == null) {
            early.complete(value);
            return () -> complete(value);
        }
        early.completeExceptionally(failure);
        return () -> completeExceptionally(failure);
    }
}
