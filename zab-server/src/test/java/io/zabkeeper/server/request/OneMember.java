package io.zabkeeper.server.request;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.zabkeeper.consensus.AtomicBroadcast;
import io.zabkeeper.consensus.Effect;
import io.zabkeeper.consensus.Entry;
import io.zabkeeper.consensus.Event;
import io.zabkeeper.consensus.Message;
import io.zabkeeper.consensus.Payload;
import io.zabkeeper.consensus.Proposal;
import io.zabkeeper.consensus.ProposalId;
import io.zabkeeper.consensus.Role;
import io.zabkeeper.consensus.SnapshotId;
import io.zabkeeper.consensus.SnapshotMeta;
import io.zabkeeper.consensus.Status;
import io.zabkeeper.consensus.WalRecord;
import io.zabkeeper.consensus.driver.Log;
import io.zabkeeper.consensus.driver.PeerLinks;
import io.zabkeeper.consensus.driver.SnapshotDepot;
import io.zabkeeper.consensus.quorum.NodeId;
import io.zabkeeper.consensus.quorum.NodeSet;
import io.zabkeeper.server.auth.Authenticator;
import io.zabkeeper.server.config.ServerConfig;
import io.zabkeeper.server.loop.Turn;
import io.zabkeeper.server.metrics.Metrics;
import io.zabkeeper.server.replica.ReadOnlyMode;
import io.zabkeeper.server.replica.Replica;
import io.zabkeeper.server.replica.ReplicaMessage;
import io.zabkeeper.server.tree.Command;
import io.zabkeeper.server.tree.CommandCodec;
import io.zabkeeper.server.tree.TreeMachine;
import io.zabkeeper.server.tree.TreeSettings;
import io.zabkeeper.server.watch.WatchTable;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.codec.MalformedFrameException;
import io.zabkeeper.wire.codec.RequestCodec;
import io.zabkeeper.wire.request.ConnectRequest;
import io.zabkeeper.wire.request.Request;
import io.zabkeeper.wire.request.RequestHeader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The requests' side of one member around a core that decides nothing: a test says which role the member has, what is
 * committed and when a barrier is answered. One thread, no socket, no disk, and time that stands still until told.
 */
final class OneMember {
    static final NodeId SELF = new NodeId(1);
    static final NodeId OTHER = new NodeId(2);
    static final int TIMEOUT_MS = 10_000;
    static final int READ_ONLY_MS = 2_000;
    private static final long INCARNATION = 7;
    private static final long EPOCH = 1L << 32;
    private static final long START_MILLIS = 1_700_000_000_000L;

    /** What was proposed to the core and is not committed yet. */
    final ArrayDeque<Proposal> proposed = new ArrayDeque<>();
    /** The core's barriers that are not answered yet. */
    final ArrayDeque<Long> barriers = new ArrayDeque<>();
    /** What was sent to the other members. */
    final List<Message> sent = new ArrayList<>();

    final Replica replica;
    final ConnectedClients clients;
    final RequestCounters counters = new RequestCounters();

    private final EmbeddedChannel loop = new EmbeddedChannel();
    private final RequestRouter router;
    private long nanos = TimeUnit.HOURS.toNanos(1);
    private long zxid = EPOCH;
    private Role role = Role.LOOKING;
    private boolean serving;

    private final Metrics metrics = new Metrics();

    OneMember() {
        this(false, false);
    }

    OneMember(Authenticator authenticator) {
        this(authenticator, false, false);
    }

    /** A member that opens local sessions if asked to. Without a quorum it serves reads. */
    OneMember(boolean opensLocal, boolean upgradesLocal) {
        this(new Authenticator("SHA-1", true, null, List.of()), opensLocal, upgradesLocal);
    }

    private OneMember(Authenticator authenticator, boolean opensLocal, boolean upgradesLocal) {
        this(
                authenticator,
                ServerConfig.Limits.DEFAULT,
                ServerConfig.Throttling.DEFAULT,
                ServerConfig.Handshakes.DEFAULT,
                opensLocal,
                upgradesLocal);
    }

