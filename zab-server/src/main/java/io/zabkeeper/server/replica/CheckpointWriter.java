package io.zabkeeper.server.replica;

import io.zabkeeper.consensus.SnapshotMeta;
import io.zabkeeper.server.tree.Cut;

/** Writes cuts of the state to the disk, on a thread of its own. */
public interface CheckpointWriter {
    /** Whether another cut would be taken now. */
    boolean isIdle();

    /** Whether so many changed records, and so much time since the last cut, call for one. */
    boolean isDue(int dirtyRecords, long nanosSinceLast);

    /** Writes a cut in the background and tells the outcome on the writer's thread. */
    void submit(Cut cut, Outcome outcome);

    /** What became of a cut. */
    interface Outcome {
        void durable(SnapshotMeta meta);

        /** The checkpoint before stays; the log is kept. */
        void failed(Throwable cause);
    }
}
