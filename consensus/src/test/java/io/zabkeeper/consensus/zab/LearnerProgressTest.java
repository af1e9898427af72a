package io.zabkeeper.consensus.zab;

import static io.zabkeeper.consensus.zab.Rig.ONE;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** */
final class LearnerProgressTest {
    private static final ZabConfig CONFIG = ZabConfig.DEFAULT.withBytes(0, 0, 100, 1 << 20, 0);

    private final LearnerProgress learner =
            new LearnerProgress(ONE, 1, new ZabMessage.FollowerInfo(11, 4, 0, true), true, 0, 0);

    @BeforeEach
    void streamFromTen() {
        learner.stream(10);
    }

    @Test
    void has_room_until_the_window_is_full_and_again_when_it_is_acknowledged() {
        learner.sent(11, 60, 0);
        assertThat(learner.hasRoom(CONFIG)).isTrue();
        learner.sent(12, 60, 0);
        assertThat(learner.hasRoom(CONFIG)).isFalse();

        assertThat(learner.acknowledged(11, 5)).isTrue();

        assertThat(learner.hasRoom(CONFIG)).isTrue();
        assertThat(learner.isBehind()).isTrue();
    }

    @Test
    void after_a_loss_one_message_at_a_time_is_sent() {
        learner.sent(11, 1, 0);
        learner.sent(12, 1, 0);

        assertThat(learner.rewind(10, false)).isTrue();
        learner.sent(11, 1, 0);

        assertThat(learner.hasRoom(CONFIG)).isFalse();
        learner.acknowledged(11, 1);
        learner.sent(12, 1, 1);
        assertThat(learner.hasRoom(CONFIG)).isTrue();
    }

    @Test
    void one_loss_is_repaired_once_however_often_it_is_reported() {
        learner.sent(11, 1, 0);
        learner.sent(12, 1, 0);
        learner.rewind(10, false);
        learner.sent(12, 2, 0);

        assertThat(learner.rewind(10, false)).isFalse();
        assertThat(learner.rewind(10, true)).isTrue();
    }

    @Test
    void a_report_that_was_overtaken_rewinds_nothing() {
        learner.sent(12, 1, 0);
        learner.acknowledged(12, 0);

        assertThat(learner.rewind(11, true)).isFalse();
    }

    @Test
    void a_heartbeat_shows_a_loss_only_of_what_was_sent_before_it() {
        learner.sent(11, 1, 0);
        learner.pinged(1);
        learner.sent(12, 1, 0);

        assertThat(learner.hasLost(1, 11)).isFalse();
        assertThat(learner.hasLost(1, 10)).isTrue();
    }

    @Test
    void time_without_a_debt_does_not_count_as_standing_still() {
        learner.sent(11, 1, 5_000);

        assertThat(learner.progressAt).isEqualTo(5_000);
        learner.sent(12, 1, 6_000);
        assertThat(learner.progressAt).isEqualTo(5_000);
    }
}
