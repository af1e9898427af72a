package io.zabkeeper.server.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultChannelId;
import io.netty.channel.embedded.EmbeddedChannel;
import io.zabkeeper.consensus.Configuration;
import io.zabkeeper.consensus.DurableImage;
import io.zabkeeper.consensus.Event;
import io.zabkeeper.consensus.HardState;
import io.zabkeeper.consensus.Message;
import io.zabkeeper.consensus.SnapshotId;
import io.zabkeeper.consensus.SnapshotMeta;
import io.zabkeeper.consensus.Standing;
import io.zabkeeper.consensus.WalRecord;
import io.zabkeeper.consensus.driver.Log;
import io.zabkeeper.consensus.driver.PeerLinks;
import io.zabkeeper.consensus.driver.SnapshotDepot;
import io.zabkeeper.consensus.quorum.NodeId;
import io.zabkeeper.consensus.quorum.NodeSet;
import io.zabkeeper.consensus.zab.ZabConfig;
import io.zabkeeper.consensus.zab.ZabCore;
import io.zabkeeper.server.auth.Authenticator;
import io.zabkeeper.server.config.ServerConfig;
import io.zabkeeper.server.fuzz.CountingAllocator;
import io.zabkeeper.server.fuzz.Fragments;
import io.zabkeeper.server.loop.Turn;
import io.zabkeeper.server.replica.ReadOnlyMode;
import io.zabkeeper.server.replica.Replica;
import io.zabkeeper.server.request.Admission;
import io.zabkeeper.server.request.AuditTrail;
import io.zabkeeper.server.request.ConnectedClients;
import io.zabkeeper.server.request.ConnectionLimits;
import io.zabkeeper.server.request.HandshakeThrottle;
import io.zabkeeper.server.request.RequestCounters;
import io.zabkeeper.server.request.RequestRouter;
import io.zabkeeper.server.tree.TreeMachine;
import io.zabkeeper.server.tree.TreeSettings;
import io.zabkeeper.server.watch.WatchTable;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A standalone member from the client's bytes down to the tree, without sockets, threads and a disk: its log is durable at
 * the end of the turn, its time goes on when it is told to, and whatever happens, happens within the call that causes it.
 */
final class EmbeddedMember {
    private static final NodeId SELF = new NodeId(1);
    private static final long START_MILLIS = 1_700_000_000_000L;
    private static final int HANDSHAKE_MS = 5_000;
    private static final int MOST_TURNS = 10_000;

    private final CountingAllocator allocator;
    private final EmbeddedChannel loop = new EmbeddedChannel();
    private final Turn turn;
    private final Replica replica;
    private final ConnectedClients clients;
    private final RequestRouter router;
    private final AdminWords words;
    private long nanos = TimeUnit.SECONDS.toNanos(1);
    private int ports;
    private @Nullable Throwable failure;

    /** @param allocator of all connections */
    EmbeddedMember(CountingAllocator allocator, AdminWords words) {
        this.allocator = allocator;
        this.words = words;
        turn = new Turn(loop.eventLoop(), thrown -> failure = thrown);
        RequestCounters counters = new RequestCounters();
        Admission admission = new Admission(1_000, 100, 4_000, 40_000);
        clients = new ConnectedClients(
                SELF,
                1,
                admission,
                counters,
                new ConnectionLimits(0, 0),
                new HandshakeThrottle(ServerConfig.Handshakes.DEFAULT, () -> nanos, () -> 0.5),
                false,
                false,
                this::wallMillis);
        replica = new Replica(
                SELF,
                1,
                new ZabCore(SELF, ZabConfig.DEFAULT, 1),
                TreeMachine.fresh(TreeSettings.DEFAULT),
                new WatchTable<>(),
                new InstantLog(),
                new NoPeers(),
                new NoSnapshots(),
                clients,
                turn,
                this::wallMillis,
                () -> nanos,
                () -> true,
                ReadOnlyMode.off(),
                reason -> failure = new AssertionError("the member halts: " + reason));
        Authenticator authenticator = new Authenticator("SHA1", true, null, List.of());
        router = new RequestRouter(
                replica,
                admission,
                authenticator,
                AuditTrail.NONE,
                counters,
                ServerConfig.Limits.DEFAULT,
                ServerConfig.Throttling.DEFAULT,
                () -> nanos);
        clients.serve(replica, router);
        boot();
    }

