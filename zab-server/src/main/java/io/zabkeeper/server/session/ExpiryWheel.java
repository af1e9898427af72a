package io.zabkeeper.server.session;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Knows when each session expires; the leader's part of sessions. It answers who has expired by now and does nothing about
 * it: an expiry is an ordered request like any other.
 *
 * <p>Never early: a deadline is the instant the session was last heard plus its timeout, rounded up. Times are the
 * leader's monotonic milliseconds. Not thread-safe, belongs to the replica loop.
 */
public final class ExpiryWheel {
    /** Sessions are kept in slots of this width, so that touching one again soon costs a look-up and nothing else. */
    private static final int SLOT_MS = 64;

    private final Map<Long, Long> slotOf = new HashMap<>();
    private final TreeMap<Long, Map<Long, Boolean>> slots = new TreeMap<>();

    /** The session was heard at {@code heardMs}; an older report than the one that counts already changes nothing. */
    public void touch(long session, int timeoutMs, long heardMs) {
        long slot = (heardMs + timeoutMs) / SLOT_MS + 1;
        Long present = slotOf.get(session);
        if (present != null && present >= slot) {
            return;
        }
        if (present != null) {
            leave(session, present);
        }
        slotOf.put(session, slot);
        slots.computeIfAbsent(slot, unused -> new HashMap<>()).put(session, true);
    }

    /** Whether the wheel watches over this session. */
    public boolean contains(long session) {
        return slotOf.containsKey(session);
    }

    public void remove(long session) {
        Long slot = slotOf.remove(session);
        if (slot != null) {
            leave(session, slot);
        }
    }

    /** Forgets every session, as a leader does that has lost its office. */
    public void clear() {
        slotOf.clear();
        slots.clear();
    }

    /** Takes out the sessions whose deadline has passed, in the order of their deadlines. */
    public List<Long> expire(long nowMs) {
        List<Long> expired = new ArrayList<>();
        while (!slots.isEmpty() && slots.firstKey() * SLOT_MS <= nowMs) {
            List<Long> slot = new ArrayList<>(slots.pollFirstEntry().getValue().keySet());
            slot.sort(null);
            expired.addAll(slot);
        }
        expired.forEach(slotOf::remove);
        return expired;
    }

    /** Gets a session and when it expires, in the leader's monotonic milliseconds. */
    public interface Visitor {
        void session(long session, long deadlineMs);
    }

    /** The sessions in the order of their deadlines, so many at most. */
    public void forEach(int limit, Visitor visitor) {
        int left = limit;
        for (Map.Entry<Long, Map<Long, Boolean>> slot : slots.entrySet()) {
            List<Long> sessions = new ArrayList<>(slot.getValue().keySet());
            sessions.sort(null);
            for (long session : sessions) {
                if (left-- == 0) {
                    return;
                }
                visitor.session(session, slot.getKey() * SLOT_MS);
            }
        }
    }

    public int size() {
        return slotOf.size();
    }

    private void leave(long session, long slot) {
        Map<Long, Boolean> others = slots.get(slot);
        if (others != null) {
            others.remove(session);
            if (others.isEmpty()) {
                slots.remove(slot);
            }
        }
    }
}
