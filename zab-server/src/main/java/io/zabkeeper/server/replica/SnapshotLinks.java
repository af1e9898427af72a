package io.zabkeeper.server.replica;

import io.zabkeeper.consensus.SnapshotId;
import io.zabkeeper.consensus.SnapshotMeta;
import io.zabkeeper.consensus.quorum.NodeId;
import io.zabkeeper.server.tree.StateSink;
import io.zabkeeper.server.tree.Walk;
import java.util.function.Consumer;

/** Bulk connections to peers. */
public interface SnapshotLinks {
    /** Streams what the walk yields; {@code done} is told on the replica loop whether all of it went out. */
    void push(NodeId peer, SnapshotId id, Walk walk, Consumer<Boolean> done);

    /** Ends a transfer, in whichever direction it goes. */
    void abort(SnapshotId id);

    /** The receiving end of a transfer; called on the replica loop, batch by batch. */
    interface Incoming {
        /** Takes over a batch of records; {@code taken} runs, on any thread, when there is room for another one. */
        void batch(Consumer<StateSink> records, Runnable taken);

        void end(SnapshotMeta meta);

        void broken();
    }
}
