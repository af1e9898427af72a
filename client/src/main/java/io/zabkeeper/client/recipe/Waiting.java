package io.zabkeeper.client.recipe;

import io.zabkeeper.client.ZabClient;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** From futures to threads that wait. */
final class Waiting {
    private static final String HERE = "waiting on the client's callback thread, which has to bring the answer: use the"
            + " method that returns a future, or wait elsewhere";

    private Waiting() {}

    /**
     * Waits for something to have, however long.
     *
     * @param giveBack takes what came although nobody waited any more
     * @throws InterruptedException and nothing is had, nor waited for
     */
    static <T> T toHave(ZabClient client, CompletableFuture<T> value, Consumer<T> giveBack)
            throws InterruptedException {
        requireOtherThread(client, value, giveBack);
        try {
            return value.get();
        } catch (ExecutionException e) {
            throw Trouble.toThrow(e);
        } catch (InterruptedException e) {
            giveUp(value, giveBack);
            throw e;
        }
    }

    /** The same for so long; empty if it did not come by then, and will not. */
    static <T> Optional<T> toHave(ZabClient client, CompletableFuture<T> value, Duration patience, Consumer<T> giveBack)
            throws InterruptedException {
        requireOtherThread(client, value, giveBack);
        try {
            return Optional.of(value.get(patience.toNanos(), TimeUnit.NANOSECONDS));
        } catch (ExecutionException e) {
            throw Trouble.toThrow(e);
        } catch (TimeoutException e) {
            // What came in the last moment is ours, and nobody else would give it back.
            return value.cancel(false) ? Optional.empty() : Optional.of(value.join());
        } catch (InterruptedException e) {
            giveUp(value, giveBack);
            throw e;
        }
    }

    /** Waits so long for something that is not had, and then gives the future up. */
    static <T> Optional<T> within(ZabClient client, CompletableFuture<T> value, Duration patience)
            throws InterruptedException {
        return toHave(client, value, patience, unused -> {});
    }

    /** Waits for something that goes on whether or not somebody waits. */
    static <T> T forValue(ZabClient client, CompletableFuture<T> value) {
        if (client.isCallbackThread() && !value.isDone()) {
            throw new IllegalStateException(HERE);
        }
        try {
            return value.get();
        } catch (ExecutionException e) {
            throw Trouble.toThrow(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted: the change may be made yet", e);
        }
    }

    /** Waits for something that goes on anyway, as long as an operation takes; not where waiting would hinder it. */
    static void upTo(ZabClient client, CompletableFuture<Void> done) {
        if (client.isCallbackThread()) {
            return;
        }
        try {
            done.get(client.operationTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw Trouble.toThrow(e);
        } catch (TimeoutException e) {
            // It goes on in the background.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static <T> void giveUp(CompletableFuture<T> value, Consumer<T> giveBack) {
        if (!value.cancel(false) && !value.isCompletedExceptionally()) {
            giveBack.accept(value.join());
        }
    }

    private static <T> void requireOtherThread(ZabClient client, CompletableFuture<T> value, Consumer<T> giveBack) {
        if (client.isCallbackThread() && !value.isDone()) {
            giveUp(value, giveBack);
            throw new IllegalStateException(HERE);
        }
    }
}
