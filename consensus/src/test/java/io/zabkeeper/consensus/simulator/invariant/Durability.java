package io.zabkeeper.consensus.simulator.invariant;

import io.zabkeeper.consensus.Entry;
import io.zabkeeper.consensus.SnapshotMeta;
import io.zabkeeper.consensus.WalRecord;
import io.zabkeeper.consensus.Zxid;
import io.zabkeeper.consensus.quorum.NodeId;
import io.zabkeeper.consensus.quorum.NodeSet;
import java.util.Map;
import java.util.TreeMap;

/**
 * Durability.
 *
 * <p>Once a request is acknowledged to its client in slot s, at all later times every quorum of disks that were not lost
 * holds s, as an entry or inside a snapshot. Checked where it can change: when a disk truncates, takes over a foreign
 * snapshot, is lost, or is trusted again. Source: {@code consensus.md} section 8.1.
 *
 * <p>Delivered counts as acknowledged: whoever delivers may show it to a reader.
 */
final class Durability implements Property {
    private final World world;
    private final Map<NodeId, Boolean> trusted = new TreeMap<>();

    Durability(World world) {
        this.world = world;
    }

    @Override
    public void appending(Replica replica, WalRecord record) {
        if (record instanceof WalRecord.Truncate truncate) {
            long first = world.decided().slotOf(truncate.last()) + 1;
            if (first == 0) {
                return; // Ends in something undecided, so everything decided below it stays.
            }
            if (first <= world.decided().length()
                    && replica.holds(world.decided().at(first).zxid())) {
                throw new PropertyViolation(
                        "Durability",
                        replica.id() + " truncates " + world.decided().at(first) + ", which was delivered");
            }
        }
    }

    @Override
    public void persisted(Replica replica, WalRecord record) {
        if (record instanceof WalRecord.Append) {
            return;
        }
        if (record instanceof WalRecord.State) {
            Boolean before = trusted.put(replica.id(), replica.isTrusted());
            if (before != null && before == replica.isTrusted()) {
                return;
            }
        }
        checkAll("after " + record + " of " + replica.id());
    }

    @Override
    public void restored(Replica replica, SnapshotMeta meta) {
        checkAll("after " + replica.id() + " restored " + Zxid.toString(meta.zxid()));
    }

    @Override
    public void acknowledged(Replica origin, long slot, Entry entry) {
        check(slot, entry, "when acknowledged");
    }

    /** Every slot below one that is safe is safe too where histories are coherent, but that is not ours to assume. */
    private void checkAll(String when) {
        for (long slot = world.decided().length(); slot > 0; slot--) {
            check(slot, world.decided().at(slot), when);
        }
    }

    private void check(long slot, Entry entry, String when) {
        NodeSet lacking = world.those(replica -> replica.isTrusted() && !replica.holds(entry.zxid()));
        if (world.isQuorum(lacking)) {
            throw new PropertyViolation(
                    "Durability", entry + " of slot " + slot + " is lacking on the quorum " + lacking + " " + when);
        }
    }
}
