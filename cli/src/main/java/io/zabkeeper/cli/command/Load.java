package io.zabkeeper.cli.command;

import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.CreateMode;
import io.zabkeeper.wire.ZnodePath;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * A bounded load on an ensemble: sessions that do one thing again and again, for a time or for a number of operations.
 *
 * <p>All of its znodes are ephemeral and below one container, so that nothing stays behind, even of a load that was killed.
 * The sessions of the clients are not those of the znodes: they may come and go.
 */
final class Load {
    private static final int ANY_VERSION = -1;
    private static final long PAUSE_BEHIND_FAILURE_MS = 20;
    private static final long PROGRESS_MS = 100;

    private final Size size;
    private final SessionSource source;
    private final LoadReport report;
    private final AtomicLong left;
    private volatile boolean isOver;

    /**
     * How much load.
     *
     * @param clients sessions, each with a connection of its own
     * @param inFlight how many operations each has under way
     * @param operations end after so many
     * @param seconds or after so long
     * @param znodes how many there are to work on
     * @param bytes of data that each holds
     */
    record Size(Workload workload, int clients, int inFlight, long operations, double seconds, int znodes, int bytes) {}

    /** Where its sessions come from. */
    @FunctionalInterface
    interface SessionSource {
        Session open() throws InterruptedException;
    }

    Load(Size size, SessionSource source) {
        this.size = size;
        this.source = source;
        this.report = new LoadReport(size);
        this.left = new AtomicLong(size.operations());
    }

    /**
     * Runs it, and cleans up.
     *
     * @param above the znode below which it makes its own
     * @param progress told how many operations were done, while it runs
     */
    LoadReport run(String above, LongConsumer progress) throws InterruptedException {
        Session owner = source.open();
        try {
            String name =
                    "zab-bench-" + Long.toHexString(ThreadLocalRandom.current().nextLong());
            String base = owner.create(ZnodePath.child(above, name), Bytes.EMPTY, CreateMode.CONTAINER);
            List<String> paths = new ArrayList<>();
            try {
                Bytes data = Bytes.of(new byte[size.bytes()]);
                for (int i = 0; i < size.znodes(); i++) {
                    paths.add(owner.create(ZnodePath.child(base, "znode-" + i), data, CreateMode.EPHEMERAL));
                }
                operate(paths, data, progress);
            } finally {
                cleanUp(owner, base, paths);
            }
        } finally {
            owner.close();
        }
        return report;
    }

    /** What fails here the servers do in their own time. */
    private static void cleanUp(Session owner, String base, List<String> paths) throws InterruptedException {
        try {
            for (String path : paths) {
                owner.delete(path, ANY_VERSION);
            }
            owner.delete(base, ANY_VERSION);
        } catch (CommandFailure e) {
            // The znodes end with the session, the container when it has been empty for a while.
        }
    }

    private void operate(List<String> paths, Bytes data, LongConsumer progress) throws InterruptedException {
        List<Session> sessions = new ArrayList<>();
        List<Thread> workers = new ArrayList<>();
        try {
            for (int i = 0; i < size.clients(); i++) {
                Session session = source.open();
                sessions.add(session);
                for (int j = 0; j < size.inFlight(); j++) {
                    Thread worker = new Thread(() -> work(session, paths, data), "bench " + i + "." + j);
                    worker.setDaemon(true);
                    workers.add(worker);
                }
            }
            report.begin();
            workers.forEach(Thread::start);
            awaitEnd(workers, progress);
            report.end();
        } finally {
            isOver = true;
            for (Session session : sessions) {
                session.close();
            }
        }
    }

    private void awaitEnd(List<Thread> workers, LongConsumer progress) throws InterruptedException {
        long endNanos = System.nanoTime() + Math.round(size.seconds() * 1e9);
        for (Thread worker : workers) {
            while (worker.isAlive()) {
                isOver = isOver || System.nanoTime() - endNanos >= 0;
                long restMs = TimeUnit.NANOSECONDS.toMillis(endNanos - System.nanoTime()) + 1;
                worker.join(Math.max(1, Math.min(PROGRESS_MS, restMs)));
                progress.accept(report.operations());
            }
        }
    }

    private void work(Session session, List<String> paths, Bytes data) {
        try {
            while (!isOver && !session.isOver() && left.getAndDecrement() > 0) {
                long beginNanos = System.nanoTime();
                try {
                    size.workload().operate(session, paths, data);
                    report.done(System.nanoTime() - beginNanos);
                } catch (CommandFailure failure) {
                    report.failed(failure);
                    TimeUnit.MILLISECONDS.sleep(PAUSE_BEHIND_FAILURE_MS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
