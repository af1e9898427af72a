package io.zabkeeper.consensus.simulator.invariant;

import io.zabkeeper.consensus.DurableImage;
import io.zabkeeper.consensus.Entry;
import io.zabkeeper.consensus.Zxid;

/**
 * Crash idempotence.
 *
 * <p>The state after boot from the disk and replay equals the state reached without a crash for the same delivered
 * prefix. Here: what the disk claims as committed is the decided history, without a hole between the checkpoint and the
 * log; {@link DigestEquality} compares the states as the replay goes on. Source: {@code consensus.md} section 8.1;
 * ZK-2325, ZK-2845.
 */
final class CrashIdempotence implements Property {
    private final World world;

    CrashIdempotence(World world) {
        this.world = world;
    }

    @Override
    public void booted(Replica replica, DurableImage image) {
        long previous = -1;
        for (Entry entry : image.entries()) {
            if (previous == -1 ? entry.previous() > image.snapshot().zxid() : entry.previous() != previous) {
                throw new PropertyViolation("CrashIdempotence", replica.id() + " found a hole before " + entry);
            }
            previous = entry.zxid();
            if (entry.zxid() <= image.committed() && !world.decided().contains(entry.zxid())) {
                requireCommittable(replica, entry);
            }
        }
    }

    /** Committed by a leader that crashed before anybody delivered: then a quorum holds it, which is all we can ask. */
    private void requireCommittable(Replica replica, Entry entry) {
        if (!world.isQuorum(world.those(r -> r.everHeld(entry.zxid())))) {
            throw new PropertyViolation(
                    "CrashIdempotence",
                    replica.id() + " found " + Zxid.toString(entry.zxid())
                            + " as committed, which no quorum ever held");
        }
    }
}
