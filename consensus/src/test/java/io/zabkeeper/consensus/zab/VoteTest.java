package io.zabkeeper.consensus.zab;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.consensus.quorum.NodeId;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class VoteTest {
    private static Vote vote(int leader, long epoch, long zxid) {
        return new Vote(new NodeId(leader), epoch, zxid);
    }

    /** F-1. */
    @Test
    void compares_the_epoch_before_the_position_and_that_before_the_id() {
        assertThat(vote(1, 2, 0)).isGreaterThan(vote(9, 1, 100));
        assertThat(vote(1, 2, 5)).isGreaterThan(vote(9, 2, 4));
        assertThat(vote(9, 2, 5)).isGreaterThan(vote(1, 2, 5));
    }

    /** F-1, ZK-1419. */
    @Test
    void is_a_strict_total_order() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 50_000; i++) {
            Vote a = vote(random.nextInt(4), random.nextInt(3), random.nextInt(3));
            Vote b = vote(random.nextInt(4), random.nextInt(3), random.nextInt(3));
            Vote c = vote(random.nextInt(4), random.nextInt(3), random.nextInt(3));

            assertThat(Integer.signum(a.compareTo(b))).isEqualTo(-Integer.signum(b.compareTo(a)));
            assertThat(a.compareTo(b) == 0).isEqualTo(a.equals(b));
            if (a.compareTo(b) > 0 && b.compareTo(c) > 0) {
                assertThat(a).isGreaterThan(c);
            }
        }
    }

    @Test
    void is_ahead_by_history_alone() {
        assertThat(vote(9, 2, 5).isAheadOf(vote(1, 2, 5))).isFalse();
        assertThat(vote(1, 2, 6).isAheadOf(vote(9, 2, 5))).isTrue();
        assertThat(vote(1, 1, 6).isAheadOf(vote(9, 2, 5))).isFalse();
    }
}
