package io.zabkeeper.consensus.zab;

import io.zabkeeper.consensus.Invariant;
import io.zabkeeper.consensus.Role;
import io.zabkeeper.consensus.SnapshotId;
import io.zabkeeper.consensus.SnapshotMeta;
import io.zabkeeper.consensus.TraceEvent;
import io.zabkeeper.consensus.WalRecord;
import io.zabkeeper.consensus.quorum.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * A learner that is made equal to its leader: cut, snapshot or neither, then the missing entries, then the epoch, and
 * only then, once all of it is durable, the ack (section 2.4, R-6).
 *
 * <p>Zab phase 2. The single log makes "history first, epoch second, ack third" a matter of order: the records are
 * appended in it and the ack waits for the last one, so no crash can show the epoch without the entries (ZK-3911,
 * ZK-4643). Nothing is committed here: whether the history is, is known with UPTODATE.
 */
final class FollowerSynchronization extends Phase {
    private final Attempt attempt;

    /** What we were told to do and have not done yet: nothing, or wait for the snapshot of that id. */
    private @Nullable SnapshotId awaited;

    /** Staged while another installation was under way. */
    private @Nullable SnapshotMeta staged;

    /** From here on the history is a prefix of the leader's. */
    private boolean joined;

    /** At which the record of the epoch is durable, 0 until NEWLEADER. */
    private long epochSequence;

    private boolean synchronizedTraced;
    private long progressAt;
    private long giveUpAfter;

    FollowerSynchronization(Member member, Attempt attempt) {
        super(member);
        this.attempt = attempt;
    }

    @Override
    Role role() {
        return Role.FOLLOWING;
    }

    @Override
    String name() {
        return "SYNCHRONIZATION";
    }

    @Override
    NodeId leader() {
        return attempt.leader;
    }

    @Override
    void enter() {
        progressed();
        giveUpAfter = member.config.initLimitNanos();
        long known = member.promise.state().clusterId();
        if (known != 0 && known != attempt.clusterId()) {
            member.promise.joinCluster(attempt.clusterId()); // Before anything is logged under it.
        }
        if (member.mutations.has(ZabMutation.EPOCH_BEFORE_ENTRIES)) {
            member.promise.establish(attempt.epoch(), attempt.clusterId());
        }
    }

    /** A snapshot that is not installed yet is of no use to anybody. */
    @Override
    void leave() {
        if (awaited != null) {
            member.effects.abortSnapshot(awaited);
        }
    }

    @Override
    boolean admits(NodeId from, ZabMessage.OfAttempt message) {
        return attempt.admits(from, message);
    }

    /** Repeated until acknowledged; only the first one that can be obeyed is (Z-30). */
    @Override
    public void onSyncStart(NodeId from, ZabMessage.SyncStart start) {
        if (joined) {
            attempt.acknowledge(epochSequence > 0);
            return;
        }
        if (awaited != null && start.mode() != ZabMessage.SyncMode.SNAP) {
            return; // A late one: we said that we cannot obey it, and the leader sends its state.
        }
        attempt.heard();
        switch (start.mode()) {
            case DIFF -> {
                if (member.history.last() == start.zxid()) {
                    join();
                } else {
                    mismatch();
                }
            }
            case TRUNC -> truncate(start.zxid());
            case SNAP -> await(new SnapshotId(attempt.leader, start.epoch(), start.nonce(), start.zxid()));
        }
    }

    private void truncate(long end) {
        History history = member.history;
        if (end < history.base() || !history.contains(end)) {
            mismatch();
            return;
        }
        // What is committed is in the log of every later leader. If not, the ensemble has lost it; stop and show it.
        Invariant.check(
                end >= member.delivery.committed(),
                "told to cut off what is committed",
                end,
                member.delivery.committed());
        if (end < history.last()) {
            member.effects.log(new WalRecord.Truncate(end));
            history.truncate(end);
        }
        join();
    }

    private void join() {
        joined = true;
        progressed();
        attempt.acknowledge(false);
    }

    private void mismatch() {
        member.effects.send(
                attempt.leader, new ZabMessage.SyncMismatch(attempt.epoch(), attempt.nonce, member.history.last()));
    }

    /** A later transfer takes the place of an earlier one, never the reverse: what was aborted must not come back. */
    private void await(SnapshotId id) {
        SnapshotId earlier = awaited;
        if (earlier == null || id.zxid() > earlier.zxid()) {
            if (earlier != null) {
                member.effects.abortSnapshot(earlier);
            }
            awaited = id;
            staged = null;
            giveUpAfter = member.config.snapshotLimitNanos();
            progressed();
        }
    }

