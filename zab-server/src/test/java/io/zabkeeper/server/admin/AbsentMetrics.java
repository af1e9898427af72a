package io.zabkeeper.server.admin;

import java.util.List;
import java.util.regex.Pattern;

/** Names of the reference's {@code mntr} that have no counterpart here, as {@code docs/compatibility.md} says. */
final class AbsentMetrics {
    private static final List<String> NAMES = List.of(
            // Stages of a pipeline of threads and queues: there is one loop.
            "prep_.*|close_session_prep_time|outstanding_changes_.*",
            "sync_process.*",
            "(read|write)_commit.*|(read|write)_final_proc_time_ms|commit_process_time|commit_commit_proc.*",
            "(local|server)_write_committed_time_ms|write_batch_time_in_commit_processor",
            "time_waiting_empty_pool_in_commit_processor_read_ms|concurrent_request_processing_in_commit_processor",
            "reads_.*session_queue|requests_in_session_queue|session_queues_drained|pending_session_queue_size",
            "request_commit_queued|requests_not_forwarded_to_commit_processor",
            "learner_request_processor_queue_size|skip_learner_request_to_next_processor_count",
            "request_throttle_queue_time_ms|netty_queued_buffer_capacity|socket_closing_time",
            "add_dead_watcher_stall_time|dead_watchers_.*",
            // Proposals travel in batches over one connection; what is told of each member is quorum_ack_latency.
            "(\\d+_)?learner_handler_qp_(size|time_ms)|proposal_latency|proposal_ack_creation_latency|proposal_process_time",
            "commit_propagation_latency|learner_proposal_received_count|ack_latency|om_.*",
            "inflight_(snap|diff)_count|observer_sync_time|observer_master_id|revalidate_count",
            "quit_leading_due_to_disloyal_voter|cnxn_closed_without_zk_server_running",
            // Replies are not cached: they are made from the tree in memory.
            "response_packet_.*",
            // There is no snapshot or restore by command; the log is replayed while the checkpoint is loaded.
            "restore_.*|snapshot_rate_limited_count|startup_txns_load.*",
            // A look-up by name for each request would cost more than it tells.
            ".*_per_namespace",
            // One peer's digest is compared by eye, with hash.
            "digest_mismatches_count",
            "jvm_pause_time_ms|connection_token_deficit|connection_drop_probability");

    private static final Pattern ABSENT =
            Pattern.compile("zk_((avg|min|max|cnt|sum|p50|p95|p99|p999)_)?(" + String.join("|", NAMES) + ")");

    private AbsentMetrics() {}

    /** @param name with its prefix and, for a figure of a summary, the figure's */
    static boolean isAbsent(String name) {
        return ABSENT.matcher(name).matches();
    }
}
