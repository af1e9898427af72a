package io.zabkeeper.consensus.simulator.invariant;

import io.zabkeeper.consensus.HardState;
import io.zabkeeper.consensus.Message;
import io.zabkeeper.consensus.TraceEvent;
import io.zabkeeper.consensus.WalRecord;
import io.zabkeeper.consensus.Zxid;
import io.zabkeeper.consensus.quorum.NodeId;
import io.zabkeeper.consensus.zab.ZabMessage;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sync soundness.
 *
 * <p>When r acknowledges NEWLEADER(e), its durable log up to the synchronization point is the leader's initial history of
 * e, possibly followed by entries of e itself, and by nothing else. {@link HistoryCoherence} turns "has the last entry of
 * the initial history" into "has all of it". Source: {@code consensus.md} section 8.2; ZK-3911, ZK-3023, ZK-4643.
 */
final class SyncSoundness implements Property {
    /** The last position of each epoch's initial history: the leader's log when it took the epoch as its current one. */
    private final Map<Long, Long> initialHistories = new HashMap<>();

    private final Map<NodeId, Long> currentEpochs = new TreeMap<>();

    @Override
    public void appending(Replica replica, WalRecord record) {
        if (record instanceof WalRecord.State state) {
            HardState hard = state.state();
            if (hard.acceptedLeader().equals(replica.id()) && hard.currentEpoch() == hard.acceptedEpoch()) {
                initialHistories.putIfAbsent(hard.currentEpoch(), replica.lastWritten());
            }
        }
    }

    /** The epoch on a disk stands for the history on that disk, whenever a crash may strike. */
    @Override
    public void persisted(Replica replica, WalRecord record) {
        if (record instanceof WalRecord.State state) {
            HardState hard = state.state();
            Long before = currentEpochs.put(replica.id(), hard.currentEpoch());
            if (before != null && before == hard.currentEpoch()) {
                return;
            }
            Long initial = initialHistories.get(hard.currentEpoch());
            if (initial != null && replica.isTrusted() && !replica.holds(initial)) {
                throw violation(
                        replica, "has epoch " + hard.currentEpoch() + " on its disk before " + Zxid.toString(initial));
            }
        }
    }

    @Override
    public void losesDisk(Replica replica) {
        currentEpochs.remove(replica.id());
    }

    @Override
    public void traced(Replica replica, TraceEvent event) {
        if (event instanceof TraceEvent.Established established) {
            Long initial = initialHistories.get(established.epoch());
            if (initial == null || initial != established.initialHistory()) {
                throw violation(replica, "is established on another history than the one of " + established.epoch());
            }
        }
    }

    /** Judged when the acknowledgement leaves, not when it was decided: that is when it becomes a promise. */
    @Override
    public void sent(Replica replica, NodeId leader, Message message) {
        if (!(message instanceof ZabMessage.NewLeaderAck ack)) {
            return;
        }
        long epoch = ack.epoch();
        Long initial = initialHistories.get(epoch);
        if (initial == null) {
            throw violation(replica, "confirms epoch " + epoch + ", which " + leader + " has not begun");
        }
        if (!replica.everHeld(initial)) {
            throw violation(replica, "confirms epoch " + epoch + " without " + Zxid.toString(initial) + " on its disk");
        }
        if (replica.durableState().acceptedEpoch() == epoch && replica.holds(initial)) {
            long next = replica.durableSuccessor(initial);
            if (next != Long.MAX_VALUE && Zxid.epoch(next) != epoch) {
                throw violation(
                        replica, "confirms epoch " + epoch + " with " + Zxid.toString(next) + " behind the history");
            }
        }
    }

    private static PropertyViolation violation(Replica replica, String claim) {
        return new PropertyViolation("SyncSoundness", replica.id() + " " + claim);
    }
}
