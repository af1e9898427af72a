package io.zabkeeper.server.peer;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.DefaultChannelId;
import io.netty.channel.embedded.EmbeddedChannel;
import io.zabkeeper.consensus.Message;
import io.zabkeeper.consensus.SnapshotMeta;
import io.zabkeeper.consensus.quorum.NodeId;
import io.zabkeeper.server.fuzz.CountingAllocator;
import io.zabkeeper.server.fuzz.Fragments;
import io.zabkeeper.server.loop.Transport;
import io.zabkeeper.server.loop.Turn;
import io.zabkeeper.server.replica.CheckpointWriter;
import io.zabkeeper.server.replica.SnapshotStage;
import io.zabkeeper.server.replica.SnapshotTransfers;
import io.zabkeeper.server.tree.Table;
import io.zabkeeper.server.tree.TreeRestorer;
import io.zabkeeper.server.tree.TreeSettings;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A member's links without sockets and threads: whatever happens, happens within the call that causes it. */
final class EmbeddedMesh implements PeerMesh.Inbound {
    static final String MEMBERS = "1=participant,2=participant,3=participant";
    static final String SETTINGS = "extendedTypesEnabled=true";

    private static final PeerMesh.Address NOWHERE = new PeerMesh.Address("127.0.0.1", 1);
    private static final Transport TRANSPORT = new Transport();

    private final CountingAllocator allocator = new CountingAllocator();
    private final EmbeddedChannel loop = new EmbeddedChannel();
    private final PeerMesh mesh;
    private final BulkStreams bulk;
    private int linksUp;
    private int generations;
    private int messages;
    private int stages;
    private int staged;

    EmbeddedMesh() {
        Turn turn = new Turn(loop.eventLoop(), thrown -> {
            throw new AssertionError("the loop would have ended", thrown);
        });
        Map<NodeId, PeerMesh.Address> members =
                Map.of(new NodeId(1), NOWHERE, new NodeId(2), NOWHERE, new NodeId(3), NOWHERE);
        mesh = new PeerMesh(
                loop.eventLoop(),
                TRANSPORT,
                turn,
                new Introduction(new NodeId(1), 1, 11, MEMBERS, SETTINGS, () -> 0),
                members,
                false,
                this);
        SnapshotTransfers[] transfers = new SnapshotTransfers[1];
        bulk = new BulkStreams(mesh, id -> transfers[0].begin(id));
        transfers[0] = new SnapshotTransfers(
                bulk,
                id -> {
                    stages++;
                    return new Stage();
                },
                () -> new TreeRestorer(TreeSettings.DEFAULT),
                Runnable::run,
                task -> loop.eventLoop().execute(() -> ignoringTheReplica(task)));
    }

    /** There is no replica that could be told. */
    private static void ignoringTheReplica(Runnable task) {
        try {
            task.run();
        } catch (IllegalStateException notServing) {
            if (!"not serving yet".equals(notServing.getMessage())) {
                throw notServing;
            }
        }
    }

    Link connect() {
        return new Link();
    }

    int linksUp() {
        return linksUp;
    }

    /** How often a link went up. */
    int generations() {
        return generations;
    }

    int messages() {
        return messages;
    }

    /** Snapshots that hold something on disk; one that is complete waits for the log's word. */
    int stages() {
        return stages;
    }

    /** Snapshots that came in whole. */
    int staged() {
        return staged;
    }

    int unreleasedBuffers() {
        return allocator.unreleased();
    }

    void close() {
        mesh.close();
        loop.finishAndReleaseAll();
    }

    @Override
    public void linkUp(NodeId peer, long generation) {
        linksUp++;
        generations++;
    }

    @Override
    public void linkDown(NodeId peer, long generation) {
        linksUp--;
    }

    @Override
    public void message(NodeId from, long generation, Message message) {
        messages++;
    }

    @Override
    public void bulk(NodeId from, Channel channel) {
        bulk.accept(from, channel);
    }

    private void settle() {
        loop.advanceTimeBy(2, TimeUnit.SECONDS);
        loop.runPendingTasks();
    }

    /** The other end of a connection that was accepted. */
    final class Link {
        private final EmbeddedChannel channel = new EmbeddedChannel(DefaultChannelId.newInstance(), false, false);

        private Link() {
            channel.config().setAllocator(allocator);
            new PeerLink(mesh, null, channel).install();
            try {
                channel.register();
            } catch (Exception impossible) {
                throw new AssertionError(impossible);
            }
        }

        void send(byte[] bytes) {
            send(bytes, 0, bytes.length);
        }

        void sendInPieces(byte[] bytes) {
            Fragments.of(bytes, (from, to) -> send(bytes, from, to));
        }

        private void send(byte[] bytes, int from, int to) {
            if (channel.isOpen()) {
                ByteBuf piece = allocator.buffer(to - from).writeBytes(bytes, from, to - from);
                channel.writeInbound(piece);
                channel.releaseOutbound();
                settle();
            }
        }

        boolean isOpen() {
            return channel.isOpen();
        }

        void close() {
            channel.finishAndReleaseAll();
            settle();
        }
    }

    private final class Stage implements SnapshotStage {
        @Override
        public void put(Table table, long key, ByteBuffer value) {
            // Kept nowhere.
        }

        @Override
        public void remove(Table table, long key) {
            throw new AssertionError("a snapshot removes nothing");
        }

        @Override
        public SnapshotMeta finish(SnapshotMeta meta) {
            staged++;
            return meta;
        }

        @Override
        public void install(CheckpointWriter.Outcome outcome) {
            throw new AssertionError("nobody asked for it");
        }

        @Override
        public void abort() {
            stages--;
        }
    }
}
