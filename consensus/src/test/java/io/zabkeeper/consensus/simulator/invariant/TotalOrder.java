package io.zabkeeper.consensus.simulator.invariant;

import io.zabkeeper.consensus.Entry;
import io.zabkeeper.consensus.SnapshotMeta;
import io.zabkeeper.consensus.Zxid;
import io.zabkeeper.consensus.quorum.NodeId;
import java.util.Map;
import java.util.TreeMap;

/**
 * Total order.
 *
 * <p>∀ r1, r2: D[r1] is a prefix of D[r2] or the other way round, where each incarnation continues from the snapshot that
 * it started on. Incrementally: r delivers without gap or repetition from where it stands, in ascending zxids, and never
 * beyond the one decided history. Source: {@code consensus.md} section 8.1.
 */
final class TotalOrder implements Property {
    private record Place(long slot, long zxid) {}

    private final World world;
    private final Map<NodeId, Place> places = new TreeMap<>();

    TotalOrder(World world) {
        this.world = world;
    }

    @Override
    public void restored(Replica replica, SnapshotMeta meta) {
        Place place = places.get(replica.id());
        if (place != null && meta.zxid() < place.zxid) {
            throw violation(
                    replica, "went back from " + Zxid.toString(place.zxid) + " to " + Zxid.toString(meta.zxid()));
        }
        places.put(replica.id(), new Place(meta.count(), meta.zxid()));
    }

    @Override
    public void crashed(Replica replica) {
        places.remove(replica.id());
    }

    @Override
    public void delivered(Replica replica, long slot, Entry entry, long digest) {
        Place place = places.get(replica.id());
        if (place == null || slot != place.slot + 1 || entry.zxid() <= place.zxid) {
            throw violation(replica, "delivered " + entry + " in slot " + slot + " after " + place);
        }
        if (slot > world.decided().length()) {
            throw violation(
                    replica,
                    "delivered slot " + slot + " beyond the decided "
                            + world.decided().length());
        }
        places.put(replica.id(), new Place(slot, entry.zxid()));
    }

    private static PropertyViolation violation(Replica replica, String claim) {
        return new PropertyViolation("TotalOrder", replica.id() + " " + claim);
    }
}
