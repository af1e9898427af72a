package io.zabkeeper.consensus.zab;

/**
 * Settings of a Zab core. Times only decide how soon something happens, never whether it is right.
 *
 * @param heartbeatNanos between two heartbeats of a leader; also the longest time between two useful ticks
 * @param leaderSilenceNanos without a sign of life of the leader until a follower leaves it, and without quorum contact
 *     until a leader resigns (Z-23, R-39)
 * @param discoveryLimitNanos a leader may need to collect promises, and a follower to be answered (F-15)
 * @param initLimitNanos a synchronization may stand still (Z-16)
 * @param syncLimitNanos a learner's oldest unacknowledged proposal may wait until the learner is dropped (Z-25)
 * @param snapshotLimitNanos the transfer of a snapshot may take
 * @param finalizeWaitNanos for a better vote once a quorum agrees (F-5)
 * @param resendNanos first pause before a notification or handshake message is repeated
 * @param resendCapNanos longest such pause (F-10)
 * @param retainedBytes of delivered history kept to bring learners up to date by DIFF
 * @param pinnedBytes of history kept beyond that while a snapshot is on its way
 * @param maxInflightBytes sent to a learner and not acknowledged
 * @param maxBatchBytes of entries in one message
 * @param maxUncommittedBytes proposed and not committed
 * @param counterLimit of an epoch's zxids; a leader that reaches it resigns (Z-3)
 */
public record ZabConfig(
        long heartbeatNanos,
        long leaderSilenceNanos,
        long discoveryLimitNanos,
        long initLimitNanos,
        long syncLimitNanos,
        long snapshotLimitNanos,
        long finalizeWaitNanos,
        long resendNanos,
        long resendCapNanos,
        long retainedBytes,
        long pinnedBytes,
        long maxInflightBytes,
        long maxBatchBytes,
        long maxUncommittedBytes,
        long counterLimit) {
    private static final long MS = 1_000_000L;
    private static final long MIB = 1L << 20;

    public static final ZabConfig DEFAULT = new ZabConfig(
            100 * MS,
            1_500 * MS,
            1_500 * MS,
            10_000 * MS,
            5_000 * MS,
            600_000 * MS,
            200 * MS,
            50 * MS,
            500 * MS,
            16 * MIB,
            256 * MIB,
            4 * MIB,
            MIB / 2,
            64 * MIB,
            0xffff_f000L);

    public ZabConfig {
        if (heartbeatNanos <= 0 || leaderSilenceNanos < 2 * heartbeatNanos) {
            throw new IllegalArgumentException("leaderSilence must be at least two heartbeats, not "
                    + leaderSilenceNanos + " ns with a heartbeat of " + heartbeatNanos + " ns");
        }
        if (counterLimit < 1 || counterLimit > 0xffff_ffffL) {
            throw new IllegalArgumentException("counterLimit must fit 32 bits, not " + counterLimit);
        }
    }

    /** With other limits on what is kept in memory, sent ahead and left uncommitted. */
    public ZabConfig withBytes(long retained, long pinned, long inflight, long batch, long uncommitted) {
        return new ZabConfig(
                heartbeatNanos,
                leaderSilenceNanos,
                discoveryLimitNanos,
                initLimitNanos,
                syncLimitNanos,
                snapshotLimitNanos,
                finalizeWaitNanos,
                resendNanos,
                resendCapNanos,
                retained,
                pinned,
                inflight,
                batch,
                uncommitted,
                counterLimit);
    }

    /** With other limits, derived from ZooKeeper's {@code tickTime}, {@code initLimit} and {@code syncLimit}. */
    public ZabConfig withLimits(long initLimit, long syncLimit, long snapshotLimit) {
        return new ZabConfig(
                heartbeatNanos,
                leaderSilenceNanos,
                discoveryLimitNanos,
                initLimit,
                syncLimit,
                snapshotLimit,
                finalizeWaitNanos,
                resendNanos,
                resendCapNanos,
                retainedBytes,
                pinnedBytes,
                maxInflightBytes,
                maxBatchBytes,
                maxUncommittedBytes,
                counterLimit);
    }

    /** With other pulse rates. */
    public ZabConfig withPulse(long heartbeat, long leaderSilence, long discoveryLimit) {
        return new ZabConfig(
                heartbeat,
                leaderSilence,
                discoveryLimit,
                initLimitNanos,
                syncLimitNanos,
                snapshotLimitNanos,
                finalizeWaitNanos,
                resendNanos,
                resendCapNanos,
                retainedBytes,
                pinnedBytes,
                maxInflightBytes,
                maxBatchBytes,
                maxUncommittedBytes,
                counterLimit);
    }

    /** With another end of an epoch's counter, so that a test reaches it. */
    public ZabConfig withCounterLimit(long limit) {
        return new ZabConfig(
                heartbeatNanos,
                leaderSilenceNanos,
                discoveryLimitNanos,
                initLimitNanos,
                syncLimitNanos,
                snapshotLimitNanos,
                finalizeWaitNanos,
                resendNanos,
                resendCapNanos,
                retainedBytes,
                pinnedBytes,
                maxInflightBytes,
                maxBatchBytes,
                maxUncommittedBytes,
                limit);
    }
}
