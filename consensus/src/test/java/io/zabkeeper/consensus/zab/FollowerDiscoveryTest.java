package io.zabkeeper.consensus.zab;

import static io.zabkeeper.consensus.zab.Rig.CLUSTER;
import static io.zabkeeper.consensus.zab.Rig.ONE;
import static io.zabkeeper.consensus.zab.Rig.THREE;
import static io.zabkeeper.consensus.zab.Rig.TWO;
import static io.zabkeeper.consensus.zab.Rig.entries;
import static io.zabkeeper.consensus.zab.Rig.voter;
import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.consensus.Effect;
import io.zabkeeper.consensus.HardState;
import io.zabkeeper.consensus.Role;
import io.zabkeeper.consensus.WalRecord;
import io.zabkeeper.consensus.Zxid;
import io.zabkeeper.consensus.quorum.NodeId;
import io.zabkeeper.consensus.zab.ZabMessage.AckEpoch;
import io.zabkeeper.consensus.zab.ZabMessage.FollowerInfo;
import io.zabkeeper.consensus.zab.ZabMessage.LeaderInfo;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FollowerDiscoveryTest {
    private static Rig turning(HardState state) {
        return Rig.turning(ONE, THREE, Rig.image(state, entries(4, 2, 0)));
    }

    /** Section 2.3 step 4, table 1.5. */
    @Test
    void promises_a_larger_epoch_before_it_answers() {
        Rig rig = turning(voter(4, TWO, 4));

        assertThat(rig.receive(THREE, new LeaderInfo(6, rig.nonce, CLUSTER, 4)))
                .containsExactly(
                        new Effect.Wal(1, List.of(new WalRecord.State(voter(6, THREE, 4)))),
                        new Effect.Send(THREE, new AckEpoch(6, rig.nonce, true, 4, Zxid.of(4, 2)), 1));
    }

    /** Section 2.3 step 4. */
    @Test
    void refuses_a_smaller_epoch_than_it_promised() {
        Rig rig = turning(voter(7, TWO, 4));

        assertThat(rig.receive(THREE, new LeaderInfo(6, rig.nonce, CLUSTER, 4)))
                .containsExactly(new Effect.RoleChanged(Role.LOOKING, 4, NodeId.NONE, false));
    }

    @Test
    void an_epoch_promised_to_another_leader_is_answered_but_not_to_be_counted() {
        Rig rig = turning(voter(6, TWO, 4));

        assertThat(rig.receive(THREE, new LeaderInfo(6, rig.nonce, CLUSTER, 4)))
                .containsExactly(new Effect.Send(THREE, new AckEpoch(6, rig.nonce, false, 4, Zxid.of(4, 2)), 0));
    }

    @Test
    void an_epoch_promised_to_this_leader_may_be_counted_again() {
        Rig rig = turning(voter(6, THREE, 4));

        assertThat(rig.receive(THREE, new LeaderInfo(6, rig.nonce, CLUSTER, 4)))
                .containsExactly(new Effect.Send(THREE, new AckEpoch(6, rig.nonce, true, 4, Zxid.of(4, 2)), 0));
    }

    /** Z-6. */
    @Test
    void repeats_itself_until_it_is_answered() {
        Rig rig = turning(voter(4, TWO, 4));

        assertThat(rig.pass(100))
                .containsExactly(new Effect.Send(THREE, new FollowerInfo(rig.nonce, 4, CLUSTER, true), 0));
    }

    @Test
    void looks_again_when_it_is_not_answered() {
        Rig rig = turning(voter(4, TWO, 4));

        assertThat(rig.pass(1_600)).contains(new Effect.RoleChanged(Role.LOOKING, 4, NodeId.NONE, false));
    }

    @Test
    void refuses_a_leader_of_another_ensemble() {
        Rig rig = turning(voter(4, TWO, 4));

        assertThat(rig.receive(THREE, new LeaderInfo(6, rig.nonce, CLUSTER + 1, 5)))
                .containsExactly(new Effect.RoleChanged(Role.LOOKING, 4, NodeId.NONE, false));
    }

    /** */
    @Test
    void a_blank_disk_follows_but_says_that_it_does_not_count() {
        Rig rig = turning(HardState.INITIAL);

        assertThat(rig.pass(100)).containsExactly(new Effect.Send(THREE, new FollowerInfo(rig.nonce, 0, 0, false), 0));
        assertThat(rig.receive(THREE, new LeaderInfo(6, rig.nonce, CLUSTER, 5)))
                .containsExactly(
                        new Effect.Wal(1, List.of(new WalRecord.State(new HardState(6, THREE, 0, 0, false)))),
                        new Effect.Send(THREE, new AckEpoch(6, rig.nonce, true, 0, Zxid.of(4, 2)), 1));
    }
}
