package io.zabkeeper.consensus.zab;

import io.zabkeeper.consensus.Zxid;
import io.zabkeeper.consensus.quorum.NodeId;

/**
 * A candidate and how much history it has.
 *
 * <p>F-1: the order is lexicographic over epoch, position and id, hence a strict total order. With the three comparisons
 * not nested the order had cycles, and five servers never settled (ZK-1419).
 *
 * @param leader whom the vote is for; {@link NodeId#NONE} of a member that may not vote
 * @param epoch the candidate's current epoch
 * @param zxid the candidate's last logged position (Z-4)
 */
public record Vote(NodeId leader, long epoch, long zxid) implements Comparable<Vote> {
    /** For nobody. Worse than every other one. */
    public static final Vote NOBODY = new Vote(NodeId.NONE, 0, Zxid.NONE);

    /** Whether the candidate has more history than the other, whoever they are. */
    boolean isAheadOf(Vote other) {
        return epoch != other.epoch ? epoch > other.epoch : zxid > other.zxid;
    }

    @Override
    public int compareTo(Vote other) {
        if (epoch != other.epoch) {
            return Long.compare(epoch, other.epoch);
        }
        if (zxid != other.zxid) {
            return Long.compare(zxid, other.zxid);
        }
        return leader.compareTo(other.leader);
    }
}
