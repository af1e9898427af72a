package io.zabkeeper.consensus.zab;

import io.zabkeeper.consensus.Entry;
import io.zabkeeper.consensus.SnapshotId;
import io.zabkeeper.consensus.TraceEvent;
import io.zabkeeper.consensus.quorum.NodeId;
import io.zabkeeper.consensus.quorum.NodeSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The learners of one leadership: their attachment, synchronization and supply with entries.
 *
 * <p>A learner is brought up to date in the same way before and after the epoch is established, and from the moment its
 * plan is made it is subscribed to everything that follows, because all it ever gets is the leader's history from a
 * position on (Z-9). Everything sent is repeated until answered (Z-29, Z-30). What the answers amount to is decided by the
 * phases; this class offers the sets and positions to decide on.
 */
final class Learners {
    /** A snapshot that fails this often is not tried again in this attempt. */
    private static final int SNAPSHOT_TRIES = 3;

    private final Member member;
    private final TreeMap<NodeId, LearnerProgress> learners = new TreeMap<>();
    private final Heartbeat heartbeat;

    /** 0 until the leader has chosen one. */
    private long epoch;

    private long clusterId;

    /** At which the leader's own promise of the epoch is durable; LEADERINFO waits for it (ZK-1291). */
    private long promiseSequence;

    /** From when on learners are synchronized: the leader's history is the initial history of its epoch. */
    private boolean open;

    private long initialHistory;
    private boolean established;

    /** When the last heartbeat of the timer was; those for reads come in between. */
    private long repeatedAt;

    Learners(Member member) {
        this.member = member;
        this.heartbeat = new Heartbeat(2 * member.config.leaderSilenceNanos(), member.config.heartbeatNanos() / 16);
    }

    long epoch() {
        return epoch;
    }

    long clusterId() {
        return clusterId;
    }

    long initialHistory() {
        return initialHistory;
    }

    Collection<LearnerProgress> all() {
        return learners.values();
    }

    @Nullable
    LearnerProgress get(NodeId id) {
        return learners.get(id);
    }

    boolean admits(NodeId from, ZabMessage.OfAttempt message) {
        LearnerProgress learner = learners.get(from);
        return learner != null
                && (member.mutations.has(ZabMutation.OLD_ATTEMPT_ACCEPTED)
                        || (message.nonce() == learner.nonce && message.epoch() == epoch));
    }

    // Attachment.

    /** A learner turns to this leader. A later attempt takes the place of an earlier one; a stale one is null. */
    @Nullable
    LearnerProgress attach(NodeId from, ZabMessage.FollowerInfo info) {
        if (!member.configuration.isMember(from)) {
            return null;
        }
        LearnerProgress known = learners.get(from);
        if (known != null && known.nonce == info.nonce()) {
            return known;
        }
        long generation = member.links.generation(from);
        boolean overtaken =
                known != null && known.linkGeneration == generation && !Member.isAtLeast(info.nonce(), known.nonce);
        if (overtaken) {
            return null;
        }
        detach(from);
        boolean voting = info.voting() && member.configuration.voters().contains(from);
        LearnerProgress learner =
                new LearnerProgress(from, generation, info, voting, member.history.last(), member.now());
        learners.put(from, learner);
        return learner;
    }

    void chose(long chosenEpoch, long ensemble, long sequence) {
        epoch = chosenEpoch;
        clusterId = ensemble;
        promiseSequence = sequence;
        for (LearnerProgress learner : learners.values()) {
            inform(learner);
        }
    }

    void inform(LearnerProgress learner) {
        long sequence = member.mutations.has(ZabMutation.PROMISE_NOT_LOGGED) ? 0 : promiseSequence;
        member.effects.sendOnceDurable(
                learner.id,
                new ZabMessage.LeaderInfo(
                        epoch, learner.nonce, clusterId, member.promise.state().currentEpoch()),
                sequence);
    }

    /** Whether the learner promised more than this epoch, so that it can be led only after another election. */
    boolean isBeyond(LearnerProgress learner, ZabMessage.FollowerInfo info) {
        boolean ours = info.clusterId() == 0 || info.clusterId() == clusterId;
        return ours
                && learner.acceptedEpoch > epoch
                && member.configuration.voters().contains(learner.id);
    }

