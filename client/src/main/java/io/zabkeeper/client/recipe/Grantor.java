package io.zabkeeper.client.recipe;

import io.zabkeeper.client.ZabClient;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Something that can be had for a time: a lock, a share of one, a lease. Each acquisition is a contender of its own, so
 * that two by one thread stand in each other's way as those of strangers do; {@link ReentrantMutex} is otherwise. Safe for
 * use by many threads.
 */
public abstract sealed class Grantor permits Mutex, ReadWriteLock.Side, Semaphore {
    private final ZabClient client;
    private final String path;

    Grantor(ZabClient client, String path) {
        this.client = client;
        this.path = path;
    }

    /** Where its znodes are. */
    public final String path() {
        return path;
    }

    /**
     * Waits in line until it is granted: as long as others hold it, and as long as no server can be reached, for only a
     * server can say that the session is over. {@link #tryAcquire} has an end in any case.
     *
     * @throws InterruptedException if the thread is interrupted meanwhile; nothing is held then
     * @throws io.zabkeeper.client.ZabException if the session is lost, or the server refuses
     * @throws IllegalStateException on the client's callback thread
     */
    public final Grant acquire() throws InterruptedException {
        return Waiting.toHave(client, acquireAsync(), Grantor::giveBack);
    }

    /**
     * The same, but leaves the line when it took too long, connected or not.
     *
     * @param patience how long to wait
     * @return empty if it was not granted in time
     */
    public final Optional<Grant> tryAcquire(Duration patience) throws InterruptedException {
        return Waiting.toHave(client, acquireAsync(), patience, Grantor::giveBack);
    }

    /** As {@link #acquire}, without waiting. To cancel the future is to leave the line. */
    public abstract CompletableFuture<Grant> acquireAsync();

    final ZabClient client() {
        return client;
    }

    private static void giveBack(Grant grant) {
        CompletableFuture<Void> unused = grant.releaseAsync();
    }
}
