package io.zabkeeper.consensus.zab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** */
final class HeartbeatTest {
    private final Heartbeat heartbeat = new Heartbeat(1_000, 10);

    @Test
    void a_round_is_dated_by_when_it_was_sent() {
        long first = heartbeat.next(100);
        long second = heartbeat.next(200);

        assertThat(heartbeat.sentAt(first)).isEqualTo(100);
        assertThat(heartbeat.sentAt(second)).isEqualTo(200);
    }

    @Test
    void rounds_of_one_burst_are_dated_by_its_beginning() {
        heartbeat.next(100);

        assertThat(heartbeat.sentAt(heartbeat.next(105))).isEqualTo(100);
    }

    @Test
    void what_is_forgotten_or_was_never_sent_is_no_evidence() {
        long first = heartbeat.next(100);
        heartbeat.next(2_000);

        assertThat(heartbeat.sentAt(first)).isEqualTo(Long.MIN_VALUE);
        assertThat(heartbeat.sentAt(99)).isEqualTo(Long.MIN_VALUE);
    }
}