    /** A member whose handshakes meet chance only as far as the settings say. */
    OneMember(
            Authenticator authenticator,
            ServerConfig.Limits limits,
            ServerConfig.Throttling throttling,
            ServerConfig.Handshakes handshakes) {
        this(authenticator, limits, throttling, handshakes, false, false);
    }

    private OneMember(
            Authenticator authenticator,
            ServerConfig.Limits limits,
            ServerConfig.Throttling throttling,
            ServerConfig.Handshakes handshakes,
            boolean opensLocal,
            boolean upgradesLocal) {
        Turn turn = new Turn(loop.eventLoop(), thrown -> {
            throw new AssertionError("the loop fails", thrown);
        });
        counters.register(metrics);
        Admission admission = new Admission(1_000, 1_000, 4_000, 40_000);
        clients = new ConnectedClients(
                SELF,
                INCARNATION,
                admission,
                counters,
                new ConnectionLimits(limits.clientConnectionsPerHost(), limits.clientConnections()),
                new HandshakeThrottle(handshakes, () -> nanos, () -> 0.5),
                opensLocal,
                upgradesLocal,
                this::wallMillis);
        replica = new Replica(
                SELF,
                INCARNATION,
                new IdleCore(),
                TreeMachine.fresh(TreeSettings.DEFAULT),
                new WatchTable<>(),
                new NoLog(),
                new SentLinks(),
                new NoDepot(),
                clients,
                turn,
                this::wallMillis,
                () -> nanos,
                () -> true,
                ReadOnlyMode.on(READ_ONLY_MS),
                reason -> {
                    throw new AssertionError("the member halts: " + reason);
                });
        router = new RequestRouter(
                replica, admission, authenticator, AuditTrail.NONE, counters, limits, throttling, () -> nanos);
        clients.serve(replica, router);
    }

    /** What the count of this name in {@code mntr} stands at. */
    long count(String name) {
        return metrics.count(name).value();
    }

    /** A member that leads and serves. */
    static OneMember leading() {
        OneMember member = new OneMember();
        member.become(Role.LEADING, SELF, true);
        return member;
    }

    /** A member that follows {@link #OTHER} and serves. */
    static OneMember following() {
        OneMember member = new OneMember();
        member.become(Role.FOLLOWING, OTHER, true);
        return member;
    }

    void become(Role next, NodeId leader, boolean serves) {
        role = next;
        serving = serves;
        replica.roleChanged(new Effect.RoleChanged(next, 1, leader, serves));
        endTurn();
    }

    void look() {
        become(Role.LOOKING, NodeId.NONE, false);
    }

    /** Time passes, with the ticks that the member gets meanwhile. */
    void pass(long millis) {
        for (long left = millis; left > 0; left -= 10) {
            nanos += TimeUnit.MILLISECONDS.toNanos(Math.min(10, left));
            replica.tick();
            router.tick();
            clients.tick(nanos);
            endTurn();
        }
    }

    /** Time passes and the loop does not run. */
    void standStill(long millis) {
        nanos += TimeUnit.MILLISECONDS.toNanos(millis);
    }

    void endTurn() {
        loop.runPendingTasks();
    }

    private long wallMillis() {
        return START_MILLIS + TimeUnit.NANOSECONDS.toMillis(nanos);
    }

    // ---- the ensemble -----------------------------------------------------------------------------------------------

    /** The oldest proposal is committed and applied here. */
    void commit() {
        endTurn();
        Proposal next = proposed.poll();
        if (next == null) {
            throw new AssertionError("nothing is proposed");
        }
        commit(next.id(), next.payload().bytes());
    }

    void commitAll() {
        for (endTurn(); !proposed.isEmpty(); endTurn()) {
            commit();
        }
    }

