package io.zabkeeper.client;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what another thread is about to do. */
public final class Eventually {
    public static final Duration SOON = Duration.ofSeconds(20);

    private static final long PAUSE_NANOS = 5_000_000;

    private Eventually() {}

    public static void until(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + SOON.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("not within " + SOON + ": " + what);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
