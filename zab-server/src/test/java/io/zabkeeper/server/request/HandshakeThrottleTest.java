package io.zabkeeper.server.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.server.config.ServerConfig;
import io.zabkeeper.server.request.HandshakeThrottle.Kind;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Client protocol §11: connection throttling. */
class HandshakeThrottleTest {
    private long nowMs = 1_000_000;
    private double chance = 0.5;

    @Test
    void without_tokens_everybody_passes() {
        HandshakeThrottle throttle = throttle(ServerConfig.Handshakes.DEFAULT);

        assertThat(passes(throttle, 100_000)).isEqualTo(100_000);
    }

    @Test
    void as_many_pass_as_there_are_tokens_until_time_brings_more() {
        HandshakeThrottle throttle = throttle(bucket(10, 100, 2, -1));

        assertThat(passes(throttle, 20)).isEqualTo(10);
        nowMs += 100;
        assertThat(passes(throttle, 20)).isZero();
        nowMs += 1;
        assertThat(passes(throttle, 20)).isEqualTo(2);
        nowMs += 1_000_000_000L;
        assertThat(passes(throttle, 20)).isEqualTo(10);
    }

    @Test
    void a_new_session_costs_more_than_one_that_comes_back_when_weights_count() {
        HandshakeThrottle throttle = throttle(new ServerConfig.Handshakes(6, 1000, 1, -1, 0, 0, 0, true, 3, 2, 1));

        assertThat(throttle.admits(Kind.OPEN)).isTrue();
        assertThat(throttle.admits(Kind.RENEW)).isTrue();
        assertThat(throttle.admits(Kind.RENEW)).isFalse();
        assertThat(throttle.admits(Kind.OPEN_LOCAL)).isTrue();
        assertThat(throttle.admits(Kind.OPEN_LOCAL)).isFalse();
    }

    @Test
    void an_empty_bucket_makes_more_and_more_handshakes_fail_by_chance_and_a_full_one_fewer() {
        HandshakeThrottle throttle =
                throttle(new ServerConfig.Handshakes(2, 10_000, 2, 1_000, 0.3, 0.2, 0.5, false, 3, 2, 1));
        long began = nowMs;
        assertThat(passes(throttle, 3)).isEqualTo(2);

        nowMs = began + 8_400;
        assertThat(passes(throttle, 1)).as("empty: 0.3 from now on").isZero();
        nowMs = began + 9_500;
        assertThat(passes(throttle, 1)).as("empty: 0.6").isZero();
        nowMs = began + 10_001;
        assertThat(passes(throttle, 2)).as("full, but 0.5 is below 0.6").isZero();
        chance = 0.7;
        assertThat(passes(throttle, 3)).isEqualTo(2);

        nowMs = began + 20_100;
        chance = 0.5;
        assertThat(passes(throttle, 1)).as("full: 0.4").isEqualTo(1);
        chance = 0.3;
        assertThat(passes(throttle, 1)).isZero();
    }

    private HandshakeThrottle throttle(ServerConfig.Handshakes settings) {
        return new HandshakeThrottle(settings, () -> TimeUnit.MILLISECONDS.toNanos(nowMs), () -> chance);
    }

    private static ServerConfig.Handshakes bucket(int tokens, int fillMs, int fillCount, int freezeMs) {
        return new ServerConfig.Handshakes(tokens, fillMs, fillCount, freezeMs, 0, 0, 0, false, 3, 2, 1);
    }

    private static int passes(HandshakeThrottle throttle, int tries) {
        int passed = 0;
        for (int i = 0; i < tries; i++) {
            passed += throttle.admits(Kind.OPEN) ? 1 : 0;
        }
        return passed;
    }
}
