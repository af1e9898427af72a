package io.zabkeeper.server.replica;

import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Reads that must not be older than their start: from the question to the leader (L-4) until the state has caught up with
 * the answer.
 */
final class Barriers {
    /** Waits for a barrier. Exactly one of the two is called, on the replica loop. */
    interface Waiter {
        void passed();

        void failed();
    }

    private record CatchingUp(long zxid, Waiter waiter) {}

    private final Map<Long, Waiter> asked = new HashMap<>();
    private final PriorityQueue<CatchingUp> catchingUp = new PriorityQueue<>((a, b) -> Long.compare(a.zxid, b.zxid));
    private long ids;

    /** Takes a waiter in and names its attempt; a name is never used twice (L-3). */
    long ask(Waiter waiter) {
        asked.put(++ids, waiter);
        return ids;
    }

    /** The leader's answer: everything committed before the question is at or below {@code zxid}. */
    void answered(long id, long zxid, long applied) {
        Waiter waiter = asked.remove(id);
        if (waiter == null) {
            return;
        }
        if (applied >= zxid) {
            waiter.passed();
        } else {
            catchingUp.add(new CatchingUp(zxid, waiter));
        }
    }

    void refused(long id) {
        Waiter waiter = asked.remove(id);
        if (waiter != null) {
            waiter.failed();
        }
    }

    /** The state has reached {@code zxid}. */
    void applied(long zxid) {
        for (CatchingUp next = catchingUp.peek(); next != null && next.zxid <= zxid; next = catchingUp.peek()) {
            catchingUp.poll();
            next.waiter.passed();
        }
    }

    void failAll() {
        for (Waiter waiter : asked.values().toArray(Waiter[]::new)) {
            waiter.failed();
        }
        asked.clear();
        for (@Nullable CatchingUp next = catchingUp.poll(); next != null; next = catchingUp.poll()) {
            next.waiter.failed();
        }
    }
}
