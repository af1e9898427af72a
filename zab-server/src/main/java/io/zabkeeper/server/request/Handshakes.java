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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way from a connection to an open session (client protocol §1.4).
 *
 * <p>Opening and re-attaching are ordered requests: every member knows every session, its password and the member that has
 * it now, so a client may come back anywhere, and a write through a connection that was left behind is recognised when it
 * is applied. A wrong password therefore never harms the connection that has the session.
 *
 * <p>Belongs to the replica loop.
 */
final class Handshakes {
    private static final Logger LOG = LoggerFactory.getLogger(Handshakes.class);

    private final Replica replica;
    private final ConnectedClients clients;
    private final Admission admission;
    private final SessionIds ids;
    private final RequestCounters counters;

    Handshakes(
            Replica replica, ConnectedClients clients, Admission admission, SessionIds ids, RequestCounters counters) {
        this.replica = replica;
        this.clients = clients;
        this.admission = admission;
        this.ids = ids;
        this.counters = counters;
    }

    /** The first frame of a connection. */
    void connect(ClientSession session, ConnectRequest request) {
        if (!replica.isServing()) {
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
        if (request.sessionId() == 0) {
            open(session, timeoutMs, request.readOnlyPresent());
        } else {
            attach(session, request, timeoutMs);
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
        byte[] command =
                CommandCodec.encode(new Command.AttachSession(request.sessionId(), timeoutMs, request.password()));
        replica.order(
                command,
                new Connecting(
                        session, request.sessionId(), timeoutMs, request.password(), request.readOnlyPresent(), false));
    }

    private void accepted(ClientSession session, long id, int timeoutMs, Bytes password, boolean readOnlyPresent) {
        clients.established(id, session);
        session.opened(id, timeoutMs, session.router().nowNanos());
        session.port()
                .connected(new ConnectReply(
                        session.extensions().protocolVersion(), timeoutMs, id, password, false, readOnlyPresent));
        session.port().resume();
    }

    private void expired(ClientSession session, boolean readOnlyPresent) {
        session.port().connected(ConnectReply.expired(readOnlyPresent));
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
                accepted(session, id, timeoutMs, password, readOnlyPresent);
                session.greeted(isNew, zxid, arrivedNanos);
            } else {
                expired(session, readOnlyPresent);
            }
        }

        @Override
        public void lost() {
            session.abandon();
        }
    }
}
