package io.zabkeeper.server.admin.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RateTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Rate rate = new Rate(10, 0);

    @Test
    void allows_as_many_at_once_as_in_a_second() {
        assertThat(allowedOf(50, 0)).isEqualTo(10);
    }

    @Test
    void allows_more_as_time_goes_on_but_never_saves_up() {
        allowedOf(10, 0);

        assertThat(allowedOf(50, SECOND / 2)).isEqualTo(5);
        assertThat(allowedOf(50, 100 * SECOND)).isEqualTo(10);
    }

    private int allowedOf(int asked, long nowNanos) {
        int allowed = 0;
        for (int i = 0; i < asked; i++) {
            if (rate.allows(nowNanos)) {
                allowed++;
            }
        }
        return allowed;
    }
}
