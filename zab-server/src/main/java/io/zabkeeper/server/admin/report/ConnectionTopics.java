package io.zabkeeper.server.admin.report;

import io.zabkeeper.server.metrics.MemberReport.Connection;
import io.zabkeeper.server.metrics.MemberReport.Conversation;
import io.zabkeeper.server.metrics.MemberReport.Deadline;
import io.zabkeeper.server.replica.Replica;
import io.zabkeeper.server.request.ClientSession;
import io.zabkeeper.server.request.ConnectedClients;
import io.zabkeeper.server.request.ConnectionStats;
import io.zabkeeper.server.session.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Connections and sessions, each in one go: a connection costs the loop less than a request of it does. */
final class ConnectionTopics {
    private ConnectionTopics() {}

    static List<Connection> connections(
            ConnectedClients clients, int handshakeMs, int limit, long nowNanos, long nowMillis) {
        List<Connection> list = new ArrayList<>();
        for (ClientSession session : clients.connections()) {
            if (list.size() == limit) {
                break;
            }
            long expiresMillis = nowMillis
                    + TimeUnit.NANOSECONDS.toMillis(
                            session.silenceDeadlineNanos(nowNanos, nowMillis, handshakeMs) - nowNanos);
            ConnectionStats stats = session.stats();
            list.add(new Connection(
                    session.port().peerName(),
                    session.port().interest(),
                    session.outstanding(),
                    stats.receivedCount(),
                    stats.sentCount(),
                    expiresMillis,
                    session.id() == 0 ? null : conversation(session, stats)));
        }
        return list;
    }

    private static Conversation conversation(ClientSession session, ConnectionStats stats) {
        return new Conversation(
                session.id(),
                stats.lastOperation(),
                session.openedMillis(),
                session.timeoutMs(),
                stats.lastXid(),
                stats.lastZxid(),
                stats.lastResponseMillis(),
                stats.lastLatencyMs(),
                stats.minLatencyMs(),
                stats.averageLatencyMs(),
                stats.maxLatencyMs());
    }

    /** Where the member leads in the order of the deadlines, elsewhere in no order and without one. */
    static List<Deadline> sessions(Replica replica, int limit, long nowMillis) {
        List<Deadline> list = new ArrayList<>();
        if (replica.isLeading()) {
            replica.forEachDeadline(limit, (id, inMillis) -> {
                Session session = replica.machine().sessions().get(id);
                list.add(new Deadline(id, session == null ? 0 : session.timeoutMs(), nowMillis + inMillis));
            });
        } else {
            for (Session session : replica.machine().sessions().snapshot()) {
                if (list.size() == limit) {
                    break;
                }
                list.add(new Deadline(session.id(), session.timeoutMs(), 0));
            }
        }
        return list;
    }
}
