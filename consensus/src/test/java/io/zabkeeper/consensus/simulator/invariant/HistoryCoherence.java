package io.zabkeeper.consensus.simulator.invariant;

import io.zabkeeper.consensus.Entry;
import io.zabkeeper.consensus.WalRecord;
import io.zabkeeper.consensus.Zxid;
import java.util.HashMap;
import java.util.Map;

/**
 * History coherence, and every log is contiguous.
 *
 * <p>∀ logs l1, l2, zxid z: z ∈ l1 ∧ z ∈ l2 ⇒ l1[z] = l2[z], predecessor included; hence two logs that share a position
 * share everything before it. An entry is appended only behind its predecessor (Z-8, Z-18). Time stamps do not go back
 * within an epoch. Source: {@code consensus.md} section 8.2; ZK-335, ZK-4925.
 */
final class HistoryCoherence implements Property {
    private final Map<Long, Entry> entries = new HashMap<>();

    @Override
    public void appending(Replica replica, WalRecord record) {
        if (!(record instanceof WalRecord.Append append)) {
            return;
        }
        Entry entry = append.entry();
        if (entry.previous() != replica.lastWritten()) {
            throw new PropertyViolation(
                    "HistoryCoherence",
                    replica.id() + " appends " + entry + " behind " + Zxid.toString(replica.lastWritten()));
        }
        if (entry.zxid() <= entry.previous()) {
            throw new PropertyViolation("HistoryCoherence", replica.id() + " appends " + entry + ", not ascending");
        }
        Entry known = entries.putIfAbsent(entry.zxid(), entry);
        if (known == null) {
            requireStampInOrder(replica, entry);
        } else if (!known.equals(entry)) {
            throw new PropertyViolation(
                    "HistoryCoherence", replica.id() + " appends " + entry + ", others have " + known + " there");
        }
    }

    private void requireStampInOrder(Replica replica, Entry entry) {
        Entry previous = entries.get(entry.previous());
        if (previous != null
                && Zxid.epoch(previous.zxid()) == Zxid.epoch(entry.zxid())
                && entry.stampMillis() < previous.stampMillis()) {
            throw new PropertyViolation("HistoryCoherence", replica.id() + " stamps " + entry + " before " + previous);
        }
    }
}
