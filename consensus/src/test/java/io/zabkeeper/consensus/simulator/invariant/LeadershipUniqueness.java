package io.zabkeeper.consensus.simulator.invariant;

import io.zabkeeper.consensus.Effect;
import io.zabkeeper.consensus.Event;
import io.zabkeeper.consensus.HardState;
import io.zabkeeper.consensus.Role;
import io.zabkeeper.consensus.Status;
import io.zabkeeper.consensus.TraceEvent;
import io.zabkeeper.consensus.WalRecord;
import io.zabkeeper.consensus.quorum.NodeId;
import io.zabkeeper.consensus.quorum.NodeSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Leadership uniqueness.
 *
 * <p>∀ e: at most one r is established in e; and when it is, the disks of a quorum have taken e as their current epoch,
 * from r. Nobody serves as leader in an epoch that it was not established in. Source: {@code consensus.md} section 8.2,
 * rule Z-14.
 */
final class LeadershipUniqueness implements Property {
    private final World world;
    private final Map<Long, NodeId> established = new HashMap<>();
    private final Map<Long, NodeSet> confirmed = new HashMap<>();

    LeadershipUniqueness(World world) {
        this.world = world;
    }

    @Override
    public void persisted(Replica replica, WalRecord record) {
        if (record instanceof WalRecord.State state) {
            HardState hard = state.state();
            if (hard.currentEpoch() == hard.acceptedEpoch()) {
                confirmed.merge(hard.currentEpoch(), NodeSet.of(replica.id()), NodeSet::union);
            }
        }
    }

    @Override
    public void traced(Replica replica, TraceEvent event) {
        if (event instanceof TraceEvent.Established now) {
            NodeId other = established.putIfAbsent(now.epoch(), replica.id());
            if (other != null) {
                throw violation(replica, "is established in epoch " + now.epoch() + " like " + other);
            }
            NodeSet quorum = confirmed.getOrDefault(now.epoch(), NodeSet.EMPTY);
            if (!world.isQuorum(quorum)) {
                throw violation(replica, "is established in " + now.epoch() + " with only the disks of " + quorum);
            }
        }
    }

    @Override
    public void stepped(Replica replica, Event event, List<Effect> effects) {
        Status status = replica.status();
        if (status.role() == Role.LEADING && status.serving()) {
            NodeId leader = established.get(status.round());
            if (!replica.id().equals(leader)) {
                throw violation(replica, "serves as leader of " + status.round() + ", established is " + leader);
            }
        }
    }

    private static PropertyViolation violation(Replica replica, String claim) {
        return new PropertyViolation("LeadershipUniqueness", replica.id() + " " + claim);
    }
}
