package io.zabkeeper.consensus;

import io.zabkeeper.consensus.quorum.NodeId;
import java.util.List;

/** Everything that a core ever wants. The driver performs the effects of one step in their order. */
public sealed interface Effect {
    void performBy(Performer performer);

    /**
     * Append to the log. {@code sequence} is strictly increasing; one {@link Event.Persisted} at or above it answers.
     */
    record Wal(long sequence, List<WalRecord> records) implements Effect {
        @Override
        public void performBy(Performer performer) {
            performer.wal(this);
        }
    }

    /** Transmit once the log is durable up to {@code afterSequence}, 0 for at once. Best effort (D4). */
    record Send(NodeId to, Message message, long afterSequence) implements Effect {
        @Override
        public void performBy(Performer performer) {
            performer.send(this);
        }
    }

    /** Apply in order, exactly once in each incarnation. */
    record Deliver(List<Entry> entries) implements Effect {
        @Override
        public void performBy(Performer performer) {
            performer.deliver(this);
        }
    }

    /** The role changed, or whether clients may be served did. {@code serving=false}: drop client service now. */
    record RoleChanged(Role role, long round, NodeId leader, boolean serving) implements Effect {
        @Override
        public void performBy(Performer performer) {
            performer.roleChanged(this);
        }
    }

    /** Surely not ordered. */
    record Rejected(List<ProposalId> ids, RejectReason reason) implements Effect {
        @Override
        public void performBy(Performer performer) {
            performer.rejected(this);
        }
    }

    /** Leadership was lost after these were accepted: they may come to be delivered, or never (D10). */
    record Uncertain(List<ProposalId> ids) implements Effect {
        @Override
        public void performBy(Performer performer) {
            performer.uncertain(this);
        }
    }

    /** May be served once the state machine stands at {@code zxid} or beyond. */
    record ReadReady(long readId, long zxid) implements Effect {
        @Override
        public void performBy(Performer performer) {
            performer.readReady(this);
        }
    }

    record ReadFailed(long readId, RejectReason reason) implements Effect {
        @Override
        public void performBy(Performer performer) {
            performer.readFailed(this);
        }
    }

    /**
     * Stream the state to a learner. The state machine stands exactly at {@code id.zxid()} when this is performed, because
     * deliveries are performed in order. Answered by {@link Event.SnapshotSent}.
     */
    record SendSnapshot(NodeId peer, SnapshotId id) implements Effect {
        @Override
        public void performBy(Performer performer) {
            performer.sendSnapshot(this);
        }
    }

    /** Stop and forget transfers, sent or received, of an attempt that is over. */
    record AbortSnapshot(SnapshotId id) implements Effect {
        @Override
        public void performBy(Performer performer) {
            performer.abortSnapshot(this);
        }
    }

    /**
     * The marker of a staged snapshot is durable: switch the state machine to it. Answered by
     * {@link Event.SnapshotInstalled}.
     */
    record InstallSnapshot(SnapshotId id, SnapshotMeta meta) implements Effect {
        @Override
        public void performBy(Performer performer) {
            performer.installSnapshot(this);
        }
    }

    /** Drop the link to a peer and establish it again. */
    record ResetLink(NodeId peer, String reason) implements Effect {
        @Override
        public void performBy(Performer performer) {
            performer.resetLink(this);
        }
    }

    /** Stop the process; never limp on. */
    record Halt(String reason) implements Effect {
        @Override
        public void performBy(Performer performer) {
            performer.halt(this);
        }
    }

    record Trace(TraceEvent event) implements Effect {
        @Override
        public void performBy(Performer performer) {
            performer.trace(this);
        }
    }

    /** One method for each effect, so that a new one does not compile until it is performed. */
    interface Performer {
        void wal(Wal effect);

        void send(Send effect);

        void deliver(Deliver effect);

        void roleChanged(RoleChanged effect);

        void rejected(Rejected effect);

        void uncertain(Uncertain effect);

        void readReady(ReadReady effect);

        void readFailed(ReadFailed effect);

        void sendSnapshot(SendSnapshot effect);

        void abortSnapshot(AbortSnapshot effect);

        void installSnapshot(InstallSnapshot effect);

        void resetLink(ResetLink effect);

        void halt(Halt effect);

        void trace(Trace effect);
    }
}
