package io.zabkeeper.server.replica;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The wall clock's time without the jumps ahead that it has made since this member started, as when somebody sets it or a
 * suspended machine wakes up: for decisions that must rather be late than early. A clock that was put back is believed.
 *
 * <p>Not thread-safe, belongs to the replica loop.
 */
final class SteadyTime {
    private static final Logger LOG = LoggerFactory.getLogger(SteadyTime.class);

    /** The wall clock may be adjusted by so much between two looks without having jumped. */
    private static final long JUMP_MS = 500;

    private long lastWallMillis;
    private long lastNanos;

    /** How far jumps have put the wall clock ahead; below 0 when it was put back. */
    private long aheadMs;

    SteadyTime(long wallMillis, long nanos) {
        this.lastWallMillis = wallMillis;
        this.lastNanos = nanos;
    }

    /** Asked often, so that slow adjustments are told from jumps. Never ahead of the wall clock. */
    long millis(long wallMillis, long nanos) {
        long jumpMs = wallMillis - lastWallMillis - TimeUnit.NANOSECONDS.toMillis(nanos - lastNanos);
        if (Math.abs(jumpMs) > JUMP_MS) {
            aheadMs += jumpMs;
            LOG.warn("the wall clock has jumped ms={} aheadMs={}", jumpMs, aheadMs);
        }
        lastWallMillis = wallMillis;
        lastNanos = nanos;
        return wallMillis - Math.max(0, aheadMs);
    }
}
