package io.zabkeeper.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ExpiryWheelTest {
    private static final int SLACK_MS = 130;

    private final ExpiryWheel wheel = new ExpiryWheel();

    @Test
    void expires_nobody_before_the_timeout() {
        wheel.touch(1, 4_000, 1_000);

        assertThat(wheel.expire(4_999)).isEmpty();
        assertThat(wheel.expire(5_000 + SLACK_MS)).containsExactly(1L);
        assertThat(wheel.size()).isZero();
    }

    @Test
    void an_older_report_does_not_shorten_a_life() {
        wheel.touch(1, 4_000, 3_000);
        wheel.touch(1, 4_000, 1_000);

        assertThat(wheel.expire(6_900)).isEmpty();
    }

    @Test
    void forgets_a_session_that_is_closed() {
        wheel.touch(1, 4_000, 0);
        wheel.remove(1);

        assertThat(wheel.expire(1_000_000)).isEmpty();
        assertThat(wheel.contains(1)).isFalse();
    }

    /** Gotcha 11: never early, and late by no more than the width of two slots. */
    @Test
    void agrees_with_a_list_of_deadlines() {
        SplittableRandom random = new SplittableRandom(7);
        Map<Long, Long> deadlines = new HashMap<>();
        long now = 0;
        for (int step = 0; step < 50_000; step++) {
            now += random.nextInt(20);
            long session = random.nextInt(200);
            int timeout = 100 + random.nextInt(3_000);
            wheel.touch(session, timeout, now);
            deadlines.merge(session, now + timeout, Math::max);
            Set<Long> expired = new HashSet<>(wheel.expire(now));
            for (long gone : expired) {
                assertThat(deadlines.remove(gone)).isLessThanOrEqualTo(now);
            }
            for (long deadline : deadlines.values()) {
                assertThat(deadline).isGreaterThan(now - SLACK_MS);
            }
        }
    }

    @Test
    void tells_the_next_deadlines_in_their_order_and_no_more_than_wanted() {
        wheel.touch(3, 9_000, 0);
        wheel.touch(2, 4_000, 0);
        wheel.touch(1, 4_000, 0);
        wheel.touch(4, 20_000, 0);
        List<String> told = new ArrayList<>();

        wheel.forEach(3, (session, deadlineMs) -> told.add(session + " at " + deadlineMs));

        assertThat(told).containsExactly("1 at 4032", "2 at 4032", "3 at 9024");
    }
}
