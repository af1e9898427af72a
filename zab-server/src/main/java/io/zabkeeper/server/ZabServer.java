package io.zabkeeper.server;

import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.zabkeeper.consensus.DurableImage;
import io.zabkeeper.consensus.Event;
import io.zabkeeper.consensus.Message;
import io.zabkeeper.consensus.Zxid;
import io.zabkeeper.consensus.quorum.NodeId;
import io.zabkeeper.consensus.zab.ZabConfig;
import io.zabkeeper.consensus.zab.ZabCore;
import io.zabkeeper.server.admin.AuditLog;
import io.zabkeeper.server.auth.Authenticator;
import io.zabkeeper.server.config.Endpoint;
import io.zabkeeper.server.config.Member;
import io.zabkeeper.server.config.ServerConfig;
import io.zabkeeper.server.log.SegmentedLog;
import io.zabkeeper.server.loop.Transport;
import io.zabkeeper.server.loop.Turn;
import io.zabkeeper.server.net.ClientListener;
import io.zabkeeper.server.peer.BulkStreams;
import io.zabkeeper.server.peer.Introduction;
import io.zabkeeper.server.peer.PeerMesh;
import io.zabkeeper.server.replica.Checkpoints;
import io.zabkeeper.server.replica.ReadOnlyMode;
import io.zabkeeper.server.replica.Replica;
import io.zabkeeper.server.replica.SnapshotTransfers;
import io.zabkeeper.server.replica.ZnodeReaper;
import io.zabkeeper.server.request.Admission;
import io.zabkeeper.server.request.AuditTrail;
import io.zabkeeper.server.request.ConnectedClients;
import io.zabkeeper.server.request.ConnectionLimits;
import io.zabkeeper.server.request.HandshakeThrottle;
import io.zabkeeper.server.request.RequestCounters;
import io.zabkeeper.server.request.RequestRouter;
import io.zabkeeper.server.store.Checkpointer;
import io.zabkeeper.server.tree.TreeRestorer;
import io.zabkeeper.server.watch.WatchTable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts one member together, from the disk upwards, and takes it apart again. The only place that names every part.
 *
 * <p>The replica loop owns all state. Beside it there are the log thread, the checkpoint thread, one that takes in
 * snapshots, and one that looks up names; whichever of the first three dies takes the process with it.
 */
public final class ZabServer {
    private static final Logger LOG = LoggerFactory.getLogger(ZabServer.class);

    private static final int TICK_MS = 10;
    private static final int STOP_SECONDS = 5;
    private static final long HANGING_SYNC_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** Requests that one connection may have under way. */
    private static final int OUTSTANDING_PER_CLIENT = 1_000;

    private final EventLoopGroup loops;
    private final EventLoop loop;
    private final @Nullable EventLoopGroup sockets;
    private final ExecutorService snapshotWorker;
    private final Storage storage;
    private final SegmentedLog log;
    private final Checkpointer checkpointer;
    private final PeerMesh mesh;
    private final ClientListener listener;
    private final Replica replica;
    private final @Nullable AuditLog auditLog;
    private final ListeningPorts ports = new ListeningPorts(
            which -> FailStop.halt(FailStop.Cause.INVARIANT, "nobody listens on the " + which + " port any more"));
    private final Administration administration;