    /** Its history is known now. Once open, it is synchronized at once: no check whether it is ahead (Z-5). */
    void onAckEpoch(NodeId from, ZabMessage.AckEpoch ack) {
        LearnerProgress learner = learners.get(from);
        if (learner != null && learner.stage == LearnerProgress.Stage.INFORMED) {
            learner.stage = LearnerProgress.Stage.KNOWN;
            learner.reported = ack.lastLogged();
            learner.progressAt = member.now();
            if (open) {
                synchronize(learner);
            }
        }
    }

    /** The leader's own epoch is durable: its history is the one that all get. */
    void open() {
        open = true;
        initialHistory = member.history.last();
        for (LearnerProgress learner : new ArrayList<>(learners.values())) {
            if (learner.stage == LearnerProgress.Stage.KNOWN) {
                synchronize(learner);
            }
        }
        ping();
    }

    void establish() {
        established = true;
        for (LearnerProgress learner : learners.values()) {
            if (learner.newLeaderAcked) {
                sendUpToDate(learner);
            }
        }
    }

    /** The learner looks for a leader, unless that was before it came. */
    void onLooking(NodeId from, ZabMessage.Notification notification) {
        LearnerProgress learner = learners.get(from);
        if (learner != null && Member.isAtLeast(notification.nonce(), learner.nonce)) {
            detach(from);
        }
    }

    void detach(NodeId id) {
        LearnerProgress learner = learners.remove(id);
        if (learner != null && learner.snapshot != null) {
            member.effects.abortSnapshot(learner.snapshot);
        }
        if (learner != null) {
            pin();
        }
    }

    /** Sends a learner away that we cannot serve as it is; it comes back with a new attempt. */
    private void drop(LearnerProgress learner, String reason) {
        detach(learner.id);
        member.effects.resetLink(learner.id, reason);
    }

    /** The leadership ends. */
    void dissolve() {
        for (LearnerProgress learner : new ArrayList<>(learners.values())) {
            detach(learner.id);
        }
    }

    // Synchronization.

    private void synchronize(LearnerProgress learner) {
        History history = member.history;
        SyncPlan plan = SyncPlan.of(history, learner.reported, member.delivery.delivered(), learner.planRefused);
        if (plan.mode() == ZabMessage.SyncMode.TRUNC && member.mutations.has(ZabMutation.TRUNCATION_SKIPPED)) {
            plan = new SyncPlan(ZabMessage.SyncMode.DIFF, learner.reported);
        }
        if (plan.mode() == ZabMessage.SyncMode.SNAP && member.delivery.isInstalling()) {
            return; // Our own state is about to change; the next heartbeat tries again.
        }
        learner.plan = plan;
        learner.planConfirmed = false;
        member.effects.trace(new TraceEvent.Syncing(learner.id, plan.mode().name(), plan.position()));
        if (plan.mode() == ZabMessage.SyncMode.SNAP) {
            sendSnapshot(learner);
        } else {
            sendPlan(learner);
            learner.stream(plan.position());
            skipOutstanding(learner);
            supply(learner);
        }
    }

    /** Breaks Z-9 on demand: what is outstanding when a late joiner comes is not sent to it. */
    private void skipOutstanding(LearnerProgress learner) {
        if (established && member.mutations.has(ZabMutation.LATE_JOINER_NOT_SUBSCRIBED)) {
            long committed = member.delivery.committed();
            List<Entry> decided = member.history.range(learner.next(), committed);
            if (!decided.isEmpty()) {
                propose(learner, decided);
            }
            learner.skipTo(member.history.last());
        }
    }

    private void sendPlan(LearnerProgress learner) {
        member.effects.send(
                learner.id,
                new ZabMessage.SyncStart(epoch, learner.nonce, learner.plan.mode(), learner.plan.position()));
    }

    private void sendSnapshot(LearnerProgress learner) {
        learner.stage = LearnerProgress.Stage.SNAPSHOT;
        SnapshotId id = new SnapshotId(member.self, epoch, learner.nonce, member.delivery.delivered());
        learner.snapshot = id;
        learner.plan = new SyncPlan(ZabMessage.SyncMode.SNAP, id.zxid());
        learner.snapshotDeadline = member.now() + member.config.snapshotLimitNanos();
        sendPlan(learner);
        member.effects.sendSnapshot(learner.id, id);
        pin();
    }

