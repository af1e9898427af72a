package io.zabkeeper.client.recipe;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Something that can be had for a time: a lock, a share of one, a lease. Each acquisition is a contender of its own, so
 * that two by one thread stand in each other's way as those of strangers do; {@link ReentrantMutex} is otherwise. Safe for
 * use by many threads.
 */
public sealed interface Grantor permits Mutex, ReadWriteLock.Side, Semaphore {
    /** Where its znodes are. */
    String path();

    /**
     * Waits in line until it is granted.
     *
     * @throws InterruptedException if the thread is interrupted meanwhile; nothing is held then
     * @throws io.zabkeeper.client.ZabException if the session is lost, or the server refuses
     * @throws IllegalStateException on the client's callback thread
     */
    Grant acquire() throws InterruptedException;

    /**
     * The same, but leaves the line when it took too long.
     *
     * @return empty if it was not granted in time
     */
    Optional<Grant> tryAcquire(Duration patience) throws InterruptedException;

    /** As {@link #acquire}, without waiting. To cancel the future is to leave the line. */
    CompletableFuture<Grant> acquireAsync();
}
