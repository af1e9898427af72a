package io.zabkeeper.server.store;

import io.zabkeeper.consensus.SnapshotMeta;
import io.zabkeeper.server.tree.Cut;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * The checkpoint thread: it takes one cut at a time and writes it while the member goes on.
 *
 * <p>A cut that could not be written is owed: it goes into the same transaction as the next one, so that no change is
 * ever skipped, and the next one is not accepted before a pause that doubles with every failure.
 *
 * <p>Everything that touches the checkpoint while the member serves should come through here, in the order of the
 * calls; a cut of the old state can then never follow the installation of a new one.
 */
public final class Checkpointer implements AutoCloseable {
    private static final long PAUSE_LEAST_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long PAUSE_MOST_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** A cut that is smaller is over before anybody could notice. */
    private static final long PACED_RECORDS = 8_192;

    private static final long REST_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

    static final Environment.Pace PACE = () -> LockSupport.parkNanos(REST_NANOS);

    private final LmdbCheckpoints checkpoints;
    private final CheckpointPolicy policy;
    private final LongSupplier nanoClock;
    private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private final AtomicInteger unfinished = new AtomicInteger();
    private final Thread thread;

    /** Belongs to the thread. Oldest first. */
    private final List<Cut> owed = new ArrayList<>();

    private volatile CheckpointStats stats = CheckpointStats.NONE;
    private volatile long pauseNanos;
    private volatile long failedAtNanos;
    private volatile boolean stopping;

    /** Called on the checkpoint thread. */
    public interface Listener {
        /** The checkpoint stands at meta, durable: the log up to the checkpoint before this one may go. */
        void done(SnapshotMeta meta, long nanos, long bytes);

        /** The checkpoint stands where it stood. Nothing needs to be done but to tell somebody. */
        void failed(CheckpointFailed cause);
    }

    /** @param onDeath is told when the thread dies of something that nobody expected */
    public Checkpointer(
            LmdbCheckpoints checkpoints,
            CheckpointPolicy policy,
            LongSupplier nanoClock,
            Thread.UncaughtExceptionHandler onDeath) {
        this.checkpoints = checkpoints;
        this.policy = policy;
        this.nanoClock = nanoClock;
        this.thread = new Thread(this::run, "zab-checkpoint");
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler(onDeath);
    }

    /** Starts the thread; the first thing it does is to load LMDB. */
    public void start() {
        thread.start();
    }

    /** Whether a checkpoint is worth it by now. */
    public boolean isDue(long dirtyCount, long logBytesSinceLast, long nanosSinceLast) {
        return policy.isDue(dirtyCount, logBytesSinceLast, nanosSinceLast);
    }

    /** Whether {@link #submit} would be accepted: nothing is under way, and no failure is too fresh. */
    public boolean isIdle() {
        return unfinished.get() == 0 && nanoClock.getAsLong() - failedAtNanos >= pauseNanos && !stopping;
    }

    /**
     * Writes a cut, exactly the changes since the cut that was submitted before.
     *
     * @throws IllegalStateException when not idle
     */
    public void submit(Cut cut, Listener listener) {
        if (!isIdle()) {
            throw new IllegalStateException("the checkpoint before this one is not finished");
        }
        enqueue(() -> write(cut, listener));
    }

    /**
     * Installs a staged snapshot after everything that is under way, and forgets the cuts that are owed: they belong to
     * a state that is no more. The caller submits no cut of the old state after this call.
     */
    public void install(Staging staging, Listener listener) {
        enqueue(() -> {
            long began = nanoClock.getAsLong();
            try {
                staging.install();
            } catch (CheckpointFailed e) {
                unfinished.decrementAndGet();
                listener.failed(e);
                return;
            }
            owed.clear();
            pauseNanos = 0;
            unfinished.decrementAndGet();
            listener.done(checkpoints.meta(), nanoClock.getAsLong() - began, checkpoints.fileBytes());
        });
    }

    public CheckpointStats stats() {
        return stats;
    }

    /** Finishes what is under way and ends the thread; the checkpoints stay open. */
    @Override
    public void close() {
        stopping = true;
        tasks.add(() -> {});
        if (Thread.currentThread() == thread || !thread.isAlive()) {
            return;
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void enqueue(Runnable task) {
        unfinished.incrementAndGet();
        tasks.add(task);
    }

    private void run() {
        try {
            checkpoints.warmUp();
        } catch (CheckpointFailed e) {
            // The first write fails in the same way and has somebody to tell.
            stats = stats.afterFailure();
        }
        while (!stopping || !tasks.isEmpty()) {
            next().run();
        }
    }

    private Runnable next() {
        while (true) {
            try {
                return tasks.take();
            } catch (InterruptedException e) {
                // Nobody interrupts this thread on purpose, and what is under way must not be given up.
            }
        }
    }

    private void write(Cut cut, Listener listener) {
        owed.add(cut);
        long began = nanoClock.getAsLong();
        LmdbCheckpoints.Outcome outcome;
        try {
            outcome = checkpoints.write(owed, pace());
        } catch (CheckpointFailed e) {
            stats = stats.afterFailure();
            failedAtNanos = nanoClock.getAsLong();
            pauseNanos = pauseNanos == 0 ? PAUSE_LEAST_NANOS : Math.min(2 * pauseNanos, PAUSE_MOST_NANOS);
            unfinished.decrementAndGet();
            listener.failed(e);
            return;
        }
        long nanos = nanoClock.getAsLong() - began;
        owed.clear();
        pauseNanos = 0;
        stats = stats.afterSuccess(outcome, nanos, checkpoints.fileBytes());
        unfinished.decrementAndGet();
        listener.done(outcome.meta(), nanos, outcome.bytes());
    }

    private Environment.Pace pace() {
        long size = 0;
        for (Cut each : owed) {
            size += each.size();
        }
        return size < PACED_RECORDS ? Environment.Pace.NONE : PACE;
    }
}
