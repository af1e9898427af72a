package io.zabkeeper.client.recipe;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A mutex that the thread which holds it may take again. Threads of one process are contenders like any others.
 *
 * <pre>{@code
 * try (ReentrantMutex.Hold outer = mutex.acquire()) {
 *     try (ReentrantMutex.Hold inner = mutex.acquire()) {
 *         // the same grant
 *     }
 * }
 * }</pre>
 *
 * <p>A thread whose grant is lost and which takes it again waits in line for a new one.
 */
public final class ReentrantMutex {
    private final Mutex mutex;
    private final Map<Thread, Hold> holds = new ConcurrentHashMap<>();

    /** Threads that take the same mutex again must do so through the same object. */
    public ReentrantMutex(Mutex mutex) {
        this.mutex = mutex;
    }

    /** As {@link Mutex#acquire}; at once when the thread holds it. */
    public Hold acquire() throws InterruptedException {
        Optional<Hold> again = again();
        return again.isPresent() ? again.get() : first(mutex.acquire());
    }

    /** As {@link Mutex#tryAcquire}; at once when the thread holds it. */
    public Optional<Hold> tryAcquire(Duration patience) throws InterruptedException {
        Optional<Hold> again = again();
        return again.isPresent() ? again : mutex.tryAcquire(patience).map(this::first);
    }

    private Optional<Hold> again() {
        Hold hold = holds.get(Thread.currentThread());
        if (hold == null || hold.grant.standing().isFinal()) {
            return Optional.empty();
        }
        hold.depth++;
        return Optional.of(hold);
    }

    private Hold first(Grant grant) {
        Hold hold = new Hold(Thread.currentThread(), grant);
        holds.put(hold.thread, hold);
        return hold;
    }

    /** That a thread holds the mutex, once or several times. For this thread only. */
    public final class Hold implements AutoCloseable {
        private final Thread thread;
        private final Grant grant;
        private int depth = 1;

        private Hold(Thread thread, Grant grant) {
            this.thread = thread;
            this.grant = grant;
        }

        public Grant grant() {
            return grant;
        }

        /**
         * Undoes one acquisition; the last one gives the mutex back.
         *
         * @throws IllegalMonitorStateException if another thread has it, or if it is given back
         */
        @Override
        public void close() {
            if (thread != Thread.currentThread() || depth == 0) {
                throw new IllegalMonitorStateException(
                        "not held by " + Thread.currentThread().getName());
            }
            depth--;
            if (depth == 0) {
                holds.remove(thread, this);
                grant.close();
            }
        }
    }
}
