package io.zabkeeper.consensus;

/** A record of the one write-ahead log. Its order is the order of promises. */
public sealed interface WalRecord {
    /** The next entry of the history. */
    record Append(Entry entry) implements WalRecord {}

    /** The history ends at {@code last} from here on; what followed is void. */
    record Truncate(long last) implements WalRecord {}

    /** The hard state from here on. */
    record State(HardState state) implements WalRecord {}

    /**
     * A durable snapshot stands for the history up to its position.
     *
     * @param replacesHistory true for a snapshot that came from a leader: every earlier entry is void, the history now
     *     starts behind the snapshot. False for a checkpoint of our own: entries stay valid.
     */
    record Snapshot(SnapshotMeta meta, boolean replacesHistory) implements WalRecord {}
}
