package io.zabkeeper.server.replica;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SteadyTimeTest {
    private static final long WALL = 1_700_000_000_000L;
    private static final long HOUR = 3_600_000;

    private final SteadyTime time = new SteadyTime(WALL, 0);

    @Test
    void is_the_wall_clock_while_that_goes_as_it_should() {
        assertThat(at(WALL + 10, 10)).isEqualTo(WALL + 10);
        assertThat(at(WALL + 5_010, 5_010)).isEqualTo(WALL + 5_010);
        assertThat(at(WALL + 5_120, 5_110)).isEqualTo(WALL + 5_120);
    }

    @Test
    void does_not_follow_a_jump_ahead() {
        at(WALL + 10, 10);

        assertThat(at(WALL + HOUR + 20, 20)).isEqualTo(WALL + 20);
        assertThat(at(WALL + HOUR + 1_020, 1_020)).isEqualTo(WALL + 1_020);
    }

    @Test
    void believes_the_clock_again_once_it_was_put_right() {
        at(WALL + HOUR + 10, 10);

        assertThat(at(WALL + 20, 20)).isEqualTo(WALL + 20);
    }

    @Test
    void follows_a_clock_that_is_put_back_and_is_not_late_when_that_was_the_error() {
        assertThat(at(WALL - HOUR + 10, 10)).isEqualTo(WALL - HOUR + 10);
        assertThat(at(WALL + 20, 20)).isEqualTo(WALL + 20);
    }

    /** A pause of the process is real time: both clocks show it. */
    @Test
    void counts_a_pause() {
        assertThat(at(WALL + 60_000, 60_000)).isEqualTo(WALL + 60_000);
    }

    private long at(long wallMillis, long elapsedMillis) {
        return time.millis(wallMillis, TimeUnit.MILLISECONDS.toNanos(elapsedMillis));
    }
}
