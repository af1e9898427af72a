package io.zabkeeper.server.ensemble;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Waits for something that another process does, with a bound. */
public final class Eventually {
    private static final long PAUSE_NANOS = 20_000_000;

    private Eventually() {}

    /** Asks until the answer is not null; an exception counts as no answer. */
    public static <T> T get(String what, Duration within, Callable<@Nullable T> question) {
        long end = System.nanoTime() + within.toNanos();
        @Nullable Exception last = null;
        while (System.nanoTime() < end) {
            try {
                T answer = question.call();
                if (answer != null) {
                    return answer;
                }
            } catch (Exception notYet) {
                last = notYet;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        throw new AssertionError("not within " + within + ": " + what, last);
    }

    /** Asks until the answer is yes. */
    public static void holds(String what, Duration within, Callable<Boolean> question) {
        get(what, within, () -> question.call() ? Boolean.TRUE : null);
    }
}
