package io.zabkeeper.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Storage §5.4. */
class CheckpointPolicyTest {
    private final CheckpointPolicy policy = new CheckpointPolicy(2_000, 100, 1 << 20, 500);

    @Test
    void waits_for_enough_changes_and_for_some_time() {
        assertThat(policy.isDue(1_999, 0, 499)).isFalse();
        assertThat(policy.isDue(2_000, 0, 99)).isFalse();
        assertThat(policy.isDue(2_000, 0, 100)).isTrue();
    }

    @Test
    void does_not_let_the_log_grow_long() {
        assertThat(policy.isDue(1, (1 << 20) - 1, 0)).isFalse();
        assertThat(policy.isDue(1, 1 << 20, 0)).isTrue();
    }

    @Test
    void writes_any_change_after_a_while_but_never_nothing() {
        assertThat(policy.isDue(1, 0, 500)).isTrue();
        assertThat(policy.isDue(0, 0, 500_000)).isFalse();
    }
}
