package io.zabkeeper.consensus;

/**
 * What is known of a durable snapshot or checkpoint, the exact state at one position.
 *
 * @param zxid the last request that it contains
 * @param digest of the state, verified after every install
 * @param count of znodes, likewise
 */
public record SnapshotMeta(long zxid, long digest, long count) {
    /** The empty state before the first request. */
    public static final SnapshotMeta NONE = new SnapshotMeta(0, 0, 0);
}
