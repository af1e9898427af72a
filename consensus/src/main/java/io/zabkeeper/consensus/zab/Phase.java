package io.zabkeeper.consensus.zab;

import io.zabkeeper.consensus.Proposal;
import io.zabkeeper.consensus.RejectReason;
import io.zabkeeper.consensus.Role;
import io.zabkeeper.consensus.SnapshotId;
import io.zabkeeper.consensus.SnapshotMeta;
import io.zabkeeper.consensus.TraceEvent;
import io.zabkeeper.consensus.quorum.NodeId;
import io.zabkeeper.consensus.quorum.NodeSet;
import java.util.List;

/**
 * Where a member stands in the protocol. A phase that hands over to another ({@link Member#become}, {@link Member#look})
 * does nothing afterwards.
 */
abstract class Phase implements ZabMessage.Receiver {
    final Member member;

    Phase(Member member) {
        this.member = member;
    }

    abstract Role role();

    /** The protocol's word for it. */
    abstract String name();

    abstract NodeId leader();

    boolean isServing() {
        return false;
    }

    NodeSet synced() {
        return NodeSet.EMPTY;
    }

    void enter() {}

    /** What must be told before this phase is forgotten. */
    void leave() {}

    /** Whether the message belongs to a present attempt (Z-28). */
    boolean admits(NodeId from, ZabMessage.OfAttempt message) {
        return false;
    }

    void onTick() {}

    /** More of the log is durable. */
    void onPersisted() {}

    void onLinkUp(NodeId peer) {}

    void onLinkDown(NodeId peer) {}

    void onPropose(List<Proposal> proposals) {
        member.effects.rejected(proposals, RejectReason.NOT_LEADER);
    }

    void onReadBarrier(long readId) {
        member.effects.readFailed(readId, RejectReason.NOT_LEADER);
    }

    void onSnapshotSent(NodeId peer, SnapshotId id, boolean complete) {}

    /** A snapshot that nobody waits for. */
    void onSnapshotStaged(SnapshotId id, SnapshotMeta meta) {
        member.effects.abortSnapshot(id);
    }

    void onSnapshotInstalled() {}

    void onStepDown(String reason) {}

    /** When a tick is useful, in the time of the member's clock. */
    long deadline() {
        return Long.MAX_VALUE;
    }

    /** The election sees every notification first; most phases care for none. */
    @Override
    public void onNotification(NodeId from, ZabMessage.Notification message) {}

    @Override
    public void ignore(NodeId from, ZabMessage message) {
        member.effects.trace(new TraceEvent.Ignored(from, message, name()));
    }
}
