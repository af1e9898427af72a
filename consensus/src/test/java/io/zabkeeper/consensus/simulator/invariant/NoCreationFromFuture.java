package io.zabkeeper.consensus.simulator.invariant;

import io.zabkeeper.consensus.Entry;
import io.zabkeeper.consensus.quorum.NodeId;
import io.zabkeeper.consensus.quorum.NodeSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * No creation from the future.
 *
 * <p>When a position is delivered for the first time, the disks of a quorum hold it. Not what the members believe: what
 * the simulated disks would give back. A disk that was lost since it took part counts with what it held then. Source:
 * {@code consensus.md} section 8.1, rules R-7 and Z-19.
 */
final class NoCreationFromFuture implements Property {
    private final World world;

    /** Positions undecided so far that a disk held when it was lost. */
    private final Map<NodeId, Set<Long>> lost = new HashMap<>();

    NoCreationFromFuture(World world) {
        this.world = world;
    }

    @Override
    public void losesDisk(Replica replica) {
        Set<Long> held = lost.computeIfAbsent(replica.id(), id -> new HashSet<>());
        long last = world.decided().lastZxid();
        for (long zxid = replica.durableSuccessor(last);
                zxid != Long.MAX_VALUE;
                zxid = replica.durableSuccessor(zxid)) {
            held.add(zxid);
        }
    }

    @Override
    public void decided(Replica replica, long slot, Entry entry) {
        NodeSet holders = world.those(r ->
                r.holds(entry.zxid()) || lost.getOrDefault(r.id(), Set.of()).contains(entry.zxid()));
        if (!world.isQuorum(holders)) {
            throw new PropertyViolation(
                    "NoCreationFromFuture",
                    replica.id() + " delivered " + entry + " while it was durable only on " + holders);
        }
    }
}
