package io.zabkeeper.client.recipe;

import io.zabkeeper.client.CreateOptions;
import io.zabkeeper.client.ZabClient;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Holds everybody up while it is closed. It is a znode, and closed while that exists, whoever made it: Curator's
 * {@code DistributedBarrier} is the same. Once {@link #raise} has returned, nobody who begins to wait afterwards passes before it
 * is lifted, whichever server he asks. Safe for use by many threads.
 */
public final class Barrier {
    private final ZabClient client;
    private final String path;

    private Barrier(ZabClient client, String path) {
        this.client = client;
        this.path = path;
    }

    /**
     * Nothing is asked of the ensemble yet.
     *
     * @throws IllegalArgumentException if that is no path, or the root
     */
    public static Barrier at(ZabClient client, String path) {
        return new Barrier(client, Directory.requireGood(path));
    }

    /** Closes it; nothing happens when it is closed. It stays closed when this client's session ends. */
    public void raise() {
        Waiting.forValue(client, raiseAsync());
    }

    /** As {@link #raise}, without waiting. */
    public CompletableFuture<Void> raiseAsync() {
        return Persistence.make(client, path, CreateOptions.PERSISTENT);
    }

    /** Opens it and lets everybody go; nothing happens when it is open. */
    public void lift() {
        Waiting.forValue(client, liftAsync());
    }

    /** As {@link #lift}, without waiting. */
    public CompletableFuture<Void> liftAsync() {
        return Persistence.delete(client, path);
    }

    /**
     * Waits until it is open.
     *
     * @return whether it was, in time
     */
    public boolean await(Duration patience) throws InterruptedException {
        return Waiting.within(client, awaitAsync(), patience).isPresent();
    }

    /** As {@link #await}, without waiting and without a bound. To cancel the future is to wait no longer. */
    public CompletableFuture<Boolean> awaitAsync() {
        // A server that is behind would say that a barrier is open which somebody has just closed.
        // The data is read, not the existence: that would leave a watch behind when the barrier is open.
        return Change.await(
                watch -> client.syncAsync(path)
                        .thenCompose(synced -> client.getDataAsync(path, watch))
                        .handle((znode, failure) -> {
                            if (failure != null && Trouble.of(failure) != Trouble.NO_NODE) {
                                throw Trouble.toThrow(failure);
                            }
                            return failure != null;
                        }),
                isOpen -> CompletableFuture.completedFuture(Optional.of(isOpen).filter(open -> open)));
    }
}
