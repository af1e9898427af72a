package io.zabkeeper.consensus.simulator.invariant;

import io.zabkeeper.consensus.HardState;
import io.zabkeeper.consensus.TraceEvent;
import io.zabkeeper.consensus.WalRecord;
import io.zabkeeper.consensus.Zxid;
import io.zabkeeper.consensus.quorum.NodeId;
import io.zabkeeper.consensus.quorum.NodeSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Commit quorum.
 *
 * <p>A member moves its commit point to z in epoch e ⇒ there is a quorum of disks each of which holds z and has taken e as
 * its current epoch. Holding z is not enough: a member that holds it under an older epoch loses against one that has the
 * newer epoch and a shorter log. Entries of older epochs follow from the same rule, because the initial history is
 * confirmed as a whole. Source: rules Z-14, Z-19 and Z-21, {@code chosen} in the proof of Zab.
 */
final class CommitQuorum implements Property {
    private final World world;

    /** Members whose disk had this current epoch at some time. */
    private final Map<Long, NodeSet> confirmed = new HashMap<>();

    /** Positions that a disk held when it was lost. */
    private final Map<NodeId, Set<Long>> lost = new HashMap<>();

    CommitQuorum(World world) {
        this.world = world;
    }

    @Override
    public void persisted(Replica replica, WalRecord record) {
        if (record instanceof WalRecord.State state) {
            HardState hard = state.state();
            confirmed.merge(hard.currentEpoch(), NodeSet.of(replica.id()), NodeSet::union);
        }
    }

    @Override
    public void losesDisk(Replica replica) {
        Set<Long> held = lost.computeIfAbsent(replica.id(), id -> new HashSet<>());
        DecidedHistory decided = world.decided();
        for (long slot = 1; slot <= decided.length(); slot++) {
            if (replica.holds(decided.at(slot).zxid())) {
                held.add(decided.at(slot).zxid());
            }
        }
        long zxid = replica.durableSuccessor(Zxid.NONE);
        while (zxid != Long.MAX_VALUE) {
            held.add(zxid);
            zxid = replica.durableSuccessor(zxid);
        }
    }

    @Override
    public void traced(Replica replica, TraceEvent event) {
        if (event instanceof TraceEvent.Committed committed) {
            long epoch = replica.status().round();
            NodeSet quorum = NodeSet.EMPTY;
            for (NodeId id : confirmed.getOrDefault(epoch, NodeSet.EMPTY)) {
                boolean held = world.replica(id).everHeld(committed.zxid())
                        || lost.getOrDefault(id, Set.of()).contains(committed.zxid());
                quorum = held ? quorum.with(id) : quorum;
            }
            if (!world.isQuorum(quorum)) {
                throw new PropertyViolation(
                        "CommitQuorum",
                        replica.id() + " commits " + Zxid.toString(committed.zxid()) + " in epoch " + epoch
                                + ", which only " + quorum + " have under that epoch");
            }
        }
    }
}
