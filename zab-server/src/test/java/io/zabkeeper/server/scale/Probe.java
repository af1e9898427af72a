package io.zabkeeper.server.scale;

import io.zabkeeper.server.oracle.Ask;
import io.zabkeeper.server.oracle.WireClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** A session that has nothing to do with anything and only wants to know how long an answer takes. */
final class Probe implements AutoCloseable {
    private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

    private final Thread thread;
    private final AtomicLong longestNanos = new AtomicLong();
    private final AtomicLong asked = new AtomicLong();
    private volatile boolean isEnding;
    private volatile long askedAtNanos;

    Probe(InetSocketAddress server) throws IOException {
        WireClient client = WireClient.open(server);
        client.newSession(30_000);
        thread = new Thread(() -> run(client), "probe");
        thread.start();
    }

    private void run(WireClient client) {
        Ask ask = Ask.getData("/", false);
        try (client) {
            while (!isEnding) {
                long before = System.nanoTime();
                askedAtNanos = before;
                client.call(ask);
                long took = System.nanoTime() - before;
                longestNanos.accumulateAndGet(took, Math::max);
                asked.incrementAndGet();
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The longest that an answer took while this was going on, in milliseconds. */
    double longestMsDuring(Runnable work) {
        awaitOneMore();
        longestNanos.set(0);
        work.run();
        awaitOneMore();
        return longestNanos.get() / 1e6;
    }

    /** What is under way when the work ends counts, too. */
    private void awaitOneMore() {
        long until = asked.get() + 2;
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (asked.get() < until) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("no answer since " + (System.nanoTime() - askedAtNanos) / 1_000_000 + " ms");
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    @Override
    public void close() {
        isEnding = true;
        try {
            thread.join(TimeUnit.SECONDS.toMillis(30));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
