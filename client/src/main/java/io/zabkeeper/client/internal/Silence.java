package io.zabkeeper.client.internal;

/**
 * What is known of the time without a sign of life from a server: how long it is, and whether this process stood still
 * in it. Belongs to the loop.
 */
final class Silence {
    private static final long NANOS_PER_MS = 1_000_000;

    /** A loop is late by some milliseconds now and then; that expires no session. */
    private static final long SHORTEST_PAUSE_NANOS = 100 * NANOS_PER_MS;

    private long heardNanos;
    private long pauseNanos;
    private long pauseEndNanos;

    /** A server was heard. */
    void ended(long nowNanos) {
        heardNanos = nowNanos;
    }

    /** A task of the loop began so much later than it should have: nothing of this process ran, or not the loop. */
    void ranLate(long lateNanos, long nowNanos) {
        boolean isPause = lateNanos >= SHORTEST_PAUSE_NANOS;
        if (isPause) {
            pauseNanos = lateNanos;
            pauseEndNanos = nowNanos;
        }
    }

    /**
     * What to tell people of a session that has expired.
     *
     * <p>A pause counts when it ended no longer ago than the timeout: what had arrived before it is read behind it, and
     * looks as if it had just been said.
     */
    String expiry(int timeoutMs, long nowNanos) {
        long silentMs = (nowNanos - heardNanos) / NANOS_PER_MS;
        String known = "the session has expired: its timeout is " + timeoutMs + " ms, a server was last heard "
                + silentMs + " ms ago";
        if (pauseNanos > 0 && nowNanos - pauseEndNanos <= timeoutMs * NANOS_PER_MS) {
            return known + ", and this process stood still for " + pauseNanos / NANOS_PER_MS + " ms";
        }
        return silentMs < timeoutMs
                ? known + ", so it was closed by somebody else, or the servers have lost it"
                : known + ", and this process ran all the time: the servers, or the network, did not";
    }
}
