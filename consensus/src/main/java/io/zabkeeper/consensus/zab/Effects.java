package io.zabkeeper.consensus.zab;

import io.zabkeeper.consensus.Effect;
import io.zabkeeper.consensus.Entry;
import io.zabkeeper.consensus.Proposal;
import io.zabkeeper.consensus.ProposalId;
import io.zabkeeper.consensus.RejectReason;
import io.zabkeeper.consensus.Role;
import io.zabkeeper.consensus.SnapshotId;
import io.zabkeeper.consensus.SnapshotMeta;
import io.zabkeeper.consensus.TraceEvent;
import io.zabkeeper.consensus.WalRecord;
import io.zabkeeper.consensus.quorum.NodeId;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects what one step wants, in order.
 *
 * <p>All records of a step share one {@link Effect.Wal}, so they reach the disk in one group, and their order in it is
 * the order of the promises they make.
 */
final class Effects {
    private List<Effect> effects = new ArrayList<>();

    /** Of the step's {@code Wal}, empty until something is logged. Handed over with the effects. */
    private List<WalRecord> records = new ArrayList<>();

    /** Of the last record logged. Invariant: {@code durable <= sequence}. */
    private long sequence;

    private long durable;

    /** The effects of the step. The collector starts anew. */
    List<Effect> take() {
        List<Effect> taken = effects;
        effects = new ArrayList<>();
        records = new ArrayList<>();
        return taken;
    }

    /** Logs a record and answers the sequence at which it is durable. */
    long log(WalRecord entry) {
        if (records.isEmpty()) {
            sequence++;
            effects.add(new Effect.Wal(sequence, records));
        }
        records.add(entry);
        return sequence;
    }

    void persisted(long upTo) {
        durable = Math.max(durable, upTo);
    }

    boolean isDurable(long upTo) {
        return upTo <= durable;
    }

    /** Durable means that everything logged up to now is. */
    long lastSequence() {
        return sequence;
    }

    void send(NodeId to, ZabMessage message) {
        effects.add(new Effect.Send(to, message, 0));
    }

    /** Sends a message that promises something: it waits until the promise is on the disk (D4). */
    void sendOnceDurable(NodeId to, ZabMessage message, long afterSequence) {
        effects.add(new Effect.Send(to, message, afterSequence));
    }

    void deliver(List<Entry> entries) {
        effects.add(new Effect.Deliver(entries));
    }

    void roleChanged(Role role, long round, NodeId leader, boolean serving) {
        effects.add(new Effect.RoleChanged(role, round, leader, serving));
    }

    void rejected(List<Proposal> proposals, RejectReason reason) {
        List<ProposalId> ids = new ArrayList<>(proposals.size());
        for (Proposal proposal : proposals) {
            ids.add(proposal.id());
        }
        effects.add(new Effect.Rejected(ids, reason));
    }

    void uncertain(List<ProposalId> ids) {
        effects.add(new Effect.Uncertain(ids));
    }

    void readReady(long readId, long zxid) {
        effects.add(new Effect.ReadReady(readId, zxid));
    }

    void readFailed(long readId, RejectReason reason) {
        effects.add(new Effect.ReadFailed(readId, reason));
    }

    void sendSnapshot(NodeId peer, SnapshotId id) {
        effects.add(new Effect.SendSnapshot(peer, id));
    }

    void abortSnapshot(SnapshotId id) {
        effects.add(new Effect.AbortSnapshot(id));
    }

    void installSnapshot(SnapshotId id, SnapshotMeta meta) {
        effects.add(new Effect.InstallSnapshot(id, meta));
    }

    void resetLink(NodeId peer, String reason) {
        effects.add(new Effect.ResetLink(peer, reason));
    }

    void halt(String reason) {
        effects.add(new Effect.Halt(reason));
    }

    void trace(TraceEvent event) {
        effects.add(new Effect.Trace(event));
    }
}
