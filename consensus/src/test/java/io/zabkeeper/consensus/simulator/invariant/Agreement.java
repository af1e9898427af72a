package io.zabkeeper.consensus.simulator.invariant;

import io.zabkeeper.consensus.Entry;

/**
 * Agreement, also called state machine safety.
 *
 * <p>∀ r1, r2, s: s ∈ D[r1] ∧ s ∈ D[r2] ⇒ D[r1][s] = D[r2][s], where D[r] is what r delivered and s a slot. The whole
 * entry must be equal, time stamp and origin included. Source: {@code consensus.md} section 8.1.
 */
final class Agreement implements Property {
    private final World world;

    Agreement(World world) {
        this.world = world;
    }

    @Override
    public void delivered(Replica replica, long slot, Entry entry, long digest) {
        Entry first = world.decided().at(slot);
        if (!first.equals(entry)) {
            throw new PropertyViolation(
                    "Agreement", replica.id() + " delivered " + entry + " in slot " + slot + ", others " + first);
        }
    }
}
