package io.zabkeeper.consensus.zab;

import static io.zabkeeper.consensus.zab.Rig.CLUSTER;
import static io.zabkeeper.consensus.zab.Rig.ONE;
import static io.zabkeeper.consensus.zab.Rig.TWO;
import static io.zabkeeper.consensus.zab.Rig.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.consensus.Effect;
import io.zabkeeper.consensus.Entry;
import io.zabkeeper.consensus.Event;
import io.zabkeeper.consensus.Payload;
import io.zabkeeper.consensus.RejectReason;
import io.zabkeeper.consensus.Role;
import io.zabkeeper.consensus.WalRecord;
import io.zabkeeper.consensus.Zxid;
import io.zabkeeper.consensus.quorum.NodeId;
import io.zabkeeper.consensus.zab.ZabMessage.Ack;
import io.zabkeeper.consensus.zab.ZabMessage.AckEpoch;
import io.zabkeeper.consensus.zab.ZabMessage.Commit;
import io.zabkeeper.consensus.zab.ZabMessage.FollowerInfo;
import io.zabkeeper.consensus.zab.ZabMessage.Gap;
import io.zabkeeper.consensus.zab.ZabMessage.NewLeader;
import io.zabkeeper.consensus.zab.ZabMessage.NewLeaderAck;
import io.zabkeeper.consensus.zab.ZabMessage.Ping;
import io.zabkeeper.consensus.zab.ZabMessage.Pong;
import io.zabkeeper.consensus.zab.ZabMessage.Proposal;
import io.zabkeeper.consensus.zab.ZabMessage.SyncAck;
import io.zabkeeper.consensus.zab.ZabMessage.SyncMode;
import io.zabkeeper.consensus.zab.ZabMessage.SyncStart;
import io.zabkeeper.consensus.zab.ZabMessage.UpToDate;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LeaderBroadcastTest {
    private static final Entry FIRST = new Entry(Zxid.of(5, 1), 0, 0, id(1), Payload.EMPTY);
    private static final Entry SECOND = new Entry(Zxid.of(5, 2), Zxid.of(5, 1), 0, id(2), Payload.EMPTY);
    private static final Effect LOOKS = new Effect.RoleChanged(Role.LOOKING, 5, NodeId.NONE, false);

    private final Rig rig = Rig.leading();

    private static Effect send(ZabMessage message) {
        return new Effect.Send(ONE, message, 0);
    }

    /** Z-17, R-28. */
    @Test
    void orders_requests_as_they_come_and_sends_them_before_its_own_disk_has_them() {
        assertThat(rig.propose(1, 2))
                .containsExactly(
                        new Effect.Wal(3, List.of(new WalRecord.Append(FIRST), new WalRecord.Append(SECOND))),
                        send(new Proposal(5, 11, 0, List.of(FIRST, SECOND))));
    }

    /** Z-19, R-7, R-9. */
    @Test
    void commits_what_a_quorum_has_and_delivers_what_its_own_disk_has() {
        rig.propose(1, 2);

        assertThat(rig.receive(ONE, new Ack(5, 11, SECOND.zxid()))).isEmpty();
        assertThat(rig.persisted(3))
                .containsExactly(new Effect.Deliver(List.of(FIRST, SECOND)), send(new Commit(5, 11, SECOND.zxid())));
    }

    /** */
    @Test
    void its_own_vote_is_not_enough() {
        rig.propose(1);

        assertThat(rig.persisted(3)).isEmpty();
        assertThat(rig.status().committed()).isZero();
    }

    /** Z-31: cumulative, so an old ack changes nothing. */
    @Test
    void an_overtaken_ack_changes_nothing() {
        rig.propose(1, 2);
        rig.persisted(3);
        rig.receive(ONE, new Ack(5, 11, SECOND.zxid()));

        assertThat(rig.receive(ONE, new Ack(5, 11, FIRST.zxid()))).isEmpty();
    }

    /** Z-18. */
    @Test
    void sends_again_from_where_a_follower_stands() {
        rig.propose(1);
        rig.propose(2);

        assertThat(rig.receive(ONE, new Gap(5, 11, 0)))
                .containsExactly(send(new Proposal(5, 11, 0, List.of(FIRST, SECOND))));
        assertThat(rig.receive(ONE, new Gap(5, 11, 0))).isEmpty();
    }

    /** Z-29. */
    @Test
    void a_heartbeat_shows_what_was_lost() {
        rig.propose(1);
        rig.pass(100);

        assertThat(rig.receive(ONE, new Pong(5, 11, 2, 0, 0, true)))
                .containsExactly(send(new Proposal(5, 11, 0, List.of(FIRST))));
    }

    /** Z-9, Z-5: a late joiner gets what is outstanding, and UPTODATE with the present commit point. */
    @Test
    void a_late_joiner_is_subscribed_to_what_is_outstanding() {
        rig.propose(1);
        rig.persisted(3);
        rig.receive(ONE, new Ack(5, 11, FIRST.zxid()));
        rig.propose(2);
        rig.receive(TWO, new FollowerInfo(12, 4, CLUSTER, true));

        assertThat(rig.receive(TWO, new AckEpoch(5, 12, true, 4, 0)))
                .containsExactly(
                        new Effect.Send(TWO, new SyncStart(5, 12, SyncMode.DIFF, 0), 0),
                        new Effect.Send(TWO, new Proposal(5, 12, FIRST.zxid(), List.of(FIRST, SECOND)), 0),
                        new Effect.Send(TWO, new NewLeader(5, 12, 0, CLUSTER), 0));
        assertThat(rig.receive(TWO, new NewLeaderAck(5, 12, 0)))
                .containsExactly(new Effect.Send(TWO, new UpToDate(5, 12, FIRST.zxid()), 0));
    }

    /** Z-21. */
    @Test
    void acks_before_that_of_newleader_are_not_counted() {
        rig.receive(TWO, new FollowerInfo(12, 4, CLUSTER, true));
        rig.receive(TWO, new AckEpoch(5, 12, true, 4, 0));
        rig.propose(1);
        rig.persisted(3);

        assertThat(rig.receive(TWO, new SyncAck(5, 12, FIRST.zxid()))).isEmpty();
        assertThat(rig.receive(TWO, new Ack(5, 12, FIRST.zxid()))).isEmpty();
        assertThat(rig.receive(TWO, new NewLeaderAck(5, 12, FIRST.zxid())))
                .contains(new Effect.Deliver(List.of(FIRST)));
    }

    /** An ack of NEWLEADER may be the only one that tells of an entry. */
    @Test
    void a_repeated_ack_of_newleader_commits_like_any_other() {
        rig.propose(1);
        rig.persisted(3);

        assertThat(rig.receive(ONE, new NewLeaderAck(5, 11, FIRST.zxid())))
                .containsExactly(new Effect.Deliver(List.of(FIRST)), send(new Commit(5, 11, FIRST.zxid())));
    }

    /** */
    @Test
    void acks_of_a_member_that_may_not_vote_are_not_counted() {
        rig.receive(TWO, new FollowerInfo(12, 4, CLUSTER, false));
        rig.receive(TWO, new AckEpoch(5, 12, true, 4, 0));
        rig.receive(TWO, new NewLeaderAck(5, 12, 0));
        rig.propose(1);
        rig.persisted(3);

        assertThat(rig.receive(TWO, new Ack(5, 12, FIRST.zxid()))).isEmpty();
    }

    /** L-1, L-2. */
    @Test
    void a_read_waits_for_a_heartbeat_round_that_began_after_it() {
        assertThat(rig.step(new Event.ReadBarrier(7))).containsExactly(send(new Ping(5, 11, 2, 0)));

        assertThat(rig.receive(ONE, new Pong(5, 11, 1, 0, 0, true))).isEmpty();
        assertThat(rig.receive(ONE, new Pong(5, 11, 2, 0, 0, true))).containsExactly(new Effect.ReadReady(7, 0));
    }

    /** L-2: one round for all that wait when it begins. */
    @Test
    void reads_that_come_during_a_round_share_the_next_one() {
        rig.step(new Event.ReadBarrier(7));

        assertThat(rig.step(new Event.ReadBarrier(8))).isEmpty();
        assertThat(rig.step(new Event.ReadBarrier(9))).isEmpty();
        assertThat(rig.receive(ONE, new Pong(5, 11, 2, 0, 0, true)))
                .containsExactly(new Effect.ReadReady(7, 0), send(new Ping(5, 11, 3, 0)));
        assertThat(rig.receive(ONE, new Pong(5, 11, 3, 0, 0, true)))
                .containsExactly(new Effect.ReadReady(8, 0), new Effect.ReadReady(9, 0));
    }

    /** R-39, Z-24. */
    @Test
    void resigns_when_no_quorum_answers_and_tells_whoever_waits() {
        rig.propose(1);
        rig.step(new Event.ReadBarrier(7));

        assertThat(rig.pass(1_600))
                .containsSubsequence(
                        new Effect.ReadFailed(7, RejectReason.NOT_LEADER), new Effect.Uncertain(List.of(id(1))), LOOKS);
    }

    /** an answer is evidence for the moment at which it was asked for. */
    @Test
    void a_late_answer_to_an_old_heartbeat_keeps_no_leader_in_office() {
        rig.pass(1_400);
        rig.receive(ONE, new Pong(5, 11, 1, 0, 0, true));

        assertThat(rig.pass(200)).contains(LOOKS);
    }

    /** */
    @Test
    void after_a_pause_of_its_own_it_resigns_before_it_says_anything() {
        assertThat(rig.pause(60_000)).containsExactly(LOOKS);
    }

    /** */
    @Test
    void refuses_what_exceeds_its_budget_and_everything_behind_it() {
        byte[] large = new byte[65 << 20];
        Payload payload = new Payload(large);

        rig.step(new Event.Propose(List.of(new io.zabkeeper.consensus.Proposal(id(1), 0, payload))));

        assertThat(rig.propose(2, 3))
                .containsExactly(new Effect.Rejected(List.of(id(2), id(3)), RejectReason.OVERLOADED));
    }

    /** */
    @Test
    void time_stamps_never_go_back() {
        rig.step(new Event.Propose(List.of(new io.zabkeeper.consensus.Proposal(id(1), 500, Payload.EMPTY))));

        assertThat(rig.step(new Event.Propose(List.of(new io.zabkeeper.consensus.Proposal(id(2), 400, Payload.EMPTY)))))
                .contains(new Effect.Wal(
                        4,
                        List.of(new WalRecord.Append(
                                new Entry(Zxid.of(5, 2), Zxid.of(5, 1), 500, id(2), Payload.EMPTY)))));
    }

    /** the barrier, a quorum that has it, the learner that has it, and only then the right to vote. */
    @Test
    void a_member_that_may_not_vote_is_readmitted_behind_a_barrier() {
        rig.receive(TWO, new FollowerInfo(12, 0, 0, false));
        rig.receive(TWO, new AckEpoch(5, 12, true, 0, 0));
        rig.receive(TWO, new NewLeaderAck(5, 12, 0));
        rig.receive(TWO, new Pong(5, 12, 1, 0, 0, true));
        Entry barrier = new Entry(
                Zxid.of(5, 1),
                0,
                0,
                new io.zabkeeper.consensus.ProposalId(NodeId.NONE, 0, Zxid.of(5, 1)),
                Payload.EMPTY);

        assertThat(rig.pass(100)).contains(new Effect.Wal(3, List.of(new WalRecord.Append(barrier))));
        rig.persisted(3);
        rig.receive(TWO, new Ack(5, 12, barrier.zxid()));
        assertThat(rig.pass(100)).noneMatch(LeaderBroadcastTest::readmits);
        rig.receive(ONE, new Ack(5, 11, barrier.zxid()));
        assertThat(rig.pass(100)).anyMatch(LeaderBroadcastTest::readmits);
    }

    private static boolean readmits(Effect effect) {
        return effect instanceof Effect.Send send && send.message() instanceof ZabMessage.Readmitted;
    }

    /** Section 2.3 step 4: it could never be led in this epoch. */
    @Test
    void resigns_for_a_voter_that_has_promised_a_later_epoch() {
        assertThat(rig.receive(TWO, new FollowerInfo(12, 9, CLUSTER, true))).containsExactly(LOOKS);
    }

    @Test
    void gives_up_its_office_when_told_to() {
        assertThat(rig.step(new Event.StepDown("maintenance"))).containsExactly(LOOKS);
    }

    /** */
    @Test
    void sends_no_more_than_the_window_until_it_is_acknowledged() {
        byte[] bytes = new byte[3 << 20];
        for (int i = 1; i <= 3; i++) {
            rig.step(new Event.Propose(List.of(new io.zabkeeper.consensus.Proposal(id(i), 0, new Payload(bytes)))));
        }

        assertThat(rig.receive(ONE, new Ack(5, 11, Zxid.of(5, 1))))
                .hasSize(1)
                .first()
                .isInstanceOfSatisfying(
                        Effect.Send.class,
                        next -> assertThat(next.message())
                                .isInstanceOfSatisfying(
                                        Proposal.class,
                                        proposal -> assertThat(proposal.entries())
                                                .extracting(Entry::zxid)
                                                .containsExactly(Zxid.of(5, 3))));
    }
}
