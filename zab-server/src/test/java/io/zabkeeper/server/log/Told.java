package io.zabkeeper.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A listener that remembers what it was told, and checks that it was told in order. */
final class Told implements LogListener {
    private final List<Throwable> failures = new ArrayList<>();
    private long persisted;
    private boolean outOfOrder;

    @Override
    public synchronized void persisted(long sequence) {
        outOfOrder |= sequence <= persisted || !failures.isEmpty();
        persisted = sequence;
        notifyAll();
    }

    @Override
    public synchronized void failed(Throwable cause) {
        failures.add(cause);
    }

    synchronized long persisted() {
        assertThat(outOfOrder).isFalse();
        return persisted;
    }

    synchronized List<Throwable> failures() {
        return List.copyOf(failures);
    }

    void awaitPersisted(long sequence) {
        await(() -> persisted() >= sequence, "sequence " + sequence + " is durable");
    }

    static void await(BooleanSupplier condition, String what) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time: " + what).isLessThan(deadline);
            LockSupport.parkNanos(200_000);
        }
    }
}
