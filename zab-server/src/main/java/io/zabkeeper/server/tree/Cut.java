package io.zabkeeper.server.tree;

import io.zabkeeper.consensus.SnapshotMeta;

/**
 * What changed between two positions, exact at the later one. It refers to immutable states only, so that another thread
 * can write it while the tree goes on.
 */
public interface Cut {
    /** The state that is reached when this cut is written over the one before. */
    SnapshotMeta meta();

    /** How many records {@link #writeTo} hands over, give or take a few. */
    int size();

    /** Each key at most once. May be called again after a failure. */
    void writeTo(StateSink sink);
}
