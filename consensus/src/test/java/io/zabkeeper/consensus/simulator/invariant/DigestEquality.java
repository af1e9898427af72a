package io.zabkeeper.consensus.simulator.invariant;

import io.zabkeeper.consensus.Entry;

/**
 * Digest equality.
 *
 * <p>∀ r1, r2, s: both stand at slot s ⇒ digest(r1) = digest(r2), over crashes and snapshots. Source:
 * {@code consensus.md} section 8.1, rule R-37.
 */
final class DigestEquality implements Property {
    private final World world;

    DigestEquality(World world) {
        this.world = world;
    }

    @Override
    public void delivered(Replica replica, long slot, Entry entry, long digest) {
        if (world.decided().digestAt(slot) != digest) {
            throw new PropertyViolation("DigestEquality", replica.id() + " differs after slot " + slot + ", " + entry);
        }
    }
}