    void onSnapshotSent(NodeId peer, SnapshotId id, boolean complete) {
        LearnerProgress learner = learners.get(peer);
        if (learner == null || !id.equals(learner.snapshot) || complete) {
            return; // Complete means sent, not installed; the learner will say so, or time will be up.
        }
        learner.snapshotFailures++;
        if (learner.snapshotFailures >= SNAPSHOT_TRIES || member.delivery.isInstalling()) {
            learner.snapshot = null;
            drop(learner, "the snapshot cannot be sent");
        } else {
            sendSnapshot(learner);
        }
    }

    /** The learner cannot obey, which should not happen to a sound log. It gets the state, once that is far enough. */
    void onSyncMismatch(NodeId from, ZabMessage.SyncMismatch mismatch) {
        LearnerProgress learner = learners.get(from);
        if (learner != null && learner.isStreaming() && !learner.planConfirmed) {
            learner.planRefused = true;
            learner.reported = mismatch.lastLogged();
            if (SyncPlan.of(member.history, learner.reported, member.delivery.delivered(), true)
                            .mode()
                    == ZabMessage.SyncMode.SNAP) {
                synchronize(learner);
            }
        }
    }

    void onSyncAck(NodeId from, ZabMessage.SyncAck ack) {
        LearnerProgress learner = learners.get(from);
        if (learner != null) {
            confirmPlan(learner, ack.durable());
            onDurable(learner, ack.durable());
        }
    }

    private void confirmPlan(LearnerProgress learner, long durable) {
        if (learner.stage == LearnerProgress.Stage.SNAPSHOT
                && durable >= member.history.base()
                && member.history.contains(durable)) {
            // Perhaps an earlier transfer than the last one, which was believed to have failed: as good.
            learner.snapshot = null;
            learner.planConfirmed = true;
            learner.pinnedUntil = member.history.last();
            learner.stream(durable);
            learner.progressAt = member.now();
            pin();
            supply(learner);
        } else if (learner.isStreaming()) {
            learner.planConfirmed = true;
        }
    }

    /** Of its epoch and its history: from now on its acks count. Repeated, it is an ack like any other. */
    void onNewLeaderAck(NodeId from, ZabMessage.NewLeaderAck ack) {
        LearnerProgress learner = learners.get(from);
        if (learner != null && learner.isStreaming() && ack.lastLogged() >= initialHistory) {
            boolean news = !learner.newLeaderAcked;
            learner.planConfirmed = true;
            learner.newLeaderAcked = true;
            onDurable(learner, ack.lastLogged());
            if (news && established) {
                sendUpToDate(learner);
            }
        }
    }

    private void sendNewLeader(LearnerProgress learner) {
        learner.newLeaderSent = true;
        member.effects.send(learner.id, new ZabMessage.NewLeader(epoch, learner.nonce, initialHistory, clusterId));
    }

    private void sendUpToDate(LearnerProgress learner) {
        member.effects.send(learner.id, new ZabMessage.UpToDate(epoch, learner.nonce, member.delivery.committed()));
    }

    // Supply.

    /** New entries are at the end of the history, behind {@code previousEnd}. */
    void replicate(List<Entry> entries, long bytes, long previousEnd) {
        for (LearnerProgress learner : new ArrayList<>(learners.values())) {
            if (learner.isStreaming()
                    && learner.next() == previousEnd
                    && bytes <= member.config.maxBatchBytes()
                    && learner.hasRoom(member.config)) {
                send(learner, entries, bytes);
            } else {
                supply(learner);
            }
        }
    }

    /** Sends what the learner lacks and its window admits; NEWLEADER as soon as the initial history was sent (Z-10). */
    private void supply(LearnerProgress learner) {
        if (!learner.isStreaming()) {
            return;
        }
        History history = member.history;
        while (learner.next() < history.last() && learner.hasRoom(member.config)) {
            if (learner.next() < history.base()) {
                drop(learner, "behind the retained history");
                return;
            }
            propose(learner, history.range(learner.next(), history.last(), member.config.maxBatchBytes()));
        }
        if (!learner.newLeaderSent && learner.next() >= initialHistory) {
            sendNewLeader(learner);
        }
    }

