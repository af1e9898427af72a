package io.zabkeeper.client.internal;

/**
 * When a connection needs a sign of life and when it counts as dead.
 *
 * <p>After a third of the session's timeout without a request a ping is due; after two thirds without any byte from the
 * server there is still a third left to find another one.
 */
final class Heartbeat {
    private static final long NANOS_PER_MS = 1_000_000;

    private long timeoutNanos;
    private long lastSentNanos;
    private long lastHeardNanos;

    void start(int timeoutMs, long nowNanos) {
        timeoutNanos = timeoutMs * NANOS_PER_MS;
        lastSentNanos = nowNanos;
        lastHeardNanos = nowNanos;
    }

    void sent(long nowNanos) {
        lastSentNanos = nowNanos;
    }

    void heard(long nowNanos) {
        lastHeardNanos = nowNanos;
    }

    boolean isDead(long nowNanos) {
        return nowNanos - lastHeardNanos >= timeoutNanos * 2 / 3;
    }

    boolean isPingDue(long nowNanos) {
        return nowNanos - lastSentNanos >= timeoutNanos / 3;
    }

    long silentMs(long nowNanos) {
        return (nowNanos - lastHeardNanos) / NANOS_PER_MS;
    }

    /** The longest time between two looks at a session, also at one without a connection. */
    long intervalNanos() {
        return timeoutNanos / 3;
    }

    /** Nanoseconds until one of the two may become true. */
    long leftNanos(long nowNanos) {
        return Math.min(lastHeardNanos + timeoutNanos * 2 / 3, lastSentNanos + timeoutNanos / 3) - nowNanos;
    }
}
