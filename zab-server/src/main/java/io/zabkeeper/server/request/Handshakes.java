package io.zabkeeper.server.request;

import io.zabkeeper.server.replica.Completion;
import io.zabkeeper.server.replica.Replica;
import io.zabkeeper.server.tree.Applied;
import io.zabkeeper.server.tree.Command;
import io.zabkeeper.server.tree.CommandCodec;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.Extensions;
import io.zabkeeper.wire.reply.ConnectReply;
import io.zabkeeper.wire.request.ConnectRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way from a connection to an open session (client protocol §1.4).
 *
 * <p>Opening and re-attaching are ordered requests: every member knows every session, its password and the member that has
 * it now, so a client may come back anywhere, and a write through a connection that was left behind is recognised when it
 * is applied. A wrong password therefore never harms the connection that has the session.
 *
 * <p>Local sessions are opened and attached by this member at once. One that was about to become global when the leader
 * was lost may be either: the ensemble is asked, and when it has not heard of it the session is a local one still.
 *
 * <p>Belongs to the replica loop.
 */
final class Handshakes {
    private static final Logger LOG = LoggerFactory.getLogger(Handshakes.class);

    private final Replica replica;
    private final ConnectedClients clients;
    private final Admission admission;
    private final HandshakeThrottle throttle;
    private final SessionIds ids;
    private final RequestCounters counters;
    private final boolean opensLocal;
    private final LocalSessions local;
    private final ReadOnlyHandshakes readOnly;

    Handshakes(
            Replica replica,
            ConnectedClients clients,
            Admission admission,
            HandshakeThrottle throttle,
            SessionIds ids,
            RequestCounters counters,
            boolean opensLocal,
            LocalSessions local,
            ReadOnlyHandshakes readOnly) {
        this.replica = replica;
        this.clients = clients;
        this.admission = admission;
        this.throttle = throttle;
        this.ids = ids;
        this.counters = counters;
        this.opensLocal = opensLocal;
        this.local = local;
        this.readOnly = readOnly;
    }

    /** From now on the sessions of read-only mode are made. */
    void readOnlyStarted() {
        readOnly.begin();
    }

    /** The first frame of a connection. */
    void connect(ClientSession session, ConnectRequest request) {
        boolean isReadOnly = replica.isReadOnly();
        if (isReadOnly ? !request.readOnly() : !replica.isServing()) {
            session.port().close();
            return;
        }
        if (!throttle.admits(kind(request))) {
            LOG.debug("too many handshakes client={}", session.port().peerName());
            counters.rejected();
            session.port().close();
            return;
        }
        long applied = replica.machine().lastZxid();
        if (request.lastZxidSeen() > applied) {
            LOG.info(
                    "client has seen more than this member client={} seen=0x{} applied=0x{}",
                    session.port().peerName(),
                    Long.toHexString(request.lastZxidSeen()),
                    Long.toHexString(applied));
            session.port().close();
            return;
        }
        session.connecting();
        session.agreed(Extensions.ofProtocolVersion(request.protocolVersion()));
        counters.handshake();
        int timeoutMs = admission.sessionTimeoutMs(request.timeoutMs());
        if (isReadOnly) {
            readOnly(session, request, timeoutMs);
        } else if (request.sessionId() != 0) {
            attach(session, request, timeoutMs);
        } else if (opensLocal) {
            openLocal(session, timeoutMs, request.readOnlyPresent());
        } else {
            open(session, timeoutMs, request.readOnlyPresent());
        }
    }

    private HandshakeThrottle.Kind kind(ConnectRequest request) {
        if (request.sessionId() != 0) {
            return HandshakeThrottle.Kind.RENEW;
        }
        return opensLocal ? HandshakeThrottle.Kind.OPEN_LOCAL : HandshakeThrottle.Kind.OPEN;
    }

    private void openLocal(ClientSession session, int timeoutMs, boolean readOnlyPresent) {
        long id = ids.next();
        Bytes password = ids.password();
        local.open(id, timeoutMs, password, session.router().nowNanos());
        accepted(session, reply(session, timeoutMs, id, password, readOnlyPresent), local);
    }