    private void propose(LearnerProgress learner, List<Entry> entries) {
        long bytes = 0;
        for (Entry entry : entries) {
            bytes += entry.weight();
        }
        send(learner, entries, bytes);
    }

    private void send(LearnerProgress learner, List<Entry> entries, long bytes) {
        member.effects.send(
                learner.id, new ZabMessage.Proposal(epoch, learner.nonce, member.delivery.committed(), entries));
        learner.sent(entries.get(entries.size() - 1).zxid(), bytes, member.now());
    }

    /** Answers whether the learner has more than before. */
    boolean onAck(NodeId from, ZabMessage.Ack ack) {
        LearnerProgress learner = learners.get(from);
        return learner != null && learner.isStreaming() && onDurable(learner, ack.durable());
    }

    private boolean onDurable(LearnerProgress learner, long durable) {
        if (!learner.isStreaming() || durable > member.history.last()) {
            return false;
        }
        boolean news = learner.acknowledged(durable, member.now());
        if (news) {
            if (learner.pinnedUntil > 0) {
                learner.pinnedUntil = learner.acked() >= learner.pinnedUntil ? 0 : learner.pinnedUntil;
                pin();
            }
            supply(learner);
        }
        return news;
    }

    void onGap(NodeId from, ZabMessage.Gap gap) {
        LearnerProgress learner = learners.get(from);
        if (learner != null && learner.isStreaming() && learner.rewind(gap.lastLogged(), false)) {
            supply(learner);
        }
    }

    /** Everything up to the commit point may be delivered by those that have acknowledged NEWLEADER (Z-9). */
    void announceCommit() {
        for (LearnerProgress learner : learners.values()) {
            if (learner.newLeaderAcked) {
                member.effects.send(
                        learner.id, new ZabMessage.Commit(epoch, learner.nonce, member.delivery.committed()));
            }
        }
    }

    /** While a learner is on its way from a snapshot to the present, the history in between is kept for it. */
    private void pin() {
        long position = Long.MAX_VALUE;
        for (LearnerProgress learner : learners.values()) {
            if (learner.snapshot != null) {
                position = Math.min(position, learner.plan.position());
            } else if (learner.pinnedUntil > 0) {
                position = Math.min(position, learner.acked());
            }
        }
        member.delivery.pin(position);
    }

    // Heartbeats.

    /** Starts a heartbeat round. */
    long ping() {
        long sequence = heartbeat.next(member.now());
        for (LearnerProgress learner : learners.values()) {
            if (learner.stage == LearnerProgress.Stage.SNAPSHOT || learner.isStreaming()) {
                learner.pinged(sequence);
                member.effects.send(
                        learner.id, new ZabMessage.Ping(epoch, learner.nonce, sequence, member.delivery.committed()));
            }
        }
        return sequence;
    }

    /** Answers whether the learner has more than before. */
    boolean onPong(NodeId from, ZabMessage.Pong pong) {
        LearnerProgress learner = learners.get(from);
        if (learner == null) {
            return false;
        }
        learner.answeredPing = Math.max(learner.answeredPing, pong.sequence());
        learner.contactAt = Math.max(learner.contactAt, heartbeat.sentAt(pong.sequence()));
        learner.upToDate |= pong.upToDate();
        if (!learner.isStreaming() || !learner.planConfirmed) {
            return false;
        }
        if (learner.hasLost(pong.sequence(), pong.lastLogged()) && learner.rewind(pong.lastLogged(), true)) {
            supply(learner);
        }
        return learner.newLeaderAcked && onDurable(learner, pong.durable());
    }

    /** Repeats what was not answered, drops those that stand still (Z-25), pings. */
    void onTick() {
        if (member.now() < nextHeartbeat()) {
            return;
        }
        repeatedAt = member.now();
        for (LearnerProgress learner : new ArrayList<>(learners.values())) {
            if (isStuck(learner)) {
                drop(learner, "it stands still");
            } else {
                repeat(learner);
            }
        }
        ping();
    }