    @Override
    void onSnapshotStaged(SnapshotId id, SnapshotMeta meta) {
        if (!joined && awaited == null && isOurs(id)) {
            await(id); // The transfer overtook the announcement.
        }
        if (!id.equals(awaited) || meta.zxid() != id.zxid()) {
            super.onSnapshotStaged(id, meta);
        } else {
            staged = meta;
            install();
        }
    }

    private boolean isOurs(SnapshotId id) {
        return id.source().equals(attempt.leader) && id.epoch() == attempt.epoch() && id.nonce() == attempt.nonce;
    }

    private void install() {
        SnapshotId id = awaited;
        SnapshotMeta meta = staged;
        if (id == null || meta == null || member.delivery.isInstalling()) {
            return;
        }
        if (meta.zxid() < member.delivery.committed()) {
            member.look("leader " + attempt.leader + " sent a snapshot from before our commit point");
            return;
        }
        awaited = null;
        staged = null;
        joined = true;
        giveUpAfter = member.config.initLimitNanos();
        member.delivery.install(id, meta);
    }

    @Override
    void onSnapshotInstalled() {
        install();
        if (joined && !member.delivery.isInstalling()) {
            progressed();
            attempt.acknowledge(false);
        }
    }

    @Override
    public void onProposal(NodeId from, ZabMessage.Proposal proposal) {
        if (!joined || member.delivery.isInstalling()) {
            ignore(from, proposal);
        } else if (attempt.append(proposal)) {
            progressed();
            attempt.acknowledge(epochSequence > 0);
        } else {
            attempt.reportGap();
        }
    }

    /** Repeated until acknowledged. Overtaken by entries that it confirms, it waits for its repetition. */
    @Override
    public void onNewLeader(NodeId from, ZabMessage.NewLeader newLeader) {
        if (!joined || member.delivery.isInstalling() || member.history.last() < newLeader.initialHistory()) {
            ignore(from, newLeader);
            return;
        }
        if (epochSequence == 0) {
            member.promise.establish(attempt.epoch(), newLeader.clusterId());
            epochSequence = member.promise.sequence();
            attempt.heard();
            progressed();
        }
        long sequence =
                member.mutations.has(ZabMutation.NEWLEADER_ACK_BEFORE_DURABLE) ? 0 : member.effects.lastSequence();
        member.effects.sendOnceDurable(
                attempt.leader,
                new ZabMessage.NewLeaderAck(attempt.epoch(), attempt.nonce, member.history.last()),
                sequence);
    }

    @Override
    void onPersisted() {
        if (epochSequence > 0 && !synchronizedTraced && member.effects.isDurable(epochSequence)) {
            synchronizedTraced = true;
            member.effects.trace(
                    new TraceEvent.Synchronized(attempt.epoch(), attempt.leader, member.history.durable()));
        }
    }

    @Override
    public void onUpToDate(NodeId from, ZabMessage.UpToDate upToDate) {
        boolean acknowledged = epochSequence > 0 && member.effects.isDurable(epochSequence);
        if (acknowledged || member.mutations.has(ZabMutation.NEWLEADER_ACK_BEFORE_DURABLE)) {
            member.become(new FollowerBroadcast(member, attempt, upToDate.committed()));
        } else {
            ignore(from, upToDate);
        }
    }

    @Override
    public void onPing(NodeId from, ZabMessage.Ping ping) {
        attempt.answer(ping, false);
    }

    @Override
    public void onCommit(NodeId from, ZabMessage.Commit commit) {
        // Repeated with every heartbeat; it means something once UPTODATE has come.
    }

    @Override
    public void onNotification(NodeId from, ZabMessage.Notification message) {
        if (from.equals(attempt.leader)
                && message.role() != Role.LEADING
                && message.round() > member.election.round()) {
            member.look("leader " + from + " is " + message.role());
        }
    }

    @Override
    void onLinkDown(NodeId peer) {
        if (peer.equals(attempt.leader)) {
            member.look("lost the link to leader " + peer);
        }
    }

    private void progressed() {
        progressAt = member.now();
    }

    @Override
    void onTick() {
        if (attempt.isSilent()) {
            member.look("leader " + attempt.leader + " is silent");
        } else if (member.now() - progressAt >= giveUpAfter) {
            member.look("synchronization with leader " + attempt.leader + " stands still");
        }
    }

    @Override
    long deadline() {
        return Math.min(attempt.silenceDeadline(), progressAt + giveUpAfter);
    }
}
