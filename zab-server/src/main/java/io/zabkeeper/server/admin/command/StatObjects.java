package io.zabkeeper.server.admin.command;

import io.zabkeeper.server.metrics.MemberReport;
import io.zabkeeper.server.metrics.MemberReport.Connection;
import io.zabkeeper.server.metrics.MemberReport.Conversation;
import io.zabkeeper.server.metrics.MemberReport.Deadline;
import io.zabkeeper.server.metrics.MemberReport.Leadership;
import io.zabkeeper.server.metrics.MemberReport.Traffic;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The objects about requests, connections and sessions. */
final class StatObjects {
    private StatObjects() {}

    static void serverStats(Map<String, @Nullable Object> object, MemberReport report) {
        Traffic traffic = report.traffic();
        Map<String, Object> responses =
                sizes(traffic.lastResponseBytes(), traffic.minResponseBytes(), traffic.maxResponseBytes());
        Map<String, Object> stats = new LinkedHashMap<>();
        stats.put("packets_sent", traffic.sent());
        stats.put("packets_received", traffic.received());
        stats.put("fsync_threshold_exceed_count", report.directories().slowSyncs());
        stats.put("client_response_stats", responses);
        stats.put("uptime", report.standing().uptimeMs());
        stats.put("data_dir_size", report.directories().dataBytes());
        stats.put("log_dir_size", report.directories().logBytes());
        stats.put("provider_null", false);
        stats.put("last_processed_zxid", report.standing().zxid());
        stats.put("outstanding_requests", traffic.outstanding());
        stats.put("server_state", report.standing().mode().word());
        stats.put("avg_latency", traffic.averageLatencyMs());
        stats.put("max_latency", traffic.maxLatencyMs());
        stats.put("min_latency", traffic.minLatencyMs());
        stats.put("num_alive_client_connections", traffic.connections());
        stats.put("auth_failed_count", traffic.authFailures());
        stats.put("non_mtlsremote_conn_count", 0);
        stats.put("non_mtlslocal_conn_count", 0);
        object.put("version", report.version());
        object.put("read_only", report.standing().isReadOnly());
        object.put("server_stats", stats);
        object.put("client_response", responses);
        Leadership leadership = report.leadership();
        if (leadership != null) {
            object.put(
                    "proposal_stats",
                    sizes(
                            leadership.lastProposalBytes(),
                            leadership.minProposalBytes(),
                            leadership.maxProposalBytes()));
        }
        object.put("node_count", report.tree().nodeCount());
    }

    private static Map<String, Object> sizes(long last, long min, long max) {
        Map<String, Object> sizes = new LinkedHashMap<>();
        sizes.put("last_buffer_size", last);
        sizes.put("min_buffer_size", min);
        sizes.put("max_buffer_size", max);
        return sizes;
    }

    /** @param isFull whether what was said on a connection is told, too */
    static void connections(Map<String, @Nullable Object> object, MemberReport report, boolean isFull) {
        object.put(
                "connections",
                report.details().connections().stream()
                        .map(connection -> connection(connection, isFull))
                        .toList());
        object.put("secure_connections", List.of());
    }

    private static Map<String, @Nullable Object> connection(Connection connection, boolean isFull) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("remote_socket_address", connection.address());
        object.put("interest_ops", connection.interest());
        object.put("outstanding_requests", connection.queued());
        object.put("packets_received", connection.received());
        object.put("packets_sent", connection.sent());
        Conversation session = connection.session();
        if (isFull && session != null) {
            object.put("session_id", session.session());
            object.put("last_operation", session.lastOperation());
            object.put("established", session.establishedMillis());
            object.put("session_timeout", session.timeoutMs());
            object.put("last_cxid", session.lastXid());
            object.put("last_zxid", session.lastZxid());
            object.put("last_response_time", session.lastResponseMillis());
            object.put("last_latency", session.lastLatencyMs());
            object.put("min_latency", session.minLatencyMs());
            object.put("avg_latency", session.averageLatencyMs());
            object.put("max_latency", session.maxLatencyMs());
        }
        return object;
    }

    static void dump(Map<String, @Nullable Object> object, MemberReport report) {
        Map<Long, TreeSet<Long>> expiries = new TreeMap<>();
        for (Deadline deadline : report.details().deadlines()) {
            if (deadline.expiresMillis() != 0) {
                expiries.computeIfAbsent(deadline.expiresMillis(), unused -> new TreeSet<>())
                        .add(deadline.session());
            }
        }
        object.put("expiry_time_to_session_ids", expiries);
        Map<Long, List<String>> paths = new TreeMap<>();
        report.details().ephemerals().forEach(ephemerals -> paths.put(ephemerals.session(), ephemerals.paths()));
        object.put("session_id_to_ephemeral_paths", paths);
        if (report.details().isCut()) {
            object.put("truncated", true);
        }
    }
}
