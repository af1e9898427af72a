package io.zabkeeper.consensus.zab;

/**
 * Rules that a test can switch off, one by one, to see that the simulator notices. Never in production: the public
 * constructor of {@link ZabCore} switches off none.
 */
public enum ZabMutation {
    /** R-7, Z-18: a follower acknowledges entries that its disk does not have yet. */
    ACK_BEFORE_DURABLE,
    /** ZK-4646: NEWLEADER is acknowledged before history and epoch are on the disk. */
    NEWLEADER_ACK_BEFORE_DURABLE,
    /** R-6, ZK-4643: a follower records the new epoch before the entries it stands for. */
    EPOCH_BEFORE_ENTRIES,
    /** a leader counts its own vote for entries that its disk does not have yet. */
    LEADER_COUNTS_ITSELF_EARLY,
    /** ZK-335, ZK-1291: promises are kept in memory only. */
    PROMISE_NOT_LOGGED,
    /** Section 2.3 step 4: a voter serves leaders of epochs older than the one it promised. */
    OLD_EPOCH_ACCEPTED,
    /** Section 2.3 step 5: a leader takes office although a counted voter has more history. */
    AHEAD_VOTER_IGNORED,
    /** Z-14, Z-19: entries of older epochs are committed by counting synchronization acks. */
    OLD_EPOCH_COMMITTED_BY_COUNTING,
    /** Z-19: one voter is enough. */
    COMMIT_WITHOUT_QUORUM,
    /** Section 2.4: a follower keeps what the leader does not have. */
    TRUNCATION_SKIPPED,
    /** R-9, ZK-4882: a member delivers what its own disk does not have yet. */
    DELIVER_BEFORE_DURABLE,
    /** Z-18: a follower appends whatever comes. */
    GAP_UNCHECKED,
    /** Z-21: acks of a learner that has not acknowledged NEWLEADER are counted. */
    ACK_COUNTED_BEFORE_NEWLEADER_ACK,
    /** Z-15: a leader proposes before its epoch is established. */
    PROPOSE_BEFORE_ESTABLISHED,
    /** Z-14: UPTODATE is sent, and the history committed, before a quorum has acknowledged NEWLEADER. */
    UPTODATE_BEFORE_QUORUM,
    /** D9, R-18, ZK-261: a wiped or damaged member votes. */
    AMNESIAC_VOTES,
    /** Z-9: a late joiner is not given the proposals that were outstanding when it came. */
    LATE_JOINER_NOT_SUBSCRIBED,
    /** Z-24, R-39: a leader that has lost its quorum keeps its office. */
    LEADER_NEVER_RESIGNS,
    /** L-1, L-2: a read barrier is answered without a heartbeat round. */
    READ_WITHOUT_ROUND,
    /** Z-28: messages of other attempts and epochs are taken for present ones. */
    OLD_ATTEMPT_ACCEPTED
}
