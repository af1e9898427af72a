package io.zabkeeper.server.replica;

import io.zabkeeper.consensus.Role;
import io.zabkeeper.consensus.TraceEvent;
import io.zabkeeper.server.metrics.Count;
import io.zabkeeper.server.metrics.Metrics;
import io.zabkeeper.server.metrics.Summary;
import io.zabkeeper.wire.EventType;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What a replica counts about itself, under ZooKeeper's names. Belongs to the replica loop; a request costs a few additions
 * here, and no look at the clock of its own.
 */
public final class ReplicaFigures {
    private final Count proposals = new Count();
    private final Count commits = new Count();
    private final Count learnerCommits = new Count();
    private final Count snapshots = new Count();
    private final Count diffs = new Count();
    private final Count elections = new Count();
    private final Count expired = new Count();
    private final Summary propagationLatency = new Summary(Summary.Detail.ADVANCED);
    private final Summary quorumAckLatency = new Summary(Summary.Detail.ADVANCED);
    private final Summary electionTime = new Summary(Summary.Detail.BASIC);
    private final Summary unavailableTime = new Summary(Summary.Detail.BASIC);
    private final Summary leaderUnavailableTime = new Summary(Summary.Detail.BASIC);
    private final Summary followerSyncTime = new Summary(Summary.Detail.BASIC);
    private final Summary createdWatches = new Summary(Summary.Detail.BASIC);
    private final Summary deletedWatches = new Summary(Summary.Detail.BASIC);
    private final Summary changedWatches = new Summary(Summary.Detail.BASIC);
    private final Summary childrenWatches = new Summary(Summary.Detail.BASIC);

    private final ProposalTimes unacknowledged = new ProposalTimes();

    private long lastProposal = -1;
    private long leastProposal = -1;
    private long mostProposal = -1;
    private long proposingNanos;
    private long lookingNanos;
    private long unavailableNanos;
    private long leadingNanos;
    private long followingNanos;
    private boolean isServing;

    ReplicaFigures(long nowNanos) {
        unavailableNanos = nowNanos;
        lookingNanos = nowNanos;
    }

    public void register(Metrics metrics) {
        metrics.add("proposal_count", proposals);
        metrics.add("commit_count", commits);
        metrics.add("learner_commit_received_count", learnerCommits);
        metrics.add("snap_count", snapshots);
        metrics.add("diff_count", diffs);
        metrics.add("looking_count", elections);
        metrics.add("stale_sessions_expired", expired);
        metrics.add("propagation_latency", propagationLatency);
        metrics.add("quorum_ack_latency", quorumAckLatency);
        metrics.add("election_time", electionTime);
        metrics.add("unavailable_time", unavailableTime);
        metrics.add("leader_unavailable_time", leaderUnavailableTime);
        metrics.add("follower_sync_time", followerSyncTime);
        metrics.add("node_created_watch_count", createdWatches);
        metrics.add("node_deleted_watch_count", deletedWatches);
        metrics.add("node_changed_watch_count", changedWatches);
        metrics.add("node_children_watch_count", childrenWatches);
    }

    /** A batch is about to be proposed. */
    void proposing(long nowNanos) {
        proposingNanos = nowNanos;
    }

    /** The core says what it does. */
    void traced(TraceEvent event, LongSupplier nanos) {
        if (event instanceof TraceEvent.Broadcast broadcast) {
            proposed(broadcast.entry().zxid(), broadcast.entry().payload().size());
        } else if (event instanceof TraceEvent.Committed committed) {
            long now = nanos.getAsLong();
            for (long began = unacknowledged.take(committed.zxid());
                    began != ProposalTimes.NONE;
                    began = unacknowledged.take(committed.zxid())) {
                quorumAckLatency.record(millis(now - began));
            }
        } else if (event instanceof TraceEvent.Syncing syncing) {
            if (syncing.mode().equals("SNAP")) {
                snapshots.increment();
            } else if (syncing.mode().equals("DIFF")) {
                diffs.increment();
            }
        } else if (event instanceof TraceEvent.Looking) {
            elections.increment();
            lookingNanos = nanos.getAsLong();
        } else if (event instanceof TraceEvent.Chose) {
            electionTime.record(millis(nanos.getAsLong() - lookingNanos));
        }
    }

    private void proposed(long zxid, int bytes) {
        proposals.increment();
        lastProposal = bytes;
        leastProposal = leastProposal < 0 ? bytes : Math.min(leastProposal, bytes);
        mostProposal = Math.max(mostProposal, bytes);
        unacknowledged.add(zxid, proposingNanos);
    }

    /** An entry has been applied. What is applied before this member serves is history, and says nothing about today. */
    void applied(Role role, long stampMillis, long nowMillis) {
        if (!isServing) {
            return;
        }
        (role == Role.LEADING ? commits : learnerCommits).increment();
        if (nowMillis >= stampMillis) { // Otherwise a clock is ahead.
            propagationLatency.record(nowMillis - stampMillis);
        }
    }

    void triggered(EventType type, int watchers) {
        if (watchers == 0) {
            return;
        }
        switch (type) {
            case NODE_CREATED -> createdWatches.record(watchers);
            case NODE_DELETED -> deletedWatches.record(watchers);
            case NODE_DATA_CHANGED -> changedWatches.record(watchers);
            case NODE_CHILDREN_CHANGED -> childrenWatches.record(watchers);
            default -> {
                // No change of a znode.
            }
        }
    }

    void expired() {
        expired.increment();
    }

    void roleChanged(Role role, boolean serving, long nowNanos) {
        if (isServing && !serving) {
            unavailableNanos = nowNanos;
        }
        if (role == Role.FOLLOWING && !serving) {
            followingNanos = nowNanos;
        }
        if (!isServing && serving) {
            long ms = millis(nowNanos - unavailableNanos);
            unavailableTime.record(ms);
            if (role == Role.LEADING) {
                leaderUnavailableTime.record(ms);
                leadingNanos = nowNanos;
                reset();
            } else if (role == Role.FOLLOWING) {
                followerSyncTime.record(millis(nowNanos - followingNanos));
            }
        }
        if (role != Role.LEADING) {
            unacknowledged.clear();
        }
        isServing = serving;
    }

    /** Forgets the sizes of proposals, as {@code srst} does; what is registered is reset with the registry. */
    public void reset() {
        lastProposal = -1;
        leastProposal = -1;
        mostProposal = -1;
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }

    /** Bytes of the last proposal of this leadership, or since a reset; -1 before the first one. */
    public long lastProposalBytes() {
        return lastProposal;
    }

    public long leastProposalBytes() {
        return leastProposal;
    }

    public long mostProposalBytes() {
        return mostProposal;
    }

    /** How long this member leads; means nothing when it does not. */
    public long leaderUptimeMs(long nowNanos) {
        return millis(nowNanos - leadingNanos);
    }
}
