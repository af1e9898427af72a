package io.zabkeeper.consensus.simulator.invariant;

import io.zabkeeper.consensus.DurableImage;
import io.zabkeeper.consensus.Effect;
import io.zabkeeper.consensus.Entry;
import io.zabkeeper.consensus.Event;
import io.zabkeeper.consensus.Message;
import io.zabkeeper.consensus.Proposal;
import io.zabkeeper.consensus.ProposalId;
import io.zabkeeper.consensus.SnapshotMeta;
import io.zabkeeper.consensus.TraceEvent;
import io.zabkeeper.consensus.WalRecord;
import io.zabkeeper.consensus.quorum.NodeId;
import java.util.List;

/** One predicate over a whole run. Told every fact as it happens; throws {@link PropertyViolation} when it fails. */
public interface Property {
    /** A process started on what its disk gave back. */
    default void booted(Replica replica, DurableImage image) {}

    default void crashed(Replica replica) {}

    /** The disk is about to be wiped or damaged; it still shows what it held. */
    default void losesDisk(Replica replica) {}

    /** The core took a step; its effects are not performed yet. */
    default void stepped(Replica replica, Event event, List<Effect> effects) {}

    /** About to be appended: {@code replica.lastWritten()} is still the position before. */
    default void appending(Replica replica, WalRecord record) {}

    /** Just became durable. */
    default void persisted(Replica replica, WalRecord record) {}

    /** Handed to the link, after whatever it waited for. */
    default void sent(Replica from, NodeId to, Message message) {}

    /** About to be delivered for the first time by anybody, and so about to become {@code decided().at(slot)}. */
    default void decided(Replica replica, long slot, Entry entry) {}

    /** Handed to the state machine, whose state has this digest afterwards. */
    default void delivered(Replica replica, long slot, Entry entry, long digest) {}

    /** The state machine now stands on a snapshot, at boot or because one was installed. */
    default void restored(Replica replica, SnapshotMeta meta) {}

    /** A state was cut for a checkpoint or a learner. */
    default void cut(Replica replica, SnapshotMeta meta) {}

    /** Part of a step, told right before {@link #stepped}. */
    default void traced(Replica replica, TraceEvent event) {}

    /** A client asked for it. */
    default void invoked(Proposal proposal) {}

    /** A core said that it surely was not ordered. */
    default void rejected(Replica replica, ProposalId id) {}

    /** The origin told its client that it is done. */
    default void acknowledged(Replica origin, long slot, Entry entry) {}

    default void readInvoked(Replica replica, long readId) {}

    /** Answered at {@code servedAt}; the core allowed it from {@code ready} on. */
    default void readServed(Replica replica, long readId, long ready, long servedAt) {}

    default void readFailed(Replica replica, long readId) {}

    /** The process stops itself. {@code diskFailed} tells whether the simulator had made its disk fail. */
    default void halted(Replica replica, String reason, boolean diskFailed) {}
}
