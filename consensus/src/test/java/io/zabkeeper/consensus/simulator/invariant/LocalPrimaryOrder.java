package io.zabkeeper.consensus.simulator.invariant;

import io.zabkeeper.consensus.Entry;
import io.zabkeeper.consensus.SnapshotMeta;
import io.zabkeeper.consensus.TraceEvent;
import io.zabkeeper.consensus.Zxid;
import io.zabkeeper.consensus.quorum.NodeId;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Local primary order.
 *
 * <p>∀ r, e, a, b: the primary of e broadcast a before b ∧ r delivered b ⇒ r delivered a before b. For all pairs: the
 * published TLA+ text quantifies existentially over pairs that may be equal, which says nothing. Incrementally: r
 * delivers the n-th broadcast of e directly behind the one before it, and the first directly behind an older epoch.
 * Source: {@code consensus.md} section 8.2, Zab (DSN 2011) property of that name.
 */
final class LocalPrimaryOrder implements Property {
    /** For each broadcast position the one before it in the same epoch, 0 for the epoch's first. */
    private final Map<Long, Long> predecessors = new HashMap<>();

    private final Map<Long, Long> lastBroadcasts = new HashMap<>();
    private final Map<NodeId, Long> lastDelivered = new TreeMap<>();

    @Override
    public void traced(Replica replica, TraceEvent event) {
        if (event instanceof TraceEvent.Broadcast broadcast) {
            long zxid = broadcast.entry().zxid();
            Long before = lastBroadcasts.put(Zxid.epoch(zxid), zxid);
            if (before != null && before >= zxid) {
                throw violation(replica, "broadcast " + Zxid.toString(zxid) + " after " + Zxid.toString(before));
            }
            predecessors.put(zxid, before == null ? 0 : before);
        }
    }

    @Override
    public void restored(Replica replica, SnapshotMeta meta) {
        lastDelivered.put(replica.id(), meta.zxid());
    }

    @Override
    public void delivered(Replica replica, long slot, Entry entry, long digest) {
        long last = lastDelivered.getOrDefault(replica.id(), 0L);
        Long before = predecessors.get(entry.zxid());
        if (before == null) {
            throw violation(replica, "delivered " + entry + ", which no primary broadcast");
        }
        if (before == 0 ? Zxid.epoch(last) >= Zxid.epoch(entry.zxid()) : last != before) {
            throw violation(replica, "delivered " + entry + " directly behind " + Zxid.toString(last));
        }
        lastDelivered.put(replica.id(), entry.zxid());
    }

    private static PropertyViolation violation(Replica replica, String claim) {
        return new PropertyViolation("LocalPrimaryOrder", replica.id() + " " + claim);
    }
}
