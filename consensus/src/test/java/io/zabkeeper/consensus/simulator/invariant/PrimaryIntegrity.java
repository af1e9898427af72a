package io.zabkeeper.consensus.simulator.invariant;

import io.zabkeeper.consensus.Entry;
import io.zabkeeper.consensus.TraceEvent;
import io.zabkeeper.consensus.Zxid;
import java.util.Map;
import java.util.TreeMap;

/**
 * Primary integrity.
 *
 * <p>∀ e, p primary of e, b of an epoch below e: somebody delivers b, now or ever ⇒ p had committed b before its first
 * broadcast in e. Source: {@code consensus.md} section 8.2, Zab (DSN 2011) property of that name.
 */
final class PrimaryIntegrity implements Property {
    private final World world;

    /** What each primary had committed when it broadcast first. */
    private final TreeMap<Long, Long> committedAtFirst = new TreeMap<>();

    PrimaryIntegrity(World world) {
        this.world = world;
    }

    @Override
    public void traced(Replica replica, TraceEvent event) {
        if (!(event instanceof TraceEvent.Broadcast broadcast)) {
            return;
        }
        long epoch = Zxid.epoch(broadcast.entry().zxid());
        if (committedAtFirst.containsKey(epoch)) {
            return;
        }
        long committed = broadcast.entry().previous();
        committedAtFirst.put(epoch, committed);
        long last = lastDecidedBefore(epoch);
        if (last > committed || replica.status().committed() < committed) {
            throw new PropertyViolation(
                    "PrimaryIntegrity",
                    replica.id() + " begins epoch " + epoch + " on " + Zxid.toString(committed)
                            + ", somebody has delivered " + Zxid.toString(last));
        }
    }

    /** The epoch may be over when its primary, which does not know yet, begins: later ones do not concern it. */
    private long lastDecidedBefore(long epoch) {
        for (long slot = world.decided().length(); slot > 0; slot--) {
            long zxid = world.decided().at(slot).zxid();
            if (Zxid.epoch(zxid) < epoch) {
                return zxid;
            }
        }
        return Zxid.NONE;
    }

    @Override
    public void decided(Replica replica, long slot, Entry entry) {
        Map.Entry<Long, Long> later = committedAtFirst.higherEntry(Zxid.epoch(entry.zxid()));
        if (later != null && entry.zxid() > later.getValue()) {
            throw new PropertyViolation(
                    "PrimaryIntegrity",
                    replica.id() + " delivers " + entry + " which the primary of " + later.getKey() + " had not");
        }
    }
}
