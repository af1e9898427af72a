package io.zabkeeper.consensus.zab;

import io.zabkeeper.consensus.Entry;
import io.zabkeeper.consensus.Message;
import io.zabkeeper.consensus.Role;
import io.zabkeeper.consensus.quorum.NodeId;
import io.zabkeeper.consensus.quorum.NodeSet;
import java.util.List;

/**
 * What Zab members say to each other.
 *
 * <p>Every message may be lost, doubled, delayed or overtaken (D5). All but {@link Notification} name the learner's
 * attempt, a nonce that the learner draws each time it turns to a leader, and all from {@link LeaderInfo} on the epoch as
 * well; whatever belongs to another attempt is dropped before it reaches a phase (Z-28). Positions are cumulative, so
 * nothing has to be matched one to one (Z-20, Z-29).
 */
public sealed interface ZabMessage extends Message {
    void deliverTo(Receiver receiver, NodeId from);

    /** How a learner is made a prefix of its leader. */
    enum SyncMode {
        /** Its log is a prefix already. */
        DIFF,
        /** Its log is one after a cut. */
        TRUNC,
        /** Its log ends before ours begins: it gets the state instead. */
        SNAP
    }

    /**
     * Fast leader election: who I am, whom I vote for.
     *
     * @param role of the sender
     * @param round the sender's election round
     * @param candidate the sender's own history, whomever it votes for
     * @param vote the sender's vote, its leader when it is not LOOKING
     * @param heard members whose notification of this round reached the sender, and says that they hear it (F-13)
     * @param nonce grows with each notification of one life of the sender and is never repeated
     * @param echo the last nonce that reached the sender from the recipient, 0 for none: it dates this answer
     * @param voting whether the sender's disk may vote
     * @param noHistory whether the sender's current epoch is 0 and its log empty, as all are before the first formation
     * @param serving whether the sender leads an established epoch
     */
    record Notification(
            Role role,
            long round,
            Vote candidate,
            Vote vote,
            NodeSet heard,
            long nonce,
            long echo,
            boolean voting,
            boolean noHistory,
            boolean serving)
            implements ZabMessage {
        @Override
        public void deliverTo(Receiver receiver, NodeId from) {
            receiver.onNotification(from, this);
        }
    }

    /** Learner to leader: I turn to you (paper: CEPOCH). */
    record FollowerInfo(long nonce, long acceptedEpoch, long clusterId, boolean voting) implements ZabMessage {
        @Override
        public void deliverTo(Receiver receiver, NodeId from) {
            receiver.onFollowerInfo(from, this);
        }
    }

    /**
     * Leader to learner: the epoch that I open (paper: NEWEPOCH).
     *
     * @param currentEpoch the last epoch whose history the leader confirmed; equals {@code epoch} once it synchronizes
     */
    record LeaderInfo(long epoch, long nonce, long clusterId, long currentEpoch) implements ZabMessage {
        @Override
        public void deliverTo(Receiver receiver, NodeId from) {
            receiver.onLeaderInfo(from, this);
        }
    }

    /**
     * Learner to leader: this is my history (paper: ACK-E).
     *
     * @param promised whether the epoch was promised to this very leader; only then may it be counted
     */
    record AckEpoch(long epoch, long nonce, boolean promised, long currentEpoch, long lastLogged)
            implements ZabMessage, OfAttempt {
        @Override
        public void deliverTo(Receiver receiver, NodeId from) {
            receiver.onAckEpoch(from, this);
        }
    }

    /**
     * Leader to learner: how you become a prefix of me.
     *
     * @param zxid where the common history ends, or the position of the snapshot
     */
    record SyncStart(long epoch, long nonce, SyncMode mode, long zxid) implements ZabMessage, OfAttempt {
        @Override
        public void deliverTo(Receiver receiver, NodeId from) {
            receiver.onSyncStart(from, this);
        }
    }

    /** Learner to leader: I do not hold what you believe me to; send the state. */
    record SyncMismatch(long epoch, long nonce, long lastLogged) implements ZabMessage, OfAttempt {
        @Override
        public void deliverTo(Receiver receiver, NodeId from) {
            receiver.onSyncMismatch(from, this);
        }
    }

    /** Learner to leader: so far the synchronization is durable. Drives the transfer, is never counted (Z-21). */
    record SyncAck(long epoch, long nonce, long durable) implements ZabMessage, OfAttempt {
        @Override
        public void deliverTo(Receiver receiver, NodeId from) {
            receiver.onSyncAck(from, this);
        }
    }

    /** Leader to learner: you hold the initial history, which ends here; accept my epoch. */
    record NewLeader(long epoch, long nonce, long initialHistory, long clusterId) implements ZabMessage, OfAttempt {
        @Override
        public void deliverTo(Receiver receiver, NodeId from) {
            receiver.onNewLeader(from, this);
        }
    }

    /** Learner to leader: history and epoch are durable up to here (paper: ACK-LD). */
    record NewLeaderAck(long epoch, long nonce, long lastLogged) implements ZabMessage, OfAttempt {
        @Override
        public void deliverTo(Receiver receiver, NodeId from) {
            receiver.onNewLeaderAck(from, this);
        }
    }

