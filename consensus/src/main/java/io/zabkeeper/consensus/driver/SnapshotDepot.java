package io.zabkeeper.consensus.driver;

import io.zabkeeper.consensus.SnapshotId;
import io.zabkeeper.consensus.SnapshotMeta;
import io.zabkeeper.consensus.quorum.NodeId;

/** Bulk transfer of state; it never passes through the core. Every call returns at once and is answered by an event. */
public interface SnapshotDepot {
    /** Streams the state as it is at this very moment, which is {@code id.zxid()}. */
    void send(NodeId peer, SnapshotId id);

    void abort(SnapshotId id);

    /** Switches the state machine to a snapshot that is durable in staging. */
    void install(SnapshotId id, SnapshotMeta meta);
}
