package io.zabkeeper.consensus.zab;

import static io.zabkeeper.consensus.zab.Rig.CLUSTER;
import static io.zabkeeper.consensus.zab.Rig.THREE;
import static io.zabkeeper.consensus.zab.Rig.entries;
import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.consensus.Effect;
import io.zabkeeper.consensus.Entry;
import io.zabkeeper.consensus.Event;
import io.zabkeeper.consensus.Role;
import io.zabkeeper.consensus.WalRecord;
import io.zabkeeper.consensus.Zxid;
import io.zabkeeper.consensus.quorum.NodeId;
import io.zabkeeper.consensus.zab.ZabMessage.Ack;
import io.zabkeeper.consensus.zab.ZabMessage.Commit;
import io.zabkeeper.consensus.zab.ZabMessage.Gap;
import io.zabkeeper.consensus.zab.ZabMessage.NewLeader;
import io.zabkeeper.consensus.zab.ZabMessage.NewLeaderAck;
import io.zabkeeper.consensus.zab.ZabMessage.Ping;
import io.zabkeeper.consensus.zab.ZabMessage.Pong;
import io.zabkeeper.consensus.zab.ZabMessage.Proposal;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FollowerBroadcastTest {
    private static final List<Entry> ENTRIES = entries(5, 3, 0);
    private static final Entry FIRST = ENTRIES.get(0);
    private static final Entry SECOND = ENTRIES.get(1);
    private static final Entry THIRD = ENTRIES.get(2);
    private static final Effect LOOKS = new Effect.RoleChanged(Role.LOOKING, 5, NodeId.NONE, false);

    private final Rig rig = Rig.following();

    private Proposal proposal(long committed, Entry... entries) {
        return new Proposal(5, rig.nonce, committed, List.of(entries));
    }

    /** Z-18. */
    @Test
    void acks_a_proposal_only_once_it_is_durable() {
        assertThat(rig.receive(THREE, proposal(0, FIRST, SECOND)))
                .containsExactly(
                        new Effect.Wal(3, List.of(new WalRecord.Append(FIRST), new WalRecord.Append(SECOND))),
                        new Effect.Send(THREE, new Ack(5, rig.nonce, SECOND.zxid()), 3));
    }

    /** Z-18. */
    @Test
    void answers_a_gap_with_its_last_entry_and_logs_nothing() {
        rig.receive(THREE, proposal(0, FIRST));

        assertThat(rig.receive(THREE, proposal(0, THIRD)))
                .containsExactly(new Effect.Send(THREE, new Gap(5, rig.nonce, FIRST.zxid()), 0));
    }

    @Test
    void logs_of_a_repetition_only_what_is_new() {
        rig.receive(THREE, proposal(0, FIRST));

        assertThat(rig.receive(THREE, proposal(0, FIRST, SECOND)))
                .containsExactly(
                        new Effect.Wal(4, List.of(new WalRecord.Append(SECOND))),
                        new Effect.Send(THREE, new Ack(5, rig.nonce, SECOND.zxid()), 4));
    }

    @Test
    void acks_a_repetition_again_because_the_ack_may_have_been_lost() {
        rig.receive(THREE, proposal(0, FIRST));

        assertThat(rig.receive(THREE, proposal(0, FIRST)))
                .containsExactly(new Effect.Send(THREE, new Ack(5, rig.nonce, FIRST.zxid()), 3));
    }

    /** R-9, ZK-4882. */
    @Test
    void delivers_what_is_committed_only_once_its_own_disk_has_it() {
        rig.receive(THREE, proposal(0, FIRST));

        assertThat(rig.receive(THREE, new Commit(5, rig.nonce, FIRST.zxid()))).isEmpty();
        assertThat(rig.persisted(3)).containsExactly(new Effect.Deliver(List.of(FIRST)));
    }

    /** Z-20, ZK-4394. */
    @Test
    void a_commit_that_overtook_its_proposal_takes_effect_when_that_comes() {
        rig.receive(THREE, new Commit(5, rig.nonce, SECOND.zxid()));
        rig.receive(THREE, proposal(0, FIRST, SECOND, THIRD));

        assertThat(rig.persisted(3)).containsExactly(new Effect.Deliver(List.of(FIRST, SECOND)));
    }

    /** Z-28. */
    @Test
    void ignores_what_belongs_to_another_attempt_epoch_or_leader() {
        assertThat(rig.receive(THREE, new Proposal(5, rig.nonce + 1, 0, List.of(FIRST))))
                .isEmpty();
        assertThat(rig.receive(THREE, new Proposal(4, rig.nonce, 0, List.of(FIRST))))
                .isEmpty();
        assertThat(rig.receive(Rig.TWO, proposal(0, FIRST))).isEmpty();
    }

    @Test
    void answers_a_heartbeat_with_what_it_has_and_what_its_disk_has() {
        rig.receive(THREE, proposal(0, FIRST));

        assertThat(rig.receive(THREE, new Ping(5, rig.nonce, 1, 0)))
                .containsExactly(new Effect.Send(THREE, new Pong(5, rig.nonce, 1, FIRST.zxid(), 0, true), 0));
    }

    /** Z-23. */
    @Test
    void looks_again_when_the_leader_is_silent() {
        assertThat(rig.pass(1_400)).isEmpty();
        assertThat(rig.pass(300)).containsExactly(LOOKS);
    }

    /** */
    @Test
    void a_repeated_heartbeat_is_no_sign_of_life() {
        rig.receive(THREE, new Ping(5, rig.nonce, 1, 0));
        rig.pass(1_000);
        rig.receive(THREE, new Ping(5, rig.nonce, 1, 0));

        assertThat(rig.pass(700)).contains(LOOKS);
    }

    @Test
    void a_new_heartbeat_is_a_sign_of_life() {
        rig.pass(1_000);
        rig.receive(THREE, new Ping(5, rig.nonce, 1, 0));

        assertThat(rig.pass(700)).doesNotContain(LOOKS);
    }

    /** */
    @Test
    void after_a_pause_of_its_own_it_reads_before_it_judges() {
        assertThat(rig.pause(60_000)).isEmpty();
        rig.receive(THREE, new Ping(5, rig.nonce, 1, 0));

        assertThat(rig.pass(1_000)).doesNotContain(LOOKS);
    }

    @Test
    void looks_again_at_once_when_the_link_breaks() {
        assertThat(rig.step(new Event.LinkChanged(THREE, 1, false))).containsExactly(LOOKS);
    }

    /** Z-30. */
    @Test
    void acks_newleader_again_when_it_is_repeated() {
        assertThat(rig.receive(THREE, new NewLeader(5, rig.nonce, 0, CLUSTER)))
                .containsExactly(new Effect.Send(THREE, new NewLeaderAck(5, rig.nonce, 0), 2));
    }

    @Test
    void refuses_requests_and_reads() {
        assertThat(rig.propose(1))
                .containsExactly(
                        new Effect.Rejected(List.of(Rig.id(1)), io.zabkeeper.consensus.RejectReason.NOT_LEADER));
        assertThat(rig.step(new Event.ReadBarrier(9)))
                .containsExactly(new Effect.ReadFailed(9, io.zabkeeper.consensus.RejectReason.NOT_LEADER));
    }

    /** Z-9: UPTODATE names the commit point; serving begins when the state machine stands there. */
    @Test
    void serves_once_it_stands_where_uptodate_said() {
        Rig late = Rig.turning(Rig.ONE, THREE, Rig.image(Rig.voter(4, THREE, 4), List.of()));
        late.receive(THREE, new ZabMessage.LeaderInfo(5, late.nonce, CLUSTER, 5));
        late.persisted(1);
        late.receive(THREE, new ZabMessage.SyncStart(5, late.nonce, ZabMessage.SyncMode.DIFF, 0));
        late.receive(THREE, new NewLeader(5, late.nonce, 0, CLUSTER));
        late.persisted(2);

        assertThat(late.receive(THREE, new ZabMessage.UpToDate(5, late.nonce, Zxid.of(5, 1))))
                .isEmpty();
        late.receive(THREE, new Proposal(5, late.nonce, 0, List.of(FIRST)));
        assertThat(late.persisted(3))
                .containsExactly(
                        new Effect.Deliver(List.of(FIRST)), new Effect.RoleChanged(Role.FOLLOWING, 5, THREE, true));
    }
}
