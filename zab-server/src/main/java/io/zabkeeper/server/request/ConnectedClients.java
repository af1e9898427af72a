package io.zabkeeper.server.request;

import io.zabkeeper.consensus.quorum.NodeId;
import io.zabkeeper.server.replica.ClientService;
import io.zabkeeper.server.replica.Replica;
import io.zabkeeper.server.tree.Applied;
import io.zabkeeper.wire.request.ConnectRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every connection of this member, and which of them has which session. Belongs to the replica loop.
 */
public final class ConnectedClients implements ClientService {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectedClients.class);

    private final Admission admission;
    private final SessionIds ids;
    private final RequestCounters counters;
    private final LongSupplier wallMillis;
    private final ConnectionLimits limits;
    private final HandshakeThrottle throttle;
    private final IdleConnections idle = new IdleConnections();
    private final boolean opensLocal;
    private final LocalSessions local;
    private final LocalSessions readOnly = new LocalSessions(false);

    private final Set<ClientSession> connections = new LinkedHashSet<>();
    private final Map<Long, ClientSession> open = new HashMap<>();

    private @Nullable Replica replica;
    private @Nullable RequestRouter router;
    private @Nullable Handshakes handshakes;

    /**
     * Serves nobody before {@link #serve}.
     *
     * @param incarnation of this member; larger than that of every earlier life under the same id
     * @param opensLocal whether new sessions are known to this member alone
     * @param upgradesLocal whether such a one becomes global when it wants an ephemeral znode
     */
    public ConnectedClients(
            NodeId self,
            long incarnation,
            Admission admission,
            RequestCounters counters,
            ConnectionLimits limits,
            HandshakeThrottle throttle,
            boolean opensLocal,
            boolean upgradesLocal,
            LongSupplier wallMillis) {
        this.admission = admission;
        this.ids = new SessionIds(self, incarnation);
        this.counters = counters;
        this.limits = limits;
        this.throttle = throttle;
        this.opensLocal = opensLocal;
        this.local = new LocalSessions(upgradesLocal);
        this.wallMillis = wallMillis;
    }

    /** The other end of a circle that has to be closed somewhere: called once, before the first connection. */
    public void serve(Replica replica, RequestRouter router) {
        this.replica = replica;
        this.router = router;
        this.handshakes = new Handshakes(
                replica,
                this,
                admission,
                throttle,
                ids,
                counters,
                opensLocal,
                local,
                new ReadOnlyHandshakes(ids, readOnly));
    }

    // ---- connections ------------------------------------------------------------------------------------------------

    /** A connection was accepted. Null when there are too many already, in all or from its host. */
    public @Nullable ClientSession accept(ClientPort port) {
        RequestRouter way = router;
        if (way == null) {
            return null;
        }
        String broken = limits.take(port.peerAddress());
        if (broken != null) {
            LOG.warn("too many connections client={} {}", port.peerName(), broken);
            counters.rejected();
            return null;
        }
        ClientSession session = new ClientSession(port, way, counters, wallMillis.getAsLong());
        connections.add(session);
        return session;
    }

    /** A connection is gone. Its watches go with it, its session stays. */
    public void disconnected(ClientSession session) {
        if (!connections.remove(session)) {
            return;
        }
        limits.release(session.port().peerAddress());
        open.remove(session.id(), session);
        session.ended();
        session.router().gone(session);
        Replica state = replica;
        if (state != null) {
            state.watches().removeAll(session);
        }
    }

    /** Called every few milliseconds: ends connections and own sessions that have gone silent. */
    public void tick(long nowNanos) {
        idle.tick(nowNanos, connections);
        Replica state = replica;
        if (state != null && state.isServing()) {
            local.tick(nowNanos, connections);
        } else if (state != null && state.isReadOnly()) {
            readOnly.tick(nowNanos, connections);
        }
    }

    /** The first frame of a connection. */
    public void connect(ClientSession session, ConnectRequest request) {
        Handshakes way = handshakes;
        if (way == null) {
            session.port().close();
        } else {
            way.connect(session, request);
        }
    }

    /** A connection has its session now; one that had it before goes. */
    void established(long id, ClientSession session) {
        ClientSession before = open.put(id, session);
        if (before != null && before != session) {
            before.abandon();
            before.ended();
        }
    }

    // ---- what the replica tells -------------------------------------------------------------------------------------

    @Override
    public void started() {
        LOG.info("serving clients");
        RequestRouter way = router;
        if (way != null) {
            local.refresh(way.nowNanos());
        }
    }

    @Override
    public void readOnlyStarted() {
        LOG.info("serving reads without a quorum, to clients that ask for it");
        Handshakes way = handshakes;
        if (way != null) {
            way.readOnlyStarted();
        }
    }

    @Override
    public void stopped(String reason) {
        LOG.info("client service stops reason=\"{}\" connections={}", reason, connections.size());
        List<ClientSession> all = new ArrayList<>(connections);
        for (ClientSession session : all) {
            session.abandon();
            disconnected(session);
        }
        readOnly.clear();
    }

    @Override
    public void sessionClosed(long session) {
        ClientSession connection = open.remove(session);
        if (connection != null) {
            connection.endSession();
        }
    }

    @Override
    public void sessionExpired(long session, Applied outcome) {
        RequestRouter way = router;
        if (way != null && way.audit().isKept()) {
            way.audit().ended(session, outcome);
        }
    }

    @Override
    public void sessionMoved(long session) {
        // Its connection here learns it with its next write, as ZooKeeper's clients are used to; reads go on until
        // then.
        LOG.debug("session moved away session=0x{}", Long.toHexString(session));
    }

    @Override
    public void heard(HeardSession report) {
        for (ClientSession session : open.values()) {
            if (session.home() == null && session.takeHeard()) {
                report.heard(session.id(), session.timeoutMs(), session.heardNanos());
            }
        }
    }

    /** All connections, in the order in which they were accepted. */
    public Collection<ClientSession> connections() {
        return connections;
    }

    /** As {@code crst} does. */
    public void resetStatistics() {
        connections.forEach(session -> session.stats().reset());
    }

    /** The sessions that this member alone knows, in no order: local ones, and those of read-only mode. */
    public List<Long> localSessions() {
        List<Long> sessions = new ArrayList<>(local.ids());
        sessions.addAll(readOnly.ids());
        return sessions;
    }

    public int localSessionCount() {
        return local.size() + readOnly.size();
    }

    public int openSessions() {
        return open.size();
    }
}
