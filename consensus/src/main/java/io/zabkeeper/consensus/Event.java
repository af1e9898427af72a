package io.zabkeeper.consensus;

import io.zabkeeper.consensus.quorum.NodeId;
import java.util.List;

/** Everything that a core ever learns. Time comes in only as {@link Tick}. */
public sealed interface Event {
    /** Always the first event, once. */
    record Boot(DurableImage image) implements Event {}

    /** The member's monotonic time. Ticks may be late, by any amount. */
    record Tick(long nowNanos) implements Event {}

    /** A message of a peer, from the link of that generation. */
    record Receive(NodeId from, long linkGeneration, Message message) implements Event {}

    /** A hint about a link, never used for safety. A generation comes up once and goes down once; they only grow. */
    record LinkChanged(NodeId peer, long linkGeneration, boolean up) implements Event {}

    /** Requests of local clients, or forwarded ones, in the order in which they are to be ordered. */
    record Propose(List<Proposal> proposals) implements Event {}

    /** A linearizable read or a {@code sync} (L-2). Answered by {@link Effect.ReadReady} or {@link Effect.ReadFailed}. */
    record ReadBarrier(long readId) implements Event {}

    /** Every record up to this sequence is durable. Cumulative, monotone (D3). */
    record Persisted(long walSequence) implements Event {}

    /** A write or fsync failed. Answered by {@link Effect.Halt}. */
    record PersistFailed(String cause) implements Event {}

    /** A checkpoint of our own is durable; history up to it need not be retained. */
    record SnapshotTaken(SnapshotMeta meta) implements Event {}

    /** A transfer to a learner ended, well or not. Must be reported; the core also times out. */
    record SnapshotSent(NodeId peer, SnapshotId id, boolean complete) implements Event {}

    /** A snapshot of a leader is durable in staging. */
    record SnapshotStaged(SnapshotId id, SnapshotMeta meta) implements Event {}

    /** The state machine now stands at the snapshot that {@link Effect.InstallSnapshot} named. */
    record SnapshotInstalled(SnapshotId id, SnapshotMeta meta) implements Event {}

    /** The operator wants this leader to give up its office. */
    record StepDown(String reason) implements Event {}
}
