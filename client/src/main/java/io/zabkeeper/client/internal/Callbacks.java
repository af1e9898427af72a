package io.zabkeeper.client.internal;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs what belongs to the application, one after another in the order in which it happened: an event precedes the
 * reply that would show the change. What it throws ends in the log.
 *
 * <p>Without an executor it runs at once, on the loop. With one it leaves the loop; the queue keeps the order even if
 * the executor has many threads.
 */
final class Callbacks {
    private static final Logger LOG = LoggerFactory.getLogger(Callbacks.class);

    private final @Nullable Executor executor;
    private final Queue<Runnable> queue = new ArrayDeque<>();
    private boolean isRunning;
    private volatile @Nullable Thread runner;

    Callbacks(@Nullable Executor executor) {
        this.executor = executor;
    }

    void run(Runnable callback) {
        if (executor == null) {
            runGuarded(callback);
            return;
        }
        synchronized (queue) {
            queue.add(callback);
            if (isRunning) {
                return;
            }
            isRunning = true;
        }
        try {
            executor.execute(this::runAll);
        } catch (RejectedExecutionException e) {
            LOG.warn("the executor of the application takes no callbacks, running them on the loop", e);
            runAll();
        }
    }

    /** Whether a callback is running on this thread, and all others wait for it. */
    boolean isRunningHere() {
        return runner == Thread.currentThread();
    }

    private void runAll() {
        for (Runnable next = next(); next != null; next = next()) {
            runner = Thread.currentThread();
            runGuarded(next);
            runner = null;
        }
    }

    private @Nullable Runnable next() {
        synchronized (queue) {
            Runnable next = queue.poll();
            isRunning = next != null;
            return next;
        }
    }

    private static void runGuarded(Runnable callback) {
        try {
            callback.run();
        } catch (RuntimeException e) {
            LOG.warn("a callback of the application failed", e);
        }
    }
}
