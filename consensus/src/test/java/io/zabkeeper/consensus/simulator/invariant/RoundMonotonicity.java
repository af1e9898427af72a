package io.zabkeeper.consensus.simulator.invariant;

import io.zabkeeper.consensus.DurableImage;
import io.zabkeeper.consensus.HardState;
import io.zabkeeper.consensus.WalRecord;
import io.zabkeeper.consensus.quorum.NodeId;
import java.util.Map;
import java.util.TreeMap;

/**
 * Round monotonicity.
 *
 * <p>The epochs that a disk promised never decrease, over all incarnations, and one epoch is promised to one leader only:
 * ∀ states h before h' of one disk: h.accepted ≤ h'.accepted ∧ h.current ≤ h'.current ∧ (h.accepted = h'.accepted ⇒
 * h.leader = h'.leader). Source: {@code consensus.md} section 8.1; ZK-335, ZK-2307.
 */
final class RoundMonotonicity implements Property {
    private final Map<NodeId, HardState> durable = new TreeMap<>();

    @Override
    public void booted(Replica replica, DurableImage image) {
        require(replica, durable.getOrDefault(replica.id(), HardState.INITIAL), image.hardState());
    }

    @Override
    public void appending(Replica replica, WalRecord record) {
        if (record instanceof WalRecord.State state) {
            require(replica, replica.writtenState(), state.state());
        }
    }

    @Override
    public void persisted(Replica replica, WalRecord record) {
        if (record instanceof WalRecord.State state) {
            durable.put(replica.id(), state.state());
        }
    }

    @Override
    public void losesDisk(Replica replica) {
        durable.remove(replica.id());
    }

    private static void require(Replica replica, HardState before, HardState after) {
        if (after.acceptedEpoch() < before.acceptedEpoch()
                || after.currentEpoch() < before.currentEpoch()
                || (after.acceptedEpoch() == before.acceptedEpoch()
                        && !before.acceptedLeader().isNone()
                        && !after.acceptedLeader().equals(before.acceptedLeader()))) {
            throw new PropertyViolation("RoundMonotonicity", replica.id() + " went from " + before + " to " + after);
        }
    }
}
