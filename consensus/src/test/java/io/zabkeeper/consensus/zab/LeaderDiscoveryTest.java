package io.zabkeeper.consensus.zab;

import static io.zabkeeper.consensus.zab.Rig.CLUSTER;
import static io.zabkeeper.consensus.zab.Rig.ONE;
import static io.zabkeeper.consensus.zab.Rig.THREE;
import static io.zabkeeper.consensus.zab.Rig.TWO;
import static io.zabkeeper.consensus.zab.Rig.entries;
import static io.zabkeeper.consensus.zab.Rig.image;
import static io.zabkeeper.consensus.zab.Rig.voter;
import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.consensus.Effect;
import io.zabkeeper.consensus.Event;
import io.zabkeeper.consensus.RejectReason;
import io.zabkeeper.consensus.Role;
import io.zabkeeper.consensus.WalRecord;
import io.zabkeeper.consensus.Zxid;
import io.zabkeeper.consensus.quorum.NodeId;
import io.zabkeeper.consensus.zab.ZabMessage.AckEpoch;
import io.zabkeeper.consensus.zab.ZabMessage.FollowerInfo;
import io.zabkeeper.consensus.zab.ZabMessage.LeaderInfo;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LeaderDiscoveryTest {
    private static final Effect LOOKS = new Effect.RoleChanged(Role.LOOKING, 4, NodeId.NONE, false);

    private final Rig rig = Rig.turning(THREE, THREE, image(voter(4, THREE, 4), entries(4, 2, 0)));

    private static FollowerInfo info(long nonce, long acceptedEpoch) {
        return new FollowerInfo(nonce, acceptedEpoch, CLUSTER, true);
    }

    /** Section 2.3 steps 2 and 3, ZK-1343, ZK-1291. */
    @Test
    void opens_an_epoch_above_all_that_a_quorum_promised_and_promises_it_first() {
        assertThat(rig.receive(ONE, info(11, 8)))
                .containsExactly(
                        new Effect.Wal(1, List.of(new WalRecord.State(voter(9, THREE, 4)))),
                        new Effect.Send(ONE, new LeaderInfo(9, 11, CLUSTER, 4), 1));
    }

    /** R-18, ZK-2959. */
    @Test
    void a_member_that_may_not_vote_is_not_counted() {
        assertThat(rig.receive(ONE, new FollowerInfo(11, 8, CLUSTER, false))).isEmpty();
    }

    @Test
    void whoever_is_not_a_member_is_not_listened_to() {
        assertThat(rig.receive(new NodeId(9), info(11, 8))).isEmpty();
    }

    /** Section 2.3 step 6. */
    @Test
    void a_quorum_of_promises_its_own_among_them_makes_the_epoch_current() {
        rig.receive(ONE, info(11, 4));
        assertThat(rig.receive(ONE, new AckEpoch(5, 11, true, 4, Zxid.of(4, 1))))
                .isEmpty();

        assertThat(rig.persisted(1))
                .containsExactly(new Effect.Wal(2, List.of(new WalRecord.State(voter(5, THREE, 5)))));
    }

    @Test
    void a_promise_to_another_leader_does_not_count() {
        rig.receive(ONE, info(11, 4));
        rig.persisted(1);

        assertThat(rig.receive(ONE, new AckEpoch(5, 11, false, 4, Zxid.of(4, 1))))
                .isEmpty();
    }

    /** Section 2.3 step 5. */
    @Test
    void a_voter_with_more_history_cannot_be_used() {
        rig.receive(ONE, info(11, 4));
        rig.persisted(1);

        assertThat(rig.receive(ONE, new AckEpoch(5, 11, true, 4, Zxid.of(4, 3))))
                .isEmpty();
        rig.receive(TWO, info(12, 4));
        assertThat(rig.receive(TWO, new AckEpoch(5, 12, true, 4, Zxid.of(4, 2))))
                .hasSize(1);
    }

    /** Section 2.3 step 5. */
    @Test
    void abdicates_at_once_when_the_rest_is_no_quorum() {
        rig.receive(ONE, info(11, 4));
        rig.receive(TWO, info(12, 4));
        rig.persisted(1);

        rig.receive(ONE, new AckEpoch(5, 11, true, 4, Zxid.of(4, 3)));
        assertThat(rig.receive(TWO, new AckEpoch(5, 12, true, 4, Zxid.of(4, 3))))
                .containsExactly(LOOKS);
    }

    @Test
    void looks_again_when_a_voter_has_promised_a_later_epoch() {
        rig.receive(ONE, info(11, 4));

        assertThat(rig.receive(TWO, info(12, 6))).containsExactly(LOOKS);
    }

    /** F-15. */
    @Test
    void does_not_wait_for_a_quorum_for_long() {
        assertThat(rig.pass(1_600)).contains(LOOKS);
    }

    @Test
    void refuses_requests() {
        assertThat(rig.step(new Event.Propose(List.of(Rig.proposal(1)))))
                .containsExactly(new Effect.Rejected(List.of(Rig.id(1)), RejectReason.NOT_LEADER));
    }

    @Test
    void epochs_end_before_they_become_negative() {
        assertThat(rig.receive(ONE, info(11, 0x7fff_ffffL)))
                .containsExactly(new Effect.Halt("epochs are used up: 2147483647"));
    }
}
