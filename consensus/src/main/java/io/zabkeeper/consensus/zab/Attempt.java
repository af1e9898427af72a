package io.zabkeeper.consensus.zab;

import io.zabkeeper.consensus.Entry;
import io.zabkeeper.consensus.Invariant;
import io.zabkeeper.consensus.WalRecord;
import io.zabkeeper.consensus.quorum.NodeId;
import io.zabkeeper.consensus.zab.ZabMessage.OfAttempt;

/**
 * One learner's turn to one leader, from FOLLOWERINFO until it looks again: which messages belong to it, and whether the
 * leader is alive.
 *
 * <p>Only what cannot be a repetition is a sign of life: a ping sequence never seen, an entry never held.
 */
final class Attempt {
    final NodeId leader;
    final long nonce;

    private final Member member;

    /** The leader's, 0 until LEADERINFO. */
    private long epoch;

    private long clusterId;
    private long lastPing;
    private boolean heard;
    private long heardAt;

    Attempt(Member member, NodeId leader) {
        this.member = member;
        this.leader = leader;
        this.nonce = member.drawNonce();
        this.heardAt = member.now();
    }

    long epoch() {
        return epoch;
    }

    void promised(long promisedEpoch, long ensemble) {
        epoch = promisedEpoch;
        clusterId = ensemble;
    }

    long clusterId() {
        return clusterId;
    }

    boolean admits(NodeId from, OfAttempt message) {
        return member.mutations.has(ZabMutation.OLD_ATTEMPT_ACCEPTED)
                || (from.equals(leader) && message.nonce() == nonce && message.epoch() == epoch);
    }

    /** The leader is alive now. Dated by the next tick, because the last one may be long ago. */
    void heard() {
        heard = true;
    }

    /** Answers a heartbeat, which is the leader's evidence that this member has not turned away. */
    void answer(ZabMessage.Ping ping, boolean upToDate) {
        if (ping.sequence() > lastPing) {
            lastPing = ping.sequence();
            heard();
        }
        long durable =
                member.mutations.has(ZabMutation.ACK_BEFORE_DURABLE) ? member.history.last() : member.history.durable();
        member.effects.send(
                leader, new ZabMessage.Pong(epoch, nonce, ping.sequence(), member.history.last(), durable, upToDate));
    }

    /**
     * Whether the leader was silent for too long. After a pause of our own its messages may wait unread, so it gets a
     * part of the time again.
     */
    boolean isSilent() {
        long limit = member.config.leaderSilenceNanos();
        if (heard) {
            heard = false;
            heardAt = member.now();
        } else if (member.clock.isAfterPause()) {
            heardAt = Math.max(heardAt, member.now() - limit + limit / 4);
        }
        return member.now() - heardAt >= limit;
    }

    long silenceDeadline() {
        return heardAt + member.config.leaderSilenceNanos();
    }

    /**
     * Logs the entries that we do not have (Z-18). The history is a prefix of the leader's, so what is not behind its end
     * is there already.
     *
     * @return whether the proposal joined on to the history; if not, something before it is missing
     */
    boolean append(ZabMessage.Proposal proposal) {
        History history = member.history;
        boolean checked = !member.mutations.has(ZabMutation.GAP_UNCHECKED)
                && !member.mutations.has(ZabMutation.TRUNCATION_SKIPPED)
                && !member.mutations.has(ZabMutation.LATE_JOINER_NOT_SUBSCRIBED);
        for (Entry entry : proposal.entries()) {
            if (entry.zxid() > history.last()) {
                if (checked && entry.previous() != history.last()) {
                    return false;
                }
                history.append(entry, member.effects.log(new WalRecord.Append(entry)));
                heard();
            } else if (checked && entry.zxid() > history.base()) {
                Invariant.check(
                        history.contains(entry.zxid()),
                        "the leader has what we have not",
                        entry.zxid(),
                        history.last());
            }
        }
        return true;
    }

    /** Tells the leader what is missing. */
    void reportGap() {
        member.effects.send(leader, new ZabMessage.Gap(epoch, nonce, member.history.last()));
    }

    /** The disk has everything up to the end of the history, once it has everything logged up to now. */
    void acknowledge(boolean counts) {
        long last = member.history.last();
        long sequence = member.mutations.has(ZabMutation.ACK_BEFORE_DURABLE) ? 0 : member.effects.lastSequence();
        ZabMessage ack = counts ? new ZabMessage.Ack(epoch, nonce, last) : new ZabMessage.SyncAck(epoch, nonce, last);
        member.effects.sendOnceDurable(leader, ack, sequence);
    }
}
