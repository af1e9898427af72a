package io.zabkeeper.consensus.simulator.invariant;

import io.zabkeeper.consensus.DurableImage;
import io.zabkeeper.consensus.HardState;
import io.zabkeeper.consensus.TraceEvent;
import io.zabkeeper.consensus.WalRecord;
import io.zabkeeper.consensus.Zxid;
import io.zabkeeper.consensus.quorum.NodeId;
import java.util.Map;
import java.util.TreeMap;

/**
 * Epoch discipline.
 *
 * <p>currentEpoch ≤ acceptedEpoch in every hard state (Z-1); nobody broadcasts in e before it is established in e, in
 * this very incarnation (Z-15); nobody logs an entry of an epoch above the one it promised. Source:
 * {@code consensus.md} section 8.2.
 */
final class EpochDiscipline implements Property {
    private final Map<NodeId, Long> established = new TreeMap<>();

    @Override
    public void booted(Replica replica, DurableImage image) {
        established.remove(replica.id());
    }

    @Override
    public void appending(Replica replica, WalRecord record) {
        if (record instanceof WalRecord.State state) {
            HardState hard = state.state();
            if (hard.currentEpoch() > hard.acceptedEpoch()) {
                throw violation(replica, "writes " + hard);
            }
        } else if (record instanceof WalRecord.Append append) {
            long epoch = Zxid.epoch(append.entry().zxid());
            if (epoch > replica.writtenState().acceptedEpoch()) {
                throw violation(replica, "logs " + append.entry() + ", promised " + replica.writtenState());
            }
        }
    }

    @Override
    public void traced(Replica replica, TraceEvent event) {
        if (event instanceof TraceEvent.Established now) {
            established.put(replica.id(), now.epoch());
        } else if (event instanceof TraceEvent.Broadcast broadcast) {
            long epoch = Zxid.epoch(broadcast.entry().zxid());
            if (established.getOrDefault(replica.id(), -1L) != epoch) {
                throw violation(
                        replica,
                        "broadcasts " + broadcast.entry() + ", established in " + established.get(replica.id()));
            }
        }
    }

    private static PropertyViolation violation(Replica replica, String claim) {
        return new PropertyViolation("EpochDiscipline", replica.id() + " " + claim);
    }
}