    private ZabServer(ServerConfig config, LongSupplier wallMillis, LongSupplier nanos) throws IOException {
        long began = nanos.getAsLong();
        NodeId self = config.ensemble().self();
        Transport transport = new Transport();
        loops = transport.group(1, task -> new Thread(task, "replica"));
        loop = loops.next();
        sockets = config.listeners().ioThreads() == 0
                ? null
                : transport.group(config.listeners().ioThreads(), task -> new Thread(task, "clients"));
        snapshotWorker = Executors.newSingleThreadExecutor(task -> new Thread(task, "snapshot"));

        storage = Storage.open(config, wallMillis);
        DurableImage image = storage.image();
        LogReports reports = new LogReports(loop);
        log = storage.openLog(reports);
        checkpointer = storage.checkpointer(nanos);
        checkpointer.start();

        Turn turn = new Turn(loop, thrown -> FailStop.halt(FailStop.Cause.INVARIANT, "the replica loop fails", thrown));
        RequestCounters counters = new RequestCounters();
        Admission admission = new Admission(
                config.outstandingRequestsPerMember(),
                OUTSTANDING_PER_CLIENT,
                config.timing().minSessionTimeoutMs(),
                config.timing().maxSessionTimeoutMs());
        ConnectedClients clients = new ConnectedClients(
                self,
                image.incarnation(),
                admission,
                counters,
                new ConnectionLimits(
                        config.limits().clientConnectionsPerHost(),
                        config.limits().clientConnections()),
                new HandshakeThrottle(config.handshakes(), nanos, new SecureRandom()::nextDouble),
                config.sessions().local(),
                config.sessions().localUpgrade(),
                wallMillis);

        Introduction introduction = new Introduction(
                self,
                image.incarnation(),
                storage.diskId(),
                memberList(config),
                config.agreed().text(),
                storage::clusterId);
        Arrivals arrivals = new Arrivals(turn);
        mesh = new PeerMesh(
                loop,
                transport,
                turn,
                introduction,
                addresses(config),
                config.listeners().peerKeepAlive(),
                arrivals);
        SnapshotTransfers[] depot = new SnapshotTransfers[1];
        BulkStreams bulk = new BulkStreams(mesh, id -> depot[0].begin(id));
        depot[0] = new SnapshotTransfers(
                bulk,
                storage.stages(checkpointer),
                () -> new TreeRestorer(storage.treeSettings()),
                snapshotWorker,
                loop);

        replica = new Replica(
                self,
                image.incarnation(),
                new ZabCore(self, zabConfig(config.timing()), new SecureRandom().nextLong()),
                storage.takeMachine(),
                new WatchTable<>(),
                log,
                mesh,
                depot[0],
                clients,
                turn,
                wallMillis,
                nanos,
                () -> !log.stats().isDiskFull(),
                config.sessions().readOnly() ? ReadOnlyMode.on(config.timing().tickMs()) : ReadOnlyMode.off(),
                reason -> FailStop.halt(FailStop.Cause.INVARIANT, reason));
        Checkpoints checkpoints =
                new Checkpoints(replica, storage.writer(checkpointer, log.stats()), loop, nanos.getAsLong());
        ZnodeReaper reaper = new ZnodeReaper(replica, config.containers(), wallMillis, nanos.getAsLong());
        depot[0].serve(replica, checkpoints);
        arrivals.serve(replica, bulk);
        reports.serve(replica, turn);
        auditLog = config.security().audit() ? new AuditLog() : null;
        AuditTrail trail = auditLog == null ? AuditTrail.NONE : auditLog;
        RequestRouter router = router(config, replica, admission, trail, counters, nanos);
        clients.serve(replica, router);
        administration = new Administration(
                config, transport, loop, turn, replica, clients, counters, storage, log.stats(), wallMillis, nanos);
        listener = new ClientListener(
                loop,
                sockets == null ? loops : sockets,
                transport,
                turn,
                clients,
                router,
                administration.words(),
                config.limits(),
                config.sessions().handshakeMs());

        try {
            open(config, image);
        } catch (IOException | RuntimeException failed) {
            stop(); // Another try, in this process too, finds the directory and the ports free.
            throw failed;
        }
        loop.scheduleAtFixedRate(
                () -> turn.guarded(() -> {
                    replica.tick();
                    checkpoints.tick(nanos.getAsLong());
                    reaper.tick(nanos.getAsLong());
                    clients.tick(nanos.getAsLong());
                    router.tick();
                    haltWhenDiskHangs(nanos.getAsLong());
                }),
                TICK_MS,
                TICK_MS,
                TimeUnit.MILLISECONDS);
        long tookMs = TimeUnit.NANOSECONDS.toMillis(nanos.getAsLong() - began);
        administration.started(tookMs);
        LOG.info(
                "member starts id={} members={} applied={} ms={}",
                self,
                memberList(config),
                Zxid.toString(replica.machine().lastZxid()),
                tookMs);
    }

    /**
     * Starts a member; it looks for its ensemble when this returns.
     *
     * @throws IOException when a port, the data directory or the identity cannot be used; the message says which and why.
     *     With a port that is in use nothing of the member is left behind
     */
    public static ZabServer start(ServerConfig config, LongSupplier wallMillis, LongSupplier nanos) throws IOException {
        if (config.ensemble().isObserver()) {
            throw new IOException("this member is listed as an observer, which this version does not support yet;"
                    + " list it as a participant");
        }
        return new ZabServer(config, wallMillis, nanos);
    }

    private void open(ServerConfig config, DurableImage image) throws IOException {
        Endpoint peer = config.listeners().peer();
        Endpoint client = config.listeners().client();
        await(loop.submit(() -> replica.boot(image)));
        if (peer != null) {
            await(mesh.start(peer.isAnyHost() ? null : peer.host(), peer.port()), "peer", peer);
        }
        administration.open();
        InetSocketAddress address = client.isAnyHost()
                ? new InetSocketAddress(client.port())
                : new InetSocketAddress(client.host(), client.port());
        await(
                listener.start(
                        address,
                        config.listeners().backlog(),
                        config.listeners().clientKeepAlive()),
                "client",
                client);
    }

    private void await(ChannelFuture bound, String which, Endpoint endpoint) throws IOException {
        if (!bound.awaitUninterruptibly().isSuccess()) {
            throw new IOException(which + " port " + endpoint.port() + " cannot be bound on " + endpoint.host() + ": "
                    + bound.cause().getMessage() + ". Is another process using it?");
        }
        ports.watch(which, bound.channel());
    }

