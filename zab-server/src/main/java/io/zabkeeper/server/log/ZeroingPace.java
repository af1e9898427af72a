package io.zabkeeper.server.log;

import java.util.concurrent.TimeUnit;

/**
 * How long the maker of a spare rests between two portions of zeros. They go through the disk that the log's syncs wait
 * for, and a sync that comes behind a portion takes several times as long.
 *
 * <p>While nothing is logged nobody is hurt, and the settings decide. While the log is at work the zeros come just in
 * time: fast enough to be there when half of the room ahead is used, whatever the load is, and no faster, except for a
 * small share that lets the reserve grow under a load that is light. Not thread-safe: for one spare, on the thread that
 * makes it.
 */
final class ZeroingPace {
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Which part of the pace at rest is kept at work. */
    private static final int SHARE_AT_WORK = 8;

    /** How much the latest portion's time weighs in the speed of the log. */
    private static final double WEIGHT = 0.25;

    private final long bytesPerSecondAtRest;

    /** What shall still be free when the spare is there. */
    private final long reserve;

    private long lastNanos;
    private long lastLogged;
    private long lastMoved;
    private boolean idle;
    private double loggedPerSecond;

    /**
     * @param bytesPerSecondAtRest while nothing is logged
     * @param loggedBytes the log's size so far, as it is counted for {@link #restMs}
     * @param room what can be logged without this spare, in bytes
     */
    ZeroingPace(long bytesPerSecondAtRest, long loggedBytes, long room, long nowNanos) {
        this.bytesPerSecondAtRest = bytesPerSecondAtRest;
        this.reserve = room / 2;
        this.lastLogged = loggedBytes;
        this.lastNanos = nowNanos;
        this.lastMoved = nowNanos;
    }

    /**
     * At least 1.
     *
     * @param portion in bytes, that was just written
     * @param toZero what is missing in the spare, in bytes
     * @param loggedBytes written in the log by now, since whenever
     * @param room what can still be logged without this spare, in bytes
     */
    long restMs(long portion, long toZero, long loggedBytes, long room, long nowNanos) {
        observe(loggedBytes, nowNanos);
        double bytesPerSecond = bytesPerSecondAtRest;
        if (!idle) {
            double inTime = loggedPerSecond * toZero / Math.max(1, room - reserve);
            bytesPerSecond = Math.max(inTime, (double) bytesPerSecondAtRest / SHARE_AT_WORK);
        }
        return Math.max(1, (long) (portion * 1_000 / bytesPerSecond));
    }

    private void observe(long loggedBytes, long nowNanos) {
        long nanos = Math.max(1, nowNanos - lastNanos);
        double latest = (loggedBytes - lastLogged) * (double) TimeUnit.SECONDS.toNanos(1) / nanos;
        loggedPerSecond += WEIGHT * (latest - loggedPerSecond);
        if (loggedBytes != lastLogged) {
            lastMoved = nowNanos;
        }
        idle = nowNanos - lastMoved >= IDLE_NANOS;
        lastLogged = loggedBytes;
        lastNanos = nowNanos;
    }
}