    /** Leader to learner: the epoch is established and this much is committed; serve once you stand there (COMMIT-LD). */
    record UpToDate(long epoch, long nonce, long committed) implements ZabMessage, OfAttempt {
        @Override
        public void deliverTo(Receiver receiver, NodeId from) {
            receiver.onUpToDate(from, this);
        }
    }

    /**
     * Leader to learner: the next entries, contiguous, and the commit point.
     *
     * <p>The list is handed over and must not change afterwards; several messages share one.
     */
    record Proposal(long epoch, long nonce, long committed, List<Entry> entries) implements ZabMessage, OfAttempt {
        @Override
        public void deliverTo(Receiver receiver, NodeId from) {
            receiver.onProposal(from, this);
        }
    }

    /** Follower to leader: my log is durable up to here and agrees with yours. Cumulative (Z-18, Z-31). */
    record Ack(long epoch, long nonce, long durable) implements ZabMessage, OfAttempt {
        @Override
        public void deliverTo(Receiver receiver, NodeId from) {
            receiver.onAck(from, this);
        }
    }

    /** Follower to leader: a proposal did not follow my last entry, which is this. */
    record Gap(long epoch, long nonce, long lastLogged) implements ZabMessage, OfAttempt {
        @Override
        public void deliverTo(Receiver receiver, NodeId from) {
            receiver.onGap(from, this);
        }
    }

    /** Leader to learner: everything up to here is committed. Cumulative (Z-20). */
    record Commit(long epoch, long nonce, long committed) implements ZabMessage, OfAttempt {
        @Override
        public void deliverTo(Receiver receiver, NodeId from) {
            receiver.onCommit(from, this);
        }
    }

    /** Leader to learner: heartbeat round {@code sequence}. A sequence seen before refreshes nothing. */
    record Ping(long epoch, long nonce, long sequence, long committed) implements ZabMessage, OfAttempt {
        @Override
        public void deliverTo(Receiver receiver, NodeId from) {
            receiver.onPing(from, this);
        }
    }

    /**
     * Learner to leader: round {@code sequence} reached me.
     *
     * @param upToDate whether UPTODATE arrived
     */
    record Pong(long epoch, long nonce, long sequence, long lastLogged, long durable, boolean upToDate)
            implements ZabMessage, OfAttempt {
        @Override
        public void deliverTo(Receiver receiver, NodeId from) {
            receiver.onPong(from, this);
        }
    }

    /** Leader to learner: a quorum without you vouches for your history; you may vote again. */
    record Readmitted(long epoch, long nonce) implements ZabMessage, OfAttempt {
        @Override
        public void deliverTo(Receiver receiver, NodeId from) {
            receiver.onReadmitted(from, this);
        }
    }

    /** A message within one learner's attempt and one epoch. */
    sealed interface OfAttempt
            permits AckEpoch,
                    SyncStart,
                    SyncMismatch,
                    SyncAck,
                    NewLeader,
                    NewLeaderAck,
                    UpToDate,
                    Proposal,
                    Ack,
                    Gap,
                    Commit,
                    Ping,
                    Pong,
                    Readmitted {
        long epoch();

        long nonce();
    }

    /** One method for each message. A phase overrides those it expects; every other one is ignored and traced. */
    interface Receiver {
        /** A message that means nothing in this phase. */
        void ignore(NodeId from, ZabMessage message);

        default void onNotification(NodeId from, Notification message) {
            ignore(from, message);
        }

        default void onFollowerInfo(NodeId from, FollowerInfo message) {
            ignore(from, message);
        }

        default void onLeaderInfo(NodeId from, LeaderInfo message) {
            ignore(from, message);
        }

        default void onAckEpoch(NodeId from, AckEpoch message) {
            ignore(from, message);
        }

        default void onSyncStart(NodeId from, SyncStart message) {
            ignore(from, message);
        }

        default void onSyncMismatch(NodeId from, SyncMismatch message) {
            ignore(from, message);
        }

        default void onSyncAck(NodeId from, SyncAck message) {
            ignore(from, message);
        }

        default void onNewLeader(NodeId from, NewLeader message) {
            ignore(from, message);
        }

        default void onNewLeaderAck(NodeId from, NewLeaderAck message) {
            ignore(from, message);
        }

        default void onUpToDate(NodeId from, UpToDate message) {
            ignore(from, message);
        }

        default void onProposal(NodeId from, Proposal message) {
            ignore(from, message);
        }

        default void onAck(NodeId from, Ack message) {
            ignore(from, message);
        }

        default void onGap(NodeId from, Gap message) {
            ignore(from, message);
        }

        default void onCommit(NodeId from, Commit message) {
            ignore(from, message);
        }

        default void onPing(NodeId from, Ping message) {
            ignore(from, message);
        }

        default void onPong(NodeId from, Pong message) {
            ignore(from, message);
        }

        default void onReadmitted(NodeId from, Readmitted message) {
            ignore(from, message);
        }
    }
}
