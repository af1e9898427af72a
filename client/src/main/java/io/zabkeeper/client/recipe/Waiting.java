package io.zabkeeper.client.recipe;

import io.zabkeeper.client.ZabClient;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** From futures to threads that wait. */
final class Waiting {
    private static final String HERE = "waiting on the client's callback thread, which has to bring the answer: use the"
            + " method that returns a future, or wait elsewhere";

    private Waiting() {}

    /**
     * Waits for a grant, however long.
     *
     * @throws InterruptedException and the grant is not held, nor waited for
     */
    static Grant forGrant(ZabClient client, CompletableFuture<Grant> grant) throws InterruptedException {
        requireOtherThread(client, grant);
        try {
            return grant.get();
        } catch (ExecutionException e) {
            throw Trouble.toThrow(e);
        } catch (InterruptedException e) {
            giveUp(grant);
            throw e;
        }
    }

    /** The same for so long; empty if it was not granted by then, and will not be. */
    static Optional<Grant> forGrant(ZabClient client, CompletableFuture<Grant> grant, Duration patience)
            throws InterruptedException {
        requireOtherThread(client, grant);
        try {
            return Optional.of(grant.get(patience.toNanos(), TimeUnit.NANOSECONDS));
        } catch (ExecutionException e) {
            throw Trouble.toThrow(e);
        } catch (TimeoutException e) {
            // Granted in the last moment: it is ours, and nobody else would give it back.
            return grant.cancel(false) ? Optional.empty() : Optional.of(grant.join());
        } catch (InterruptedException e) {
            giveUp(grant);
            throw e;
        }
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

    /** Waits so long, and then gives the future up. */
    static <T> Optional<T> within(ZabClient client, CompletableFuture<T> value, Duration patience)
            throws InterruptedException {
        if (client.isCallbackThread() && !value.isDone()) {
            value.cancel(false);
            throw new IllegalStateException(HERE);
        }
        try {
            return Optional.of(value.get(patience.toNanos(), TimeUnit.NANOSECONDS));
        } catch (ExecutionException e) {
            throw Trouble.toThrow(e);
        } catch (TimeoutException e) {
            return value.cancel(false) ? Optional.empty() : Optional.of(value.join());
        } catch (InterruptedException e) {
            value.cancel(false);
            throw e;
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

    private static void giveUp(CompletableFuture<Grant> grant) {
        if (!grant.cancel(false) && !grant.isCompletedExceptionally()) {
            CompletableFuture<Void> unused = grant.join().releaseAsync();
        }
    }

    private static void requireOtherThread(ZabClient client, CompletableFuture<Grant> grant) {
        if (client.isCallbackThread() && !grant.isDone()) {
            giveUp(grant);
            throw new IllegalStateException(HERE);
        }
    }
}