    private static void await(io.netty.util.concurrent.Future<?> done) throws IOException {
        if (!done.awaitUninterruptibly().isSuccess()) {
            throw new IOException("the state cannot be restored: " + done.cause(), done.cause());
        }
    }

    /** Ends an orderly life: clients and peers see closed connections, what is written is durable. */
    public void stop() {
        LOG.info("member stops");
        ports.close();
        loop.submit(() -> {
                    listener.close();
                    replica.handle(new Event.StepDown("this member stops"));
                    mesh.close();
                })
                .awaitUninterruptibly(STOP_SECONDS, TimeUnit.SECONDS);
        try {
            log.close();
        } catch (IOException failure) {
            LOG.warn("the log cannot be closed cleanly cause=\"{}\"", failure.toString());
        }
        administration.close();
        if (auditLog != null) {
            auditLog.close();
        }
        checkpointer.close();
        snapshotWorker.shutdown();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(STOP_SECONDS, TimeUnit.SECONDS);
        if (sockets != null) {
            sockets.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
        storage.close();
    }

    /** A disk that does not answer has failed, whatever it may say later (storage.md, section 7). */
    private void haltWhenDiskHangs(long nowNanos) {
        long pending = log.stats().pendingSyncNanos(nowNanos);
        if (pending > HANGING_SYNC_NANOS) {
            FailStop.halt(
                    FailStop.Cause.DISK,
                    "the disk has not answered a sync for " + TimeUnit.NANOSECONDS.toMillis(pending) + " ms");
        }
    }

    private static RequestRouter router(
            ServerConfig config,
            Replica replica,
            Admission admission,
            AuditTrail trail,
            RequestCounters counters,
            LongSupplier nanos) {
        return new RequestRouter(
                replica,
                admission,
                authenticator(config),
                trail,
                counters,
                config.limits(),
                config.throttling(),
                nanos);
    }

    private static Authenticator authenticator(ServerConfig config) {
        ServerConfig.Security security = config.security();
        return new Authenticator(
                security.digestAlgorithm(),
                config.agreed().digestScheme(),
                security.superDigest(),
                security.enforcedSchemes());
    }

    private static String memberList(ServerConfig config) {
        StringBuilder list = new StringBuilder();
        for (Member member : config.ensemble().members()) {
            list.append(list.length() == 0 ? "" : ",")
                    .append(member.id())
                    .append(member.isObserver() ? "=observer" : "=participant");
        }
        return list.toString();
    }

    private static Map<NodeId, PeerMesh.Address> addresses(ServerConfig config) {
        Map<NodeId, PeerMesh.Address> addresses = new TreeMap<>();
        for (Member member : config.ensemble().members()) {
            addresses.put(
                    member.id(),
                    new PeerMesh.Address(member.peer().host(), member.peer().port()));
        }
        return addresses;
    }

    private static ZabConfig zabConfig(ServerConfig.Timing timing) {
        long tick = TimeUnit.MILLISECONDS.toNanos(timing.tickMs());
        long silence = TimeUnit.MILLISECONDS.toNanos(timing.leaderSilenceMs());
        return ZabConfig.DEFAULT
                .withPulse(TimeUnit.MILLISECONDS.toNanos(timing.heartbeatMs()), silence, silence)
                .withLimits(
                        timing.initLimit() * tick, timing.syncLimit() * tick, ZabConfig.DEFAULT.snapshotLimitNanos());
    }

    /** What peers bring, on its way to the replica. Anything that fails in there ends the process, not the link. */
    private static final class Arrivals implements PeerMesh.Inbound {
        private final Turn turn;
        private @Nullable Replica replica;
        private @Nullable BulkStreams bulk;

        Arrivals(Turn turn) {
            this.turn = turn;
        }

        void serve(Replica replica, BulkStreams bulk) {
            this.replica = replica;
            this.bulk = bulk;
        }

        @Override
        public void linkUp(NodeId peer, long generation) {
            handle(new Event.LinkChanged(peer, generation, true));
        }

        @Override
        public void linkDown(NodeId peer, long generation) {
            handle(new Event.LinkChanged(peer, generation, false));
        }

        private void handle(Event event) {
            Replica state = replica;
            if (state != null) {
                turn.guarded(() -> state.handle(event));
            }
        }

        @Override
        public void message(NodeId from, long generation, Message message) {
            Replica state = replica;
            if (state != null) {
                turn.guarded(() -> state.receive(from, generation, message));
            }
        }

        @Override
        public void bulk(NodeId from, io.netty.channel.Channel channel) {
            BulkStreams streams = bulk;
            if (streams != null) {
                streams.accept(from, channel);
            }
        }
    }
}
