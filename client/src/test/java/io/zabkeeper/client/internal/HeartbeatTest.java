package io.zabkeeper.client.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class HeartbeatTest {
    private static final int TIMEOUT_MS = 3000;
    private static final long MS = 1_000_000;

    private final Heartbeat heartbeat = new Heartbeat();

    @Test
    void asks_for_a_ping_after_a_third_of_the_timeout_without_a_request() {
        heartbeat.start(TIMEOUT_MS, 0);

        assertThat(heartbeat.isPingDue(999 * MS)).isFalse();
        assertThat(heartbeat.isPingDue(1000 * MS)).isTrue();
        heartbeat.sent(1000 * MS);
        assertThat(heartbeat.isPingDue(1999 * MS)).isFalse();
    }

    @Test
    void gives_a_connection_up_after_two_thirds_of_the_timeout_without_a_byte() {
        heartbeat.start(TIMEOUT_MS, 0);

        heartbeat.sent(1900 * MS);
        assertThat(heartbeat.isDead(1999 * MS)).isFalse();
        assertThat(heartbeat.isDead(2000 * MS)).isTrue();
        heartbeat.heard(1500 * MS);
        assertThat(heartbeat.isDead(3499 * MS)).isFalse();
    }

    @Test
    void tells_when_to_look_again() {
        heartbeat.start(TIMEOUT_MS, 0);

        assertThat(heartbeat.leftNanos(0)).isEqualTo(1000 * MS);
        heartbeat.sent(1500 * MS);
        assertThat(heartbeat.leftNanos(1500 * MS)).isEqualTo(500 * MS);
    }
}