    private void readOnly(ClientSession session, ConnectRequest request, int timeoutMs) {
        if (replica.machine().sessions().get(request.sessionId()) != null) {
            LOG.info(
                    "a session of the ensemble waits for a quorum session=0x{}", Long.toHexString(request.sessionId()));
            session.port().close();
            return;
        }
        ConnectReply reply = readOnly.answer(
                request, session.extensions(), timeoutMs, session.router().nowNanos());
        if (reply == null) {
            session.port().close();
        } else if (reply.isExpired()) {
            expired(session, reply);
        } else {
            accepted(session, reply, readOnly.sessions());
        }
    }

    private void open(ClientSession session, int timeoutMs, boolean readOnlyPresent) {
        long id = ids.next();
        Bytes password = ids.password();
        byte[] command = CommandCodec.encode(new Command.OpenSession(id, timeoutMs, password));
        replica.order(command, new Connecting(session, id, timeoutMs, password, readOnlyPresent, true));
    }

    private void attach(ClientSession session, ConnectRequest request, int timeoutMs) {
        counters.reattached();
        long id = request.sessionId();
        if (local.contains(id) && !local.isUncertain(id)) {
            attachLocal(session, id, request.password(), timeoutMs, request.readOnlyPresent());
            return;
        }
        byte[] command =
                CommandCodec.encode(new Command.AttachSession(request.sessionId(), timeoutMs, request.password()));
        replica.order(
                command,
                new Connecting(
                        session, request.sessionId(), timeoutMs, request.password(), request.readOnlyPresent(), false));
    }

    private void attachLocal(ClientSession session, long id, Bytes password, int timeoutMs, boolean readOnlyPresent) {
        if (local.attach(id, timeoutMs, password, session.router().nowNanos())) {
            accepted(session, reply(session, timeoutMs, id, password, readOnlyPresent), local);
        } else {
            expired(session, ConnectReply.expired(readOnlyPresent));
        }
    }

    private static ConnectReply reply(
            ClientSession session, int timeoutMs, long id, Bytes password, boolean readOnlyPresent) {
        int protocolVersion = session.extensions().protocolVersion();
        return new ConnectReply(protocolVersion, timeoutMs, id, password, false, readOnlyPresent);
    }

    private void accepted(ClientSession session, ConnectReply reply, @Nullable LocalSessions home) {
        clients.established(reply.sessionId(), session);
        session.opened(
                reply.sessionId(), reply.timeoutMs(), home, session.router().nowNanos());
        session.port().connected(reply);
        session.port().resume();
    }

    private void expired(ClientSession session, ConnectReply reply) {
        session.port().connected(reply);
        session.ended();
        session.port().closeAfterFlush();
        counters.sent();
    }

    /** A session on its way: answered when the ensemble has agreed on it. */
    private final class Connecting implements Completion {
        private final ClientSession session;
        private final long id;
        private final int timeoutMs;
        private final Bytes password;
        private final boolean readOnlyPresent;
        private final boolean isNew;
        private final long arrivedNanos;

        Connecting(
                ClientSession session, long id, int timeoutMs, Bytes password, boolean readOnlyPresent, boolean isNew) {
            this.session = session;
            this.id = id;
            this.timeoutMs = timeoutMs;
            this.password = password;
            this.readOnlyPresent = readOnlyPresent;
            this.isNew = isNew;
            this.arrivedNanos = session.router().nowNanos();
        }

        @Override
        public void applied(long zxid, Applied outcome) {
            if (session.state() != ClientSession.State.CONNECTING) {
                return; // The client did not wait. Its session lives until its timeout.
            }
            if (outcome.error() == ErrorCode.OK) {
                local.close(id); // Where it was uncertain which of the two it is.
                accepted(session, reply(session, timeoutMs, id, password, readOnlyPresent), null);
                session.greeted(isNew, zxid, arrivedNanos);
            } else {
                attachLocal(session, id, password, timeoutMs, readOnlyPresent);
            }
        }

        @Override
        public void lost() {
            session.abandon();
        }
    }
}
