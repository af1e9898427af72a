package io.zabkeeper.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

final class RetryPolicyTest {
    @RepeatedTest(20)
    void pauses_double_and_are_half_random() {
        RetryPolicy policy = RetryPolicy.upTo(9).pausing(Duration.ofMillis(100), Duration.ofSeconds(1));

        assertThat(policy.pauseAfter(1)).isBetween(Duration.ofMillis(50), Duration.ofMillis(100));
        assertThat(policy.pauseAfter(3)).isBetween(Duration.ofMillis(200), Duration.ofMillis(400));
        assertThat(policy.pauseAfter(8)).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
        assertThat(policy.pauseAfter(5000)).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
    }

    @Test
    void makes_sense_or_is_none() {
        assertThatThrownBy(() -> RetryPolicy.upTo(0)).hasMessageContaining("at least one attempt, not 0");
        assertThatThrownBy(() -> RetryPolicy.upTo(2).pausing(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .hasMessageContaining("pauses from PT2S to PT1S");
        assertThat(RetryPolicy.NONE.attempts()).isEqualTo(1);
    }
}
