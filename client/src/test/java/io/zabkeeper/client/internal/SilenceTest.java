package io.zabkeeper.client.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SilenceTest {
    private static final int TIMEOUT_MS = 3000;
    private static final long MS = 1_000_000;

    private final Silence silence = new Silence();

    @Test
    void blames_the_servers_or_the_network_when_this_process_ran() {
        silence.ended(1000 * MS);
        silence.ranLate(99 * MS, 2000 * MS);

        assertThat(silence.expiry(TIMEOUT_MS, 5000 * MS))
                .isEqualTo(
                        "the session has expired: its timeout is 3000 ms, a server was last heard 4000 ms ago, and this"
                                + " process ran all the time: the servers, or the network, did not");
    }

    @Test
    void blames_this_process_when_it_stood_still() {
        silence.ended(1000 * MS);
        silence.ranLate(3500 * MS, 4990 * MS);

        assertThat(silence.expiry(TIMEOUT_MS, 5000 * MS)).endsWith("this process stood still for 3500 ms");
    }

    @Test
    void knows_of_a_pause_although_what_came_before_it_is_read_behind_it() {
        silence.ended(1000 * MS);
        silence.ranLate(3500 * MS, 4990 * MS);
        silence.ended(4991 * MS);

        assertThat(silence.expiry(TIMEOUT_MS, 5000 * MS))
                .contains("last heard 9 ms ago")
                .endsWith("this process stood still for 3500 ms");
    }

    @Test
    void forgets_a_pause_that_a_session_survived() {
        silence.ranLate(500 * MS, 1000 * MS);
        silence.ended(6000 * MS);

        assertThat(silence.expiry(TIMEOUT_MS, 10_000 * MS)).contains("ran all the time");
    }

    @Test
    void says_that_somebody_else_must_have_ended_a_session_that_was_heard_of_in_time() {
        silence.ended(1000 * MS);

        assertThat(silence.expiry(TIMEOUT_MS, 1500 * MS))
                .contains("last heard 500 ms ago")
                .endsWith("so it was closed by somebody else, or the servers have lost it");
    }
}
