package io.zabkeeper.consensus;

import io.zabkeeper.consensus.quorum.NodeId;

/**
 * The few durable scalars of a member, a record of the one log (D2).
 *
 * <p>Invariant: {@code currentEpoch <= acceptedEpoch} (Z-1), and neither ever decreases.
 *
 * @param acceptedEpoch the last epoch promised
 * @param acceptedLeader to whom; {@link NodeId#NONE} before the first promise
 * @param currentEpoch the last epoch whose NEWLEADER was accepted
 * @param clusterId drawn by the first established leader, 0 before; members of different ensembles never mix
 * @param voter whether this disk may vote: false until the ensemble is formed or a quorum that does not count this
 *     member has re-admitted it (D9, R-18)
 */
public record HardState(long acceptedEpoch, NodeId acceptedLeader, long currentEpoch, long clusterId, boolean voter) {
    /** Of a disk that has promised nothing. */
    public static final HardState INITIAL = new HardState(0, NodeId.NONE, 0, 0, false);
}
