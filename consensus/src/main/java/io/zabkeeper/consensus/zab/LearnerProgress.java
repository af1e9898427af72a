package io.zabkeeper.consensus.zab;

import io.zabkeeper.consensus.SnapshotId;
import io.zabkeeper.consensus.quorum.NodeId;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What a leader knows of one learner in one attempt of it.
 *
 * <p>Invariant while {@code STREAMING}: {@code acked <= next}, and the learner's log is a prefix of ours up to what it
 * acknowledged durable.
 */
final class LearnerProgress {
    enum Stage {
        /** FOLLOWERINFO came. */
        INFORMED,
        /** Its history is known (ACKEPOCH); nothing was sent yet. */
        KNOWN,
        /** A snapshot is on its way. */
        SNAPSHOT,
        /** It gets entries as they come. */
        STREAMING
    }

    /** A message on its way: it ends at {@code last} and weighs {@code bytes}. */
    private record Sent(long last, long bytes) {}

    final NodeId id;
    final long nonce;
    final long linkGeneration;

    /** Whether its promises and acks count. */
    final boolean voting;

    final long acceptedEpoch;

    /** End of the leader's history when the learner came: what is proposed later was proposed after that. */
    final long attachedAt;

    Stage stage = Stage.INFORMED;

    /** End of its log as it reported it. */
    long reported;

    /** How it is synchronized, repeated until it confirms. */
    SyncPlan plan = new SyncPlan(ZabMessage.SyncMode.DIFF, 0);

    boolean planConfirmed;
    boolean planRefused;
    boolean newLeaderSent;
    boolean newLeaderAcked;
    boolean upToDate;

    /** The transfer under way. */
    @Nullable
    SnapshotId snapshot;

    int snapshotFailures;
    long snapshotDeadline;

    /** History behind {@code acked} is kept until it stands here; 0 for not at all. */
    long pinnedUntil;

    /** End of what was sent. */
    private long next;

    /** Its durable end, which agrees with ours. */
    private long acked;

    private final ArrayDeque<Sent> inflight = new ArrayDeque<>();
    private long inflightBytes;

    /** After a loss: one message at a time until one is acknowledged. */
    private boolean probing;

    private long probedFrom;

    /** When it last acknowledged something new, or had nothing to acknowledge. */
    long progressAt;

    /** When the newest heartbeat that it answered was sent. */
    long contactAt;

    /** The newest heartbeat that it answered. */
    long answeredPing;

    private long lastPing;
    private long nextAtLastPing;

    /** the entry that a quorum without this learner must have. */
    long barrier;

    LearnerProgress(
            NodeId id, long linkGeneration, ZabMessage.FollowerInfo info, boolean voting, long attachedAt, long now) {
        this.id = id;
        this.nonce = info.nonce();
        this.linkGeneration = linkGeneration;
        this.voting = voting;
        this.acceptedEpoch = info.acceptedEpoch();
        this.attachedAt = attachedAt;
        this.progressAt = now;
        this.contactAt = now;
    }

    long next() {
        return next;
    }

    long acked() {
        return acked;
    }

    boolean isStreaming() {
        return stage == Stage.STREAMING;
    }

    /** The learner's log ends at {@code position}, which is in ours; entries may follow. */
    void stream(long position) {
        stage = Stage.STREAMING;
        next = position;
        acked = position;
        inflight.clear();
        inflightBytes = 0;
        nextAtLastPing = 0;
        probing = false;
    }

    boolean hasRoom(ZabConfig config) {
        return inflight.isEmpty() || (!probing && inflightBytes < config.maxInflightBytes());
    }

    void sent(long last, long bytes, long now) {
        if (acked >= next) {
            progressAt = now; // It owed nothing until now.
        }
        next = last;
        inflight.add(new Sent(last, bytes));
        inflightBytes += bytes;
    }

    /** Skips entries without sending them. Only to see what happens. */
    void skipTo(long position) {
        next = position;
    }

    /** Whether it is news. */
    boolean acknowledged(long durable, long now) {
        if (durable <= acked) {
            return false;
        }
        acked = durable;
        next = Math.max(next, durable);
        progressAt = now;
        probing = false;
        for (Sent first = inflight.peek(); first != null && first.last <= durable; first = inflight.peek()) {
            inflightBytes -= first.bytes;
            inflight.poll();
        }
        return true;
    }

    /**
     * Something behind {@code held} was lost.
     *
     * @param surely false if what was sent again since may still be on its way
     * @return whether to send from there; not if that has been done already, or if the report was overtaken
     */
    boolean rewind(long held, boolean surely) {
        if (held >= next || held < acked || (!surely && probing && held == probedFrom)) {
            return false;
        }
        next = held;
        inflight.clear();
        inflightBytes = 0;
        nextAtLastPing = Math.min(nextAtLastPing, held);
        probing = true;
        probedFrom = held;
        return true;
    }

    void pinged(long sequence) {
        lastPing = sequence;
        nextAtLastPing = next;
    }

    /** Whether the answer to a heartbeat shows that what was sent before it did not arrive. */
    boolean hasLost(long sequence, long held) {
        return sequence == lastPing && held < nextAtLastPing;
    }

    /** Whether it owes an ack. */
    boolean isBehind() {
        return acked < next;
    }
}