    private boolean isStuck(LearnerProgress learner) {
        long idle = member.now() - learner.progressAt;
        return switch (learner.stage) {
            case INFORMED, KNOWN -> open && idle >= member.config.initLimitNanos();
            case SNAPSHOT -> member.now() >= learner.snapshotDeadline;
            case STREAMING ->
                learner.newLeaderAcked
                        ? learner.isBehind() && idle >= member.config.syncLimitNanos()
                        : idle >= member.config.initLimitNanos();
        };
    }

    private void repeat(LearnerProgress learner) {
        if (!open) {
            return;
        }
        switch (learner.stage) {
            case INFORMED -> inform(learner);
            case KNOWN -> synchronize(learner);
            case SNAPSHOT -> sendPlan(learner);
            case STREAMING -> {
                if (!learner.planConfirmed) {
                    sendPlan(learner);
                }
                if (learner.newLeaderSent && !learner.newLeaderAcked) {
                    sendNewLeader(learner);
                }
                if (established && learner.newLeaderAcked && !learner.upToDate) {
                    sendUpToDate(learner);
                }
                supply(learner);
            }
        }
    }

    long nextHeartbeat() {
        return repeatedAt + member.config.heartbeatNanos();
    }

    // What the phases count.

    /** Voters that acknowledged NEWLEADER, and this leader if its own history and epoch are durable. */
    NodeSet acknowledged(boolean selfToo) {
        NodeSet set = selfToo ? NodeSet.of(member.self) : NodeSet.EMPTY;
        for (LearnerProgress learner : learners.values()) {
            if (learner.newLeaderAcked && learner.voting) {
                set = set.with(learner.id);
            }
        }
        return set;
    }

    /** Voters that answered heartbeat round {@code sequence} or a later one, this leader included (L-5). */
    NodeSet answered(long sequence) {
        NodeSet set = NodeSet.of(member.self);
        for (LearnerProgress learner : learners.values()) {
            if (learner.newLeaderAcked && learner.voting && learner.answeredPing >= sequence) {
                set = set.with(learner.id);
            }
        }
        return set;
    }

    /** The last moment at which a quorum is known to have been with this leader. */
    long quorumContact() {
        List<LearnerProgress> byContact = counting();
        byContact.sort((a, b) -> Long.compare(b.contactAt, a.contactAt));
        NodeSet set = NodeSet.of(member.self);
        if (member.quorums.isQuorum(set)) {
            return member.now();
        }
        for (LearnerProgress learner : byContact) {
            set = set.with(learner.id);
            if (member.quorums.isQuorum(set)) {
                return learner.contactAt;
            }
        }
        return Long.MIN_VALUE;
    }

    /**
     * Z-19: the position up to which a quorum of voters that acknowledged NEWLEADER has the history on the disk. Before
     * that ack a learner's log proves nothing (Z-21), and a leader's own counts like any other.
     */
    long quorumPosition() {
        long own = member.mutations.has(ZabMutation.LEADER_COUNTS_ITSELF_EARLY)
                ? member.history.last()
                : member.history.durable();
        if (member.mutations.has(ZabMutation.COMMIT_WITHOUT_QUORUM)) {
            return own;
        }
        List<LearnerProgress> byAcked = counting();
        byAcked.sort((a, b) -> Long.compare(b.acked(), a.acked()));
        NodeSet set = NodeSet.EMPTY;
        boolean selfIn = false;
        for (LearnerProgress learner : byAcked) {
            if (!selfIn && own >= learner.acked()) {
                selfIn = true;
                set = set.with(member.self);
                if (member.quorums.isQuorum(set)) {
                    return own;
                }
            }
            set = set.with(learner.id);
            if (member.quorums.isQuorum(set)) {
                return learner.acked();
            }
        }
        return !selfIn && member.quorums.isQuorum(set.with(member.self)) ? own : 0;
    }

    private List<LearnerProgress> counting() {
        boolean early = member.mutations.has(ZabMutation.ACK_COUNTED_BEFORE_NEWLEADER_ACK)
                || (!established && member.mutations.has(ZabMutation.OLD_EPOCH_COMMITTED_BY_COUNTING));
        List<LearnerProgress> counting = new ArrayList<>();
        for (LearnerProgress learner : learners.values()) {
            if (learner.voting && (learner.newLeaderAcked || (early && learner.isStreaming()))) {
                counting.add(learner);
            }
        }
        return counting;
    }
}
