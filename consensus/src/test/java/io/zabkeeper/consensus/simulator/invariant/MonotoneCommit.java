package io.zabkeeper.consensus.simulator.invariant;

import io.zabkeeper.consensus.DurableImage;
import io.zabkeeper.consensus.Effect;
import io.zabkeeper.consensus.Entry;
import io.zabkeeper.consensus.Event;
import io.zabkeeper.consensus.Status;
import io.zabkeeper.consensus.Zxid;
import io.zabkeeper.consensus.quorum.NodeId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Monotone commit, and only what is committed and locally durable is applied.
 *
 * <p>C[r] never decreases; delivered ≤ C[r] ≤ last entry held; and a delivered entry is on r's own disk. Source:
 * {@code consensus.md} section 8.1.
 */
final class MonotoneCommit implements Property {
    private final Map<NodeId, Long> commits = new TreeMap<>();

    @Override
    public void booted(Replica replica, DurableImage image) {
        commits.put(replica.id(), 0L);
    }

    @Override
    public void stepped(Replica replica, Event event, List<Effect> effects) {
        Status status = replica.status();
        long before = commits.getOrDefault(replica.id(), 0L);
        if (status.committed() < before) {
            throw violation(replica, "commit point went back", before, status.committed());
        }
        if (status.committed() > status.lastLogged()) {
            throw violation(replica, "committed beyond its log", status.committed(), status.lastLogged());
        }
        if (status.delivered() > status.committed()) {
            throw violation(replica, "delivered beyond its commit point", status.delivered(), status.committed());
        }
        commits.put(replica.id(), status.committed());
    }

    @Override
    public void delivered(Replica replica, long slot, Entry entry, long digest) {
        if (!replica.holds(entry.zxid())) {
            throw violation(replica, "delivered what its disk lacks", entry.zxid(), replica.lastDurable());
        }
    }

    private static PropertyViolation violation(Replica replica, String claim, long left, long right) {
        return new PropertyViolation(
                "MonotoneCommit",
                replica.id() + " " + claim + ": " + Zxid.toString(left) + ", " + Zxid.toString(right));
    }
}
