package io.zabkeeper.consensus.simulator;

import io.zabkeeper.consensus.Entry;
import io.zabkeeper.consensus.HardState;
import io.zabkeeper.consensus.SnapshotMeta;
import io.zabkeeper.consensus.WalRecord;
import io.zabkeeper.consensus.Zxid;
import io.zabkeeper.consensus.simulator.invariant.PropertyViolation;
import java.util.ArrayList;
import java.util.List;

/** What a sequence of log records amounts to. */
final class LogImage {
    private HardState state;

    /** The history before the first entry: nothing, what was purged, or a leader's snapshot. */
    private long base;

    /** Of the last marker that replaced the history. */
    private SnapshotMeta replacement;

    private final List<Entry> entries;

    LogImage() {
        this(HardState.INITIAL, 0, SnapshotMeta.NONE, new ArrayList<>());
    }

    private LogImage(HardState state, long base, SnapshotMeta replacement, List<Entry> entries) {
        this.state = state;
        this.base = base;
        this.replacement = replacement;
        this.entries = entries;
    }

    LogImage copy() {
        return new LogImage(state, base, replacement, new ArrayList<>(entries));
    }

    /** The positions that the record makes void are the answer. */
    List<Entry> apply(WalRecord record) {
        if (record instanceof WalRecord.Append append) {
            entries.add(append.entry());
        } else if (record instanceof WalRecord.State changed) {
            state = changed.state();
        } else if (record instanceof WalRecord.Truncate truncate) {
            return truncate(truncate.last());
        } else if (record instanceof WalRecord.Snapshot snapshot && snapshot.replacesHistory()) {
            List<Entry> gone = List.copyOf(entries);
            entries.clear();
            base = snapshot.meta().zxid();
            replacement = snapshot.meta();
            return gone;
        }
        return List.of();
    }

    private List<Entry> truncate(long last) {
        int keep = countUpTo(last);
        if (last != base && (keep == 0 || entries.get(keep - 1).zxid() != last)) {
            throw new PropertyViolation(
                    "SimulatedDisk", "asked to truncate to " + Zxid.toString(last) + ", which the log does not hold");
        }
        List<Entry> tail = entries.subList(keep, entries.size());
        List<Entry> gone = List.copyOf(tail);
        tail.clear();
        return gone;
    }

    /** Forgets entries up to {@code zxid}, but keeps the last {@code spare} of those. */
    void purge(long zxid, int spare) {
        int drop = countUpTo(zxid) - spare;
        if (drop > 0) {
            base = entries.get(drop - 1).zxid();
            entries.subList(0, drop).clear();
        }
    }

    void setState(HardState changed) {
        state = changed;
    }

    HardState state() {
        return state;
    }

    SnapshotMeta replacement() {
        return replacement;
    }

    long base() {
        return base;
    }

    List<Entry> entries() {
        return entries;
    }

    long last() {
        return entries.isEmpty() ? base : entries.get(entries.size() - 1).zxid();
    }

    boolean hasEntry(long zxid) {
        int count = countUpTo(zxid);
        return count > 0 && entries.get(count - 1).zxid() == zxid;
    }

    long successor(long zxid) {
        int count = countUpTo(zxid);
        return count < entries.size() ? entries.get(count).zxid() : Long.MAX_VALUE;
    }

    private int countUpTo(long zxid) {
        int low = 0;
        int high = entries.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (entries.get(middle).zxid() <= zxid) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
