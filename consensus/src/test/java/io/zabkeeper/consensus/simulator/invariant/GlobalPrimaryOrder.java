package io.zabkeeper.consensus.simulator.invariant;

import io.zabkeeper.consensus.Entry;
import io.zabkeeper.consensus.SnapshotMeta;
import io.zabkeeper.consensus.Zxid;
import io.zabkeeper.consensus.quorum.NodeId;
import java.util.Map;
import java.util.TreeMap;

/**
 * Global primary order.
 *
 * <p>∀ r, a of epoch e, b of epoch e' &gt; e: r delivered a and b ⇒ a before b. Source: {@code consensus.md} section 8.2,
 * Zab (DSN 2011) property of that name.
 */
final class GlobalPrimaryOrder implements Property {
    private final Map<NodeId, Long> epochs = new TreeMap<>();

    @Override
    public void restored(Replica replica, SnapshotMeta meta) {
        epochs.put(replica.id(), Zxid.epoch(meta.zxid()));
    }

    @Override
    public void delivered(Replica replica, long slot, Entry entry, long digest) {
        long epoch = Zxid.epoch(entry.zxid());
        Long before = epochs.put(replica.id(), epoch);
        if (before != null && before > epoch) {
            throw new PropertyViolation(
                    "GlobalPrimaryOrder", replica.id() + " delivered " + entry + " after one of epoch " + before);
        }
    }
}
