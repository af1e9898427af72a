package io.zabkeeper.test;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what somebody else is about to do, and says what that was when it does not come. */
final class Await {
    /** Nothing takes so long unless it never happens, not even on a machine with much else to do. */
    static final Duration LIMIT = Duration.ofSeconds(30);

    private static final long PAUSE_NANOS = 2_000_000;

    private Await() {}

    /**
     * Returns when the condition holds.
     *
     * @param what is waited for, for the message
     * @param seen how things stand, for the message
     * @throws TestEnsembleException if it does not hold in time, or if this thread is interrupted
     */
    static void until(String what, Duration limit, BooleanSupplier condition, Supplier<String> seen) {
        long began = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (Thread.interrupted()) {
                Thread.currentThread().interrupt();
                throw new TestEnsembleException("interrupted while waiting until " + what + "; now: " + seen.get());
            }
            if (System.nanoTime() - began > limit.toNanos()) {
                throw new TestEnsembleException(
                        "waited " + limit.toMillis() + " ms until " + what + "; now: " + seen.get());
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    static void until(String what, BooleanSupplier condition, Supplier<String> seen) {
        until(what, LIMIT, condition, seen);
    }
}
