package io.zabkeeper.consensus.simulator.invariant;

import io.zabkeeper.consensus.DurableImage;
import io.zabkeeper.consensus.Effect;
import io.zabkeeper.consensus.Event;
import io.zabkeeper.consensus.WalRecord;
import io.zabkeeper.consensus.quorum.NodeId;
import io.zabkeeper.consensus.zab.ZabMessage;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Single writer.
 *
 * <p>No effect of an older role after a newer role's first effect: once a member has appended the promise of epoch e, its
 * core says nothing more in an epoch below e; log sequences only grow, and no message waits for a record that was never
 * appended. Source: {@code consensus.md} section 8.1, rules R-8 (c) and R-19; ZK-4712.
 */
final class SingleWriter implements Property {
    private final Map<NodeId, Long> promised = new TreeMap<>();
    private final Map<NodeId, Long> sequences = new TreeMap<>();

    @Override
    public void booted(Replica replica, DurableImage image) {
        promised.put(replica.id(), image.hardState().acceptedEpoch());
        sequences.put(replica.id(), 0L);
    }

    @Override
    public void stepped(Replica replica, Event event, List<Effect> effects) {
        for (Effect effect : effects) {
            if (effect instanceof Effect.Wal wal) {
                append(replica, wal);
            } else if (effect instanceof Effect.Send send) {
                send(replica, send);
            }
        }
    }

    private void append(Replica replica, Effect.Wal wal) {
        long before = sequences.getOrDefault(replica.id(), 0L);
        if (wal.sequence() <= before) {
            throw violation(replica, "appends sequence " + wal.sequence() + " after " + before);
        }
        sequences.put(replica.id(), wal.sequence());
        for (WalRecord record : wal.records()) {
            if (record instanceof WalRecord.State state) {
                promised.merge(replica.id(), state.state().acceptedEpoch(), Math::max);
            }
        }
    }

    private void send(Replica replica, Effect.Send send) {
        if (send.afterSequence() > sequences.getOrDefault(replica.id(), 0L)) {
            throw violation(replica, "sends " + send + " after a record that does not exist");
        }
        long epoch = send.message() instanceof ZabMessage.OfAttempt of
                ? of.epoch()
                : send.message() instanceof ZabMessage.LeaderInfo info ? info.epoch() : Long.MAX_VALUE;
        if (epoch < promised.getOrDefault(replica.id(), 0L)) {
            throw violation(replica, "says " + send.message() + " after it promised " + promised.get(replica.id()));
        }
    }

    private static PropertyViolation violation(Replica replica, String claim) {
        return new PropertyViolation("SingleWriter", replica.id() + " " + claim);
    }
}