    /** A command of another member is committed and applied here. */
    void commitFrom(NodeId origin, Command command) {
        commit(new ProposalId(origin, 1, zxid), CommandCodec.encode(command));
    }

    /** A command of this member whose answer nobody waits for any more. */
    void commitOurs(Command command) {
        commit(new ProposalId(SELF, INCARNATION, Long.MAX_VALUE), CommandCodec.encode(command));
    }

    private void commit(ProposalId id, byte[] command) {
        long previous = zxid++;
        replica.deliver(List.of(new Entry(zxid, previous, wallMillis(), id, new Payload(command))));
        endTurn();
    }

    /** The core has confirmed the oldest barrier, at what is committed now. */
    void confirm() {
        replica.readReady(barriers.remove(), zxid);
        endTurn();
    }

    long zxid() {
        return zxid;
    }

    /** The commands that wait to be committed. */
    List<Command> commands() {
        endTurn();
        return proposed.stream()
                .map(proposal -> decoded(proposal.payload().bytes()))
                .toList();
    }

    private static Command decoded(byte[] command) {
        try {
            return CommandCodec.decode(command);
        } catch (MalformedFrameException malformed) {
            throw new AssertionError("a command that nobody understands", malformed);
        }
    }

    // ---- clients ----------------------------------------------------------------------------------------------------

    /** A client that has a new session. */
    RecordedPort client() {
        RecordedPort port = ask(0, Bytes.EMPTY, false);
        commitAll();
        return port;
    }

    /** A client that has sent its handshake and no more. */
    RecordedPort ask(long session, Bytes password, boolean readOnly) {
        RecordedPort port = new RecordedPort(clients);
        clients.connect(port.session(), new ConnectRequest(0, 0, TIMEOUT_MS, session, password, readOnly, true));
        endTurn();
        return port;
    }

    /** A client that comes back to the session of another connection. */
    RecordedPort comeBack(RecordedPort before) {
        return ask(before.connection().sessionId(), before.connection().password(), false);
    }

    void send(RecordedPort client, int xid, Request request) {
        ByteBuf frame = Unpooled.buffer();
        RequestCodec.encode(new RequestHeader(xid, request.op().code()), request, frame);
        client.session().bytesArrived();
        router.route(client.session(), frame);
    }

    // ---- ports that do nothing --------------------------------------------------------------------------------------

    private final class IdleCore implements AtomicBroadcast {
        @Override
        public List<Effect> step(Event event) {
            if (event instanceof Event.Propose propose) {
                proposed.addAll(propose.proposals());
            } else if (event instanceof Event.ReadBarrier read) {
                barriers.add(read.readId());
            }
            return List.of();
        }

        @Override
        public Status status() {
            return new Status(role, "FAKE", 1, NodeId.NONE, serving, zxid, zxid, zxid, zxid, NodeSet.of(OTHER), true);
        }

        @Override
        public long committed() {
            return zxid;
        }

        @Override
        public long nextDeadlineNanos() {
            return Long.MAX_VALUE;
        }
    }

    /** Forwarded requests count as proposed: the leader orders them as they come. */
    private final class SentLinks implements PeerLinks {
        @Override
        public void send(NodeId to, Message message) {
            sent.add(message);
            if (message instanceof ReplicaMessage.Forward forward) {
                proposed.addAll(forward.proposals());
            }
        }

        @Override
        public void reset(NodeId peer, String reason) {
            throw new AssertionError("nobody asks for a new link to " + peer);
        }
    }

    private static final class NoLog implements Log {
        @Override
        public void append(long sequence, List<WalRecord> records, long committed) {
            throw new AssertionError("this core logs nothing");
        }

        @Override
        public void release(SnapshotMeta checkpoint) {
            throw new AssertionError("there are no checkpoints");
        }
    }

    private static final class NoDepot implements SnapshotDepot {
        @Override
        public void send(NodeId peer, SnapshotId id) {
            throw new AssertionError("there are no snapshots");
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
