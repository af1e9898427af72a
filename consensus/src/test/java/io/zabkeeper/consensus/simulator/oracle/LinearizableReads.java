package io.zabkeeper.consensus.simulator.oracle;

import io.zabkeeper.consensus.Entry;
import io.zabkeeper.consensus.Zxid;
import io.zabkeeper.consensus.simulator.invariant.Property;
import io.zabkeeper.consensus.simulator.invariant.PropertyViolation;
import io.zabkeeper.consensus.simulator.invariant.Replica;
import java.util.HashMap;
import java.util.Map;

/**
 * Linearizable reads.
 *
 * <p>A read behind a barrier that was invoked at time t is served from a position at or above every write acknowledged
 * before t and every barrier read served before t. Zxids are the witness order, so one number is the whole history of
 * what clients have seen. Source: {@code consensus.md} sections 8.6 and 9, L-1, L-2; ZK-1675.
 */
public final class LinearizableReads implements Property {
    private long seen;
    private final Map<Long, Long> seenAtInvocation = new HashMap<>();

    @Override
    public void acknowledged(Replica origin, long slot, Entry entry) {
        seen = Math.max(seen, entry.zxid());
    }

    @Override
    public void readInvoked(Replica replica, long readId) {
        seenAtInvocation.put(readId, seen);
    }

    @Override
    public void readServed(Replica replica, long readId, long ready, long servedAt) {
        Long floor = seenAtInvocation.remove(readId);
        if (floor == null) {
            throw new PropertyViolation("LinearizableReads", replica.id() + " answered the unknown read " + readId);
        }
        if (ready < floor) {
            throw new PropertyViolation(
                    "LinearizableReads",
                    replica.id() + " may serve read " + readId + " from " + Zxid.toString(ready)
                            + " on, though a client had already seen " + Zxid.toString(floor));
        }
        seen = Math.max(seen, servedAt);
    }

    @Override
    public void readFailed(Replica replica, long readId) {
        seenAtInvocation.remove(readId);
    }
}
