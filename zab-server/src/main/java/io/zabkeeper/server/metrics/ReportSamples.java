package io.zabkeeper.server.metrics;

import java.util.ArrayList;
import java.util.List;

/** The figures of a report by their names in {@code mntr}, in ZooKeeper's order, and behind them those of the registry. */
public final class ReportSamples {
    /**
     * Counters of things that cannot happen here, because there is neither TLS nor SASL, and because a member halts where
     * others go on with an error: nothing is left out by saying that they never did.
     */
    private static final List<String> NEVER = List.of(
            "ensemble_auth_fail",
            "ensemble_auth_skip",
            "ensemble_auth_success",
            "insecure_admin_count",
            "tls_handshake_exceeded",
            "unrecoverable_error_count",
            "unsuccessful_handshake");

    private final List<Sample> samples = new ArrayList<>();

    private ReportSamples() {}

    public static List<Sample> of(MemberReport report) {
        ReportSamples list = new ReportSamples();
        list.addMember(report);
        MemberReport.Leadership leadership = report.leadership();
        if (leadership != null) {
            list.addLeadership(leadership);
        }
        NEVER.forEach(name -> list.samples.add(Sample.counter(name, 0)));
        list.samples.addAll(report.details().samples());
        return list.samples;
    }

    private void addMember(MemberReport report) {
        MemberReport.Traffic traffic = report.traffic();
        MemberReport.Tree tree = report.tree();
        gauge("avg_latency", traffic.averageLatencyMs());
        gauge("max_latency", traffic.maxLatencyMs());
        gauge("min_latency", traffic.minLatencyMs());
        gauge("packets_received", traffic.received());
        gauge("packets_sent", traffic.sent());
        gauge("num_alive_connections", traffic.connections());
        gauge("outstanding_requests", traffic.outstanding());
        gauge("uptime", report.standing().uptimeMs());
        gauge("znode_count", tree.nodeCount());
        gauge("watch_count", tree.watchCount());
        gauge("ephemerals_count", tree.ephemeralCount());
        gauge("approximate_data_size", tree.dataBytes());
        gauge("global_sessions", tree.sessionCount());
        gauge("local_sessions", tree.localSessionCount());
        gauge("auth_failed_count", traffic.authFailures());
        gauge("last_client_response_size", traffic.lastResponseBytes());
        gauge("min_client_response_size", traffic.minResponseBytes());
        gauge("max_client_response_size", traffic.maxResponseBytes());
        gauge("outstanding_tls_handshake", 0);
        gauge("non_mtls_remote_conn_count", 0);
        gauge("non_mtls_local_conn_count", 0);
        if (report.standing().quorumSize() > 0) {
            gauge("quorum_size", report.standing().quorumSize());
        }
    }

    private void addLeadership(MemberReport.Leadership leadership) {
        gauge("learners", leadership.learners());
        gauge("synced_followers", leadership.syncedFollowers());
        gauge("synced_non_voting_followers", 0);
        gauge("synced_observers", leadership.syncedObservers());
        gauge("pending_syncs", leadership.pendingSyncs());
        gauge("leader_uptime", leadership.uptimeMs());
        gauge("last_proposal_size", leadership.lastProposalBytes());
        gauge("max_proposal_size", leadership.maxProposalBytes());
        gauge("min_proposal_size", leadership.minProposalBytes());
    }

    private void gauge(String name, Number value) {
        samples.add(Sample.gauge(name, value));
    }
}
