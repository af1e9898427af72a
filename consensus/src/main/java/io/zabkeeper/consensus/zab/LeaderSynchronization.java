package io.zabkeeper.consensus.zab;

import io.zabkeeper.consensus.Proposal;
import io.zabkeeper.consensus.RejectReason;
import io.zabkeeper.consensus.Role;
import io.zabkeeper.consensus.SnapshotId;
import io.zabkeeper.consensus.quorum.NodeId;
import io.zabkeeper.consensus.quorum.NodeSet;
import java.util.List;

/**
 * A leader whose history is at least as new as that of a quorum: it makes a quorum equal to itself.
 *
 * <p>Zab phase 2, sections 2.4 and 2.5. {@code LeaderProcessACKLD} in the TLA+ specification. Its own history becomes the
 * initial history of the epoch with the record of {@code currentEpoch}; nobody is synchronized before that is durable, and
 * nothing is proposed before a quorum has acknowledged NEWLEADER (Z-14, Z-15).
 */
final class LeaderSynchronization extends Phase {
    private final Learners learners;
    private final Tail tail;

    private boolean open;
    private boolean handedOver;
    private long giveUpAt;

    LeaderSynchronization(Member member, Learners learners) {
        super(member);
        this.learners = learners;
        this.tail = new Tail(member, learners.epoch());
    }

    @Override
    Role role() {
        return Role.LEADING;
    }

    @Override
    String name() {
        return "SYNCHRONIZATION";
    }

    @Override
    NodeId leader() {
        return member.self;
    }

    @Override
    void enter() {
        giveUpAt = member.now() + member.config.initLimitNanos();
        member.promise.establish(learners.epoch(), learners.clusterId());
        onPersisted();
    }

    @Override
    void leave() {
        if (!handedOver) {
            learners.dissolve();
        }
    }

    @Override
    boolean admits(NodeId from, ZabMessage.OfAttempt message) {
        return learners.admits(from, message);
    }

    @Override
    void onPersisted() {
        if (!open && member.effects.isDurable(member.promise.sequence())) {
            open = true;
            learners.open();
        }
        establish();
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
        if (member.mutations.has(ZabMutation.OLD_EPOCH_COMMITTED_BY_COUNTING)) {
            long position = learners.quorumPosition();
            member.delivery.commit(Math.min(position, member.history.last()));
        }
    }

    /** Possible here only if the ack overtook that of NEWLEADER; it must not disturb anybody (Z-21, ZK-4685). */
    @Override
    public void onAck(NodeId from, ZabMessage.Ack ack) {
        learners.onAck(from, ack);
    }

    @Override
    public void onGap(NodeId from, ZabMessage.Gap gap) {
        learners.onGap(from, gap);
    }

    @Override
    public void onPong(NodeId from, ZabMessage.Pong pong) {
        learners.onPong(from, pong);
    }

    @Override
    public void onNewLeaderAck(NodeId from, ZabMessage.NewLeaderAck ack) {
        learners.onNewLeaderAck(from, ack);
        establish();
    }

    /** A quorum has accepted the epoch and holds its initial history: the history is committed, the epoch established. */
    private void establish() {
        NodeSet acknowledged = learners.acknowledged(open);
        boolean quorum = member.quorums.isQuorum(acknowledged)
                || (open && member.mutations.has(ZabMutation.UPTODATE_BEFORE_QUORUM));
        if (quorum && open && !member.delivery.isInstalling()) {
            handedOver = true;
            member.become(new LeaderBroadcast(member, learners, tail));
        }
    }

    /** Z-15. */
    @Override
    void onPropose(List<Proposal> proposals) {
        if (open && member.mutations.has(ZabMutation.PROPOSE_BEFORE_ESTABLISHED)) {
            tail.propose(proposals, learners);
        } else {
            member.effects.rejected(proposals, RejectReason.NOT_READY);
        }
    }

    @Override
    void onReadBarrier(long readId) {
        member.effects.readFailed(readId, RejectReason.NOT_READY);
    }

    @Override
    void onSnapshotSent(NodeId peer, SnapshotId id, boolean complete) {
        learners.onSnapshotSent(peer, id, complete);
    }

    @Override
    void onSnapshotInstalled() {
        establish();
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
        member.look("stepping down: " + reason);
    }

    @Override
    void onTick() {
        if (member.now() >= giveUpAt) {
            member.look("no quorum synchronized in time"); // Z-16
        } else if (open) {
            learners.onTick();
        }
    }

    @Override
    long deadline() {
        return open ? Math.min(giveUpAt, learners.nextHeartbeat()) : giveUpAt;
    }
}
