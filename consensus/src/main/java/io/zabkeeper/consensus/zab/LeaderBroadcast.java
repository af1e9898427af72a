package io.zabkeeper.consensus.zab;

import io.zabkeeper.consensus.Proposal;
import io.zabkeeper.consensus.ProposalId;
import io.zabkeeper.consensus.Role;
import io.zabkeeper.consensus.SnapshotId;
import io.zabkeeper.consensus.TraceEvent;
import io.zabkeeper.consensus.quorum.NodeId;
import io.zabkeeper.consensus.quorum.NodeSet;
import java.util.List;

/**
 * The leader of an established epoch: it orders requests, commits what a quorum has on its disks, and stays in office as
 * long as a quorum answers it.
 *
 * <p>Zab phase 3; rules Z-17, Z-19, Z-24 and L-2. {@code LeaderProcessACK} in the TLA+ specification.
 */
final class LeaderBroadcast extends Phase {
    private final Learners learners;
    private final Tail tail;
    private final Reads reads;
    private final Readmission readmission;

    LeaderBroadcast(Member member, Learners learners, Tail tail) {
        super(member);
        this.learners = learners;
        this.tail = tail;
        this.reads = new Reads(member, learners);
        this.readmission = new Readmission(member, learners, tail);
    }

    @Override
    Role role() {
        return Role.LEADING;
    }

    @Override
    String name() {
        return "BROADCAST";
    }

    @Override
    NodeId leader() {
        return member.self;
    }

    @Override
    boolean isServing() {
        return true;
    }

    @Override
    NodeSet synced() {
        return learners.acknowledged(true);
    }

    /** Z-14. */
    @Override
    void enter() {
        member.effects.trace(new TraceEvent.Established(learners.epoch(), learners.initialHistory()));
        member.election.established(member.self, learners.epoch());
        member.delivery.commit(learners.initialHistory());
        member.effects.roleChanged(Role.LEADING, learners.epoch(), member.self, true);
        learners.establish();
    }

    /** Whoever waits for an answer is told that there will be none. */
    @Override
    void leave() {
        reads.fail();
        List<ProposalId> undelivered = tail.undelivered();
        if (!undelivered.isEmpty()) {
            member.effects.uncertain(undelivered);
        }
        learners.dissolve();
    }

    @Override
    boolean admits(NodeId from, ZabMessage.OfAttempt message) {
        return learners.admits(from, message);
    }

    @Override
    void onPropose(List<Proposal> proposals) {
        tail.propose(proposals, learners);
        resignWhenUsedUp();
    }

    @Override
    void onReadBarrier(long readId) {
        reads.add(readId);
    }

    @Override
    void onPersisted() {
        commitWhatAQuorumHas();
    }

    @Override
    public void onAck(NodeId from, ZabMessage.Ack ack) {
        if (learners.onAck(from, ack)) {
            commitWhatAQuorumHas();
        }
    }

    /**
     * Z-19. What is not of this epoch was committed with it (Z-14), so the position that a quorum has is either committed
     * or of this epoch.
     */
    private void commitWhatAQuorumHas() {
        long position = learners.quorumPosition();
        if (position > member.delivery.committed()) {
            member.delivery.commit(position);
            tail.onCommitted(position);
            learners.announceCommit();
            resignWhenUsedUp();
        }
    }

    /** Z-3: nothing is accepted any more; once all that was is committed, the next epoch may begin. */
    private void resignWhenUsedUp() {
        if (tail.isUsedUp() && member.delivery.committed() == member.history.last()) {
            member.look("the counter of epoch " + learners.epoch() + " is used up");
        }
    }

    @Override
    public void onFollowerInfo(NodeId from, ZabMessage.FollowerInfo info) {
        LearnerProgress learner = learners.attach(from, info);
        if (learner == null) {
            ignore(from, info);
        } else if (learners.isBeyond(learner, info)) {
            member.look(from + " promised epoch " + info.acceptedEpoch() + ", ours is " + learners.epoch());
        } else {
            learners.inform(learner);
        }
    }

    @Override
    public void onAckEpoch(NodeId from, ZabMessage.AckEpoch ack) {
        learners.onAckEpoch(from, ack);
    }

    @Override
    public void onSyncMismatch(NodeId from, ZabMessage.SyncMismatch mismatch) {
        learners.onSyncMismatch(from, mismatch);
    }

    @Override
    public void onSyncAck(NodeId from, ZabMessage.SyncAck ack) {
        learners.onSyncAck(from, ack);
        commitWhatAQuorumHas(); // It may have been overtaken by the ack of NEWLEADER, and still be news.
    }

    @Override
    public void onNewLeaderAck(NodeId from, ZabMessage.NewLeaderAck ack) {
        learners.onNewLeaderAck(from, ack);
        commitWhatAQuorumHas();
    }

    @Override
    public void onGap(NodeId from, ZabMessage.Gap gap) {
        learners.onGap(from, gap);
    }

    @Override
    public void onPong(NodeId from, ZabMessage.Pong pong) {
        if (learners.onPong(from, pong)) {
            commitWhatAQuorumHas();
        }
        reads.onAnswer();
    }

    @Override
    void onSnapshotSent(NodeId peer, SnapshotId id, boolean complete) {
        learners.onSnapshotSent(peer, id, complete);
    }

    @Override
    public void onNotification(NodeId from, ZabMessage.Notification message) {
        if (message.role() == Role.LOOKING) {
            learners.onLooking(from, message);
        }
    }

    @Override
    void onLinkDown(NodeId peer) {
        learners.detach(peer);
    }

    @Override
    void onStepDown(String reason) {
        member.election.suspect(member.self);
        member.look("stepping down: " + reason);
    }

    /** A leader that no quorum answers falls silent at once, so that its followers are free (R-39, Z-24, D12). */
    @Override
    void onTick() {
        long contact = learners.quorumContact();
        boolean attached = contact != Long.MIN_VALUE;
        boolean silent = !attached || member.now() - contact >= member.config.leaderSilenceNanos();
        if (silent && !member.mutations.has(ZabMutation.LEADER_NEVER_RESIGNS)) {
            member.look(
                    attached
                            ? "no quorum answered for " + (member.now() - contact) / 1_000_000 + " ms"
                            : "no quorum is attached any more");
            return;
        }
        boolean heartbeat = member.now() >= learners.nextHeartbeat();
        learners.onTick();
        if (heartbeat) {
            readmission.onHeartbeat();
        }
    }

    @Override
    long deadline() {
        return learners.nextHeartbeat();
    }
}
