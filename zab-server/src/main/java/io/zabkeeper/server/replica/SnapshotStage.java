package io.zabkeeper.server.replica;

import io.zabkeeper.consensus.SnapshotId;
import io.zabkeeper.consensus.SnapshotMeta;
import io.zabkeeper.server.tree.StateSink;

/** A place on the disk where a leader's snapshot is collected. Used by one thread, which may block. */
public interface SnapshotStage extends StateSink {
    /** Returns once everything is durable. */
    SnapshotMeta finish(SnapshotMeta meta);

    /**
     * The staged state becomes the checkpoint, after whatever is being written now; a crash at any point leaves the old one
     * or this one. Returns at once.
     */
    void install(CheckpointWriter.Outcome outcome);

    void abort();

    /** Opens stages. */
    interface Opener {
        SnapshotStage open(SnapshotId id);
    }
}
