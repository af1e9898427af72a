package io.zabkeeper.consensus;

import io.zabkeeper.consensus.quorum.NodeId;

/**
 * One transfer of a snapshot to one learner, in one synchronization attempt.
 *
 * @param source the leader that sends it
 * @param epoch that leader's epoch
 * @param nonce of the learner's attempt (Z-28)
 * @param zxid the position at which the snapshot is exact
 */
public record SnapshotId(NodeId source, long epoch, long nonce, long zxid) {}
