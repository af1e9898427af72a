package io.zabkeeper.consensus.zab;

/**
 * The member's time as of the last tick, counted from the first one.
 *
 * <p>Ticks may be late. A pause is a gap between two of them so long that messages may be waiting unread.
 */
final class Clock {
    private final long pauseNanos;
    private boolean started;
    private long origin;
    private long now;
    private boolean paused;

    Clock(long pauseNanos) {
        this.pauseNanos = pauseNanos;
    }

    void tick(long nowNanos) {
        if (!started) {
            started = true;
            origin = nowNanos;
        }
        long next = Math.max(now, nowNanos - origin);
        paused = next - now > pauseNanos;
        now = next;
    }

    long now() {
        return now;
    }

    /** Whether this tick came so late that nobody can be blamed for silence before it. */
    boolean isAfterPause() {
        return paused;
    }

    /** In the time of the ticks. */
    long toTickTime(long deadline) {
        return deadline == Long.MAX_VALUE ? Long.MAX_VALUE : origin + deadline;
    }
}
