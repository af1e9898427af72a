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
import io.zabkeeper.consensus.Entry;
import io.zabkeeper.consensus.RejectReason;
import io.zabkeeper.consensus.Role;
import io.zabkeeper.consensus.Zxid;
import io.zabkeeper.consensus.quorum.NodeId;
import io.zabkeeper.consensus.zab.ZabMessage.Ack;
import io.zabkeeper.consensus.zab.ZabMessage.AckEpoch;
import io.zabkeeper.consensus.zab.ZabMessage.FollowerInfo;
import io.zabkeeper.consensus.zab.ZabMessage.LeaderInfo;
import io.zabkeeper.consensus.zab.ZabMessage.NewLeader;
import io.zabkeeper.consensus.zab.ZabMessage.NewLeaderAck;
import io.zabkeeper.consensus.zab.ZabMessage.Ping;
import io.zabkeeper.consensus.zab.ZabMessage.Proposal;
import io.zabkeeper.consensus.zab.ZabMessage.SyncAck;
import io.zabkeeper.consensus.zab.ZabMessage.SyncMode;
import io.zabkeeper.consensus.zab.ZabMessage.SyncStart;
import io.zabkeeper.consensus.zab.ZabMessage.UpToDate;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LeaderSynchronizationTest {
    private static final List<Entry> ENTRIES = entries(4, 3, 0);
    private static final long END = Zxid.of(4, 3);

    private final Rig rig = Rig.turning(THREE, THREE, image(voter(4, THREE, 4), ENTRIES));

    /** Learner 1 with nonce 11 reports that its log ends at {@code last}; the epoch is durable at sequence 2. */
    private List<Effect> open(long last) {
        rig.receive(ONE, new FollowerInfo(11, 4, CLUSTER, true));
        rig.persisted(1);
        rig.receive(ONE, new AckEpoch(5, 11, true, 4, last));
        return rig.persisted(2);
    }

    private static Effect send(ZabMessage message) {
        return new Effect.Send(ONE, message, 0);
    }

    /** Section 2.4, Z-9, Z-10. */
    @Test
    void a_learner_gets_what_it_lacks_and_then_newleader() {
        assertThat(open(Zxid.of(4, 1)))
                .containsExactly(
                        send(new SyncStart(5, 11, SyncMode.DIFF, Zxid.of(4, 1))),
                        send(new Proposal(5, 11, 0, ENTRIES.subList(1, 3))),
                        send(new NewLeader(5, 11, END, CLUSTER)),
                        send(new Ping(5, 11, 1, 0)));
    }

    @Test
    void a_learner_with_more_is_cut() {
        rig.receive(ONE, new FollowerInfo(11, 4, CLUSTER, true));
        rig.receive(TWO, new FollowerInfo(12, 4, CLUSTER, true));
        rig.persisted(1);
        rig.receive(TWO, new AckEpoch(5, 12, true, 4, END));
        rig.persisted(2);

        assertThat(rig.receive(ONE, new AckEpoch(5, 11, true, 4, Zxid.of(4, 9))))
                .containsExactly(
                        send(new SyncStart(5, 11, SyncMode.TRUNC, END)), send(new NewLeader(5, 11, END, CLUSTER)));
    }

    /** Table 1.5: nobody is synchronized before the leader's own epoch is durable. */
    @Test
    void nothing_is_sent_before_the_epoch_is_durable() {
        rig.receive(ONE, new FollowerInfo(11, 4, CLUSTER, true));
        rig.persisted(1);

        assertThat(rig.receive(ONE, new AckEpoch(5, 11, true, 4, END)))
                .hasSize(1)
                .first()
                .isInstanceOf(Effect.Wal.class);
    }

    /** Z-14. */
    @Test
    void a_quorum_of_newleader_acks_establishes_the_epoch_and_commits_its_history() {
        open(END);

        assertThat(rig.receive(ONE, new NewLeaderAck(5, 11, END)))
                .containsExactly(
                        new Effect.Deliver(ENTRIES),
                        new Effect.RoleChanged(Role.LEADING, 5, THREE, true),
                        send(new UpToDate(5, 11, END)));
    }

    /** Z-19, Z-21, ZK-4685: entries of older epochs are never committed by counting. */
    @Test
    void acks_of_entries_establish_nothing() {
        open(END);

        assertThat(rig.receive(ONE, new SyncAck(5, 11, END))).isEmpty();
        assertThat(rig.receive(ONE, new Ack(5, 11, END))).isEmpty();
    }

    @Test
    void an_ack_of_a_learner_that_may_not_vote_establishes_nothing() {
        open(END);
        rig.receive(TWO, new FollowerInfo(12, 4, CLUSTER, false));
        rig.receive(TWO, new AckEpoch(5, 12, true, 4, END));

        assertThat(rig.receive(TWO, new NewLeaderAck(5, 12, END))).isEmpty();
    }

    /** Z-15. */
    @Test
    void nothing_is_proposed_before_the_epoch_is_established() {
        open(END);

        assertThat(rig.propose(1)).containsExactly(new Effect.Rejected(List.of(Rig.id(1)), RejectReason.NOT_READY));
    }

    /** Z-29, Z-30. */
    @Test
    void what_is_not_answered_is_repeated() {
        open(END);

        assertThat(rig.pass(100))
                .containsExactly(
                        send(new SyncStart(5, 11, SyncMode.DIFF, END)),
                        send(new NewLeader(5, 11, END, CLUSTER)),
                        send(new Ping(5, 11, 2, 0)));
    }

    /** Z-28. */
    @Test
    void a_later_attempt_of_a_learner_starts_anew() {
        open(END);

        assertThat(rig.receive(ONE, new FollowerInfo(13, 5, CLUSTER, true)))
                .containsExactly(new Effect.Send(ONE, new LeaderInfo(5, 13, CLUSTER, 5), 1));
        assertThat(rig.receive(ONE, new NewLeaderAck(5, 11, END))).isEmpty();
    }

    /** Z-16. */
    @Test
    void gives_up_when_no_quorum_synchronizes() {
        open(END);

        assertThat(rig.pass(10_100)).contains(new Effect.RoleChanged(Role.LOOKING, 5, NodeId.NONE, false));
    }
}
