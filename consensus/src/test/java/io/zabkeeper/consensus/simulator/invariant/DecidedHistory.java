package io.zabkeeper.consensus.simulator.invariant;

import io.zabkeeper.consensus.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What anybody has delivered, slot by slot, as the first to deliver it had it. Slots are dense and begin at 1; slot 0 is
 * the empty state.
 */
public final class DecidedHistory {
    private final List<Entry> entries = new ArrayList<>();
    private final List<Long> digests = new ArrayList<>(List.of(0L));
    private final Map<Long, Integer> slots = new HashMap<>();

    public long length() {
        return entries.size();
    }

    public Entry at(long slot) {
        return entries.get((int) slot - 1);
    }

    /** Of the state after that slot. */
    public long digestAt(long slot) {
        return digests.get((int) slot);
    }

    public boolean contains(long zxid) {
        return zxid == 0 || slots.containsKey(zxid);
    }

    /** -1 when nobody has delivered that position. */
    public long slotOf(long zxid) {
        return zxid == 0 ? 0 : slots.getOrDefault(zxid, -1);
    }

    public long lastZxid() {
        return entries.isEmpty() ? 0 : entries.get(entries.size() - 1).zxid();
    }

    public void extend(Entry entry, long digest) {
        entries.add(entry);
        digests.add(digest);
        slots.put(entry.zxid(), entries.size());
    }
}
