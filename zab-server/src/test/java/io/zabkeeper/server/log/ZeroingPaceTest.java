package io.zabkeeper.server.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ZeroingPaceTest {
    private static final long KIB = 1 << 10;
    private static final long MIB = 1 << 20;
    private static final long PORTION = 256 * KIB;
    private static final long AT_REST = 16 * MIB;
    private static final long SEGMENT = 64 * MIB;

    private long nowNanos;
    private long logged;

    private ZeroingPace pace = new ZeroingPace(AT_REST, logged, SEGMENT, nowNanos);

    @Test
    void an_idle_log_gets_its_spare_at_the_pace_of_the_settings() {
        nowNanos += TimeUnit.SECONDS.toNanos(1);

        assertEquals(PORTION * 1_000 / AT_REST, pace.restMs(PORTION, SEGMENT, logged, SEGMENT, nowNanos));
    }

    @Test
    void a_log_that_falls_silent_is_idle_a_second_later() {
        logged += 64 * KIB;
        nowNanos += TimeUnit.MILLISECONDS.toNanos(100);
        pace.restMs(PORTION, SEGMENT, logged, SEGMENT, nowNanos);
        nowNanos += TimeUnit.MILLISECONDS.toNanos(999);
        long stillAtWork = pace.restMs(PORTION, SEGMENT, logged, SEGMENT, nowNanos);
        nowNanos += TimeUnit.MILLISECONDS.toNanos(1);

        assertEquals(PORTION * 1_000 / AT_REST, pace.restMs(PORTION, SEGMENT, logged, SEGMENT, nowNanos));
        assertTrue(stillAtWork > 2 * PORTION * 1_000 / AT_REST, "rested " + stillAtWork + " ms");
    }

    @Test
    void a_light_load_is_disturbed_by_an_eighth_of_the_pace_at_rest() {
        logged += 4 * KIB;
        nowNanos += TimeUnit.MILLISECONDS.toNanos(100);

        assertEquals(PORTION * 8_000 / AT_REST, pace.restMs(PORTION, SEGMENT, logged, SEGMENT, nowNanos));
    }

    @Test
    void the_spare_is_there_before_the_room_is_used_whatever_the_load() {
        for (long perSecond : new long[] {MIB / 2, 3 * MIB, 20 * MIB, 100 * MIB}) {
            long left = spare(perSecond, SEGMENT);

            assertTrue(left > SEGMENT / 8, "at " + perSecond + " B/s only " + left + " bytes were left");
        }
    }

    @Test
    void a_log_at_work_is_not_disturbed_more_than_its_load_needs() {
        long began = nowNanos;
        spare(3 * MIB, 2 * SEGMENT);
        double perSecond = SEGMENT * 1e9 / (nowNanos - began);

        assertTrue(perSecond < 6 * MIB, "zeros came at " + perSecond + " B/s for a log of 3 MiB/s with much room");
    }

    /** Makes one spare under a load; returns the room that was left when it was there. */
    private long spare(long loggedPerSecond, long room) {
        pace = new ZeroingPace(AT_REST, logged, room, nowNanos);
        long left = room;
        for (long zeroed = 0; zeroed < SEGMENT && left > 0; zeroed += PORTION) {
            long ms = pace.restMs(PORTION, SEGMENT - zeroed, logged, left, nowNanos);
            nowNanos += TimeUnit.MILLISECONDS.toNanos(ms);
            long more = loggedPerSecond * ms / 1_000;
            logged += more;
            left -= more;
        }
        return left;
    }
}
