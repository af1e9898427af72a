package io.zabkeeper.server.admin;

import io.zabkeeper.server.metrics.MemberReport;
import java.util.LinkedHashMap;
import java.util.Map;

/** The answer to {@code mntr}: one {@code zk_name TAB value} on each line, the version and the state first. */
final class MonitorText {
    private MonitorText() {}

    static String of(MemberReport report) {
        Map<String, Object> lines = new LinkedHashMap<>();
        lines.put("version", report.version());
        lines.put("server_state", report.mode().word());
        putMember(lines, report);
        MemberReport.Leadership leadership = report.leadership();
        if (leadership != null) {
            putLeadership(lines, leadership);
        }
        report.values().forEach(lines::putIfAbsent);
        StringBuilder text = new StringBuilder();
        lines.forEach((name, value) ->
                text.append("zk_").append(name).append('\t').append(value).append('\n'));
        return text.toString();
    }

    private static void putMember(Map<String, Object> lines, MemberReport report) {
        if (!report.peerState().isEmpty()) {
            lines.put("peer_state", report.peerState());
        }
        MemberReport.Traffic traffic = report.traffic();
        lines.put("avg_latency", traffic.averageLatencyMs());
        lines.put("max_latency", traffic.maxLatencyMs());
        lines.put("min_latency", traffic.minLatencyMs());
        lines.put("packets_received", traffic.received());
        lines.put("packets_sent", traffic.sent());
        lines.put("num_alive_connections", traffic.connections());
        lines.put("outstanding_requests", traffic.outstanding());
        lines.put("uptime", report.uptimeMs());
        lines.put("znode_count", report.tree().nodeCount());
        lines.put("watch_count", report.tree().watchCount());
        lines.put("ephemerals_count", report.tree().ephemeralCount());
        lines.put("approximate_data_size", report.tree().dataBytes());
        lines.put("global_sessions", report.tree().sessionCount());
        lines.put("local_sessions", 0);
        if (report.quorumSize() > 0) {
            lines.put("quorum_size", report.quorumSize());
        }
    }

    private static void putLeadership(Map<String, Object> lines, MemberReport.Leadership leadership) {
        lines.put("learners", leadership.learners());
        lines.put("synced_followers", leadership.syncedFollowers());
        lines.put("synced_non_voting_followers", 0);
        lines.put("synced_observers", leadership.syncedObservers());
        lines.put("pending_syncs", leadership.pendingSyncs());
        lines.put("leader_uptime", leadership.uptimeMs());
        lines.put("last_proposal_size", leadership.lastProposalBytes());
        lines.put("max_proposal_size", leadership.maxProposalBytes());
        lines.put("min_proposal_size", leadership.minProposalBytes());
    }
}
