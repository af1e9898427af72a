package io.zabkeeper.consensus.simulator.invariant;

import io.zabkeeper.consensus.SnapshotMeta;

/**
 * Snapshot exactness.
 *
 * <p>digest(restore(snapshot at s)) = digest at s; and nothing but decided positions is ever in a snapshot (D8). Source:
 * {@code consensus.md} section 8.1, rule R-20; ZK-3104, ZK-1558.
 */
final class SnapshotExactness implements Property {
    private final World world;

    SnapshotExactness(World world) {
        this.world = world;
    }

    @Override
    public void cut(Replica replica, SnapshotMeta meta) {
        require(replica, "cut", meta);
    }

    @Override
    public void restored(Replica replica, SnapshotMeta meta) {
        require(replica, "restored", meta);
    }

    private void require(Replica replica, String verb, SnapshotMeta meta) {
        long slot = world.decided().slotOf(meta.zxid());
        if (slot < 0 || meta.count() != slot || meta.digest() != world.decided().digestAt(slot)) {
            throw new PropertyViolation(
                    "SnapshotExactness",
                    replica.id() + " " + verb + " " + meta + ", which is not the state of slot " + slot);
        }
    }
}