    private void boot() {
        Configuration alone = new Configuration(0, NodeSet.of(SELF), NodeSet.EMPTY);
        replica.boot(new DurableImage(HardState.INITIAL, SnapshotMeta.NONE, List.of(), 0, 1, Standing.BLANK, alone));
        for (int i = 0; i < 1_000 && !replica.isServing(); i++) {
            pass(10);
        }
        if (!replica.isServing()) {
            throw new AssertionError("not serving: " + replica.status());
        }
    }

    private long wallMillis() {
        return START_MILLIS + TimeUnit.NANOSECONDS.toMillis(nanos);
    }

    /** Lets time go by. */
    void pass(int millis) {
        nanos += TimeUnit.MILLISECONDS.toNanos(millis);
        loop.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        loop.eventLoop().execute(() -> turn.guarded(replica::tick));
        settle();
    }

    private void settle() {
        for (int turns = 0; loop.hasPendingTasks(); turns++) {
            if (turns == MOST_TURNS) {
                throw new AssertionError("the loop does not come to rest");
            }
            loop.runPendingTasks();
        }
        if (failure != null) {
            throw new AssertionError("the process would have ended", failure);
        }
    }

    TreeMachine machine() {
        return replica.machine();
    }

    ConnectedClients clients() {
        return clients;
    }

    Replica replica() {
        return replica;
    }

    int unreleasedBuffers() {
        return allocator.unreleased();
    }

    Client connect() {
        return new Client();
    }

    /** One connection as a client sees it. */
    final class Client {
        private final int port = 1024 + (ports++ & 0x7fff);
        private final EmbeddedChannel channel = new EmbeddedChannel(DefaultChannelId.newInstance(), false, false) {
            @Override
            protected SocketAddress remoteAddress0() {
                return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            }
        };

        /** Everything that was answered and not looked at yet. */
        private final ByteBuf answers = Unpooled.buffer();

        private Client() {
            channel.config().setAllocator(allocator);
            channel.pipeline()
                    .addLast(new ClientChannel(
                            loop.eventLoop(),
                            turn,
                            clients,
                            router,
                            words,
                            ServerConfig.Limits.DEFAULT,
                            HANDSHAKE_MS,
                            channel));
            try {
                channel.register();
            } catch (Exception impossible) {
                throw new AssertionError(impossible);
            }
            settle();
        }

        /** What a socket that is not read does not take is not sent. */
        void sendInPieces(byte[] stream) {
            Fragments.of(stream, (from, to) -> send(stream, from, to));
        }

        void send(byte[] bytes) {
            send(bytes, 0, bytes.length);
        }

        private void send(byte[] bytes, int from, int to) {
            if (channel.isOpen() && channel.config().isAutoRead()) {
                channel.writeInbound(allocator.buffer(to - from).writeBytes(bytes, from, to - from));
                settle();
            }
            collect();
        }

        private void collect() {
            for (ByteBuf piece = channel.readOutbound(); piece != null; piece = channel.readOutbound()) {
                answers.writeBytes(piece);
                piece.release();
            }
        }

        boolean isOpen() {
            return channel.isOpen();
        }

        /** All that was answered since the last call. */
        byte[] answers() {
            collect();
            byte[] bytes = ByteBufUtil.getBytes(answers);
            answers.clear();
            return bytes;
        }

        void close() {
            channel.close();
            settle();
            collect();
            channel.finishAndReleaseAll();
            settle();
        }
    }

    private final class InstantLog implements Log {
        @Override
        public void append(long sequence, List<WalRecord> records, long committed) {
            loop.eventLoop().execute(() -> turn.guarded(() -> replica.handle(new Event.Persisted(sequence))));
        }

        @Override
        public void release(SnapshotMeta checkpoint) {
            throw new AssertionError("there are no checkpoints");
        }
    }

    private static final class NoPeers implements PeerLinks {
        @Override
        public void send(NodeId to, Message message) {
            throw new AssertionError("there is no " + to);
        }

        @Override
        public void reset(NodeId peer, String reason) {
            throw new AssertionError("there is no " + peer);
        }
    }

    private static final class NoSnapshots implements SnapshotDepot {
        @Override
        public void send(NodeId peer, SnapshotId id) {
            throw new AssertionError("there is no " + peer);
        }

        @Override
        public void abort(SnapshotId id) {
            throw new AssertionError("there are no snapshots");
        }

        @Override
        public void install(SnapshotId id, SnapshotMeta meta) {
            throw new AssertionError("there are no snapshots");
        }
    }
}
