package io.zabkeeper.consensus.simulator;

import java.util.PriorityQueue;

/** What happens next: a queue ordered by time, and by arrival among equals. Time stands still while something happens. */
final class VirtualTime {
    static final long US = 1_000L;
    static final long MS = 1_000_000L;

    private record Due(long at, long sequence, Runnable action) {}

    private final PriorityQueue<Due> queue = new PriorityQueue<>((a, b) -> {
        int byTime = Long.compare(a.at, b.at);
        return byTime != 0 ? byTime : Long.compare(a.sequence, b.sequence);
    });
    private long now;
    private long arrivals;

    long now() {
        return now;
    }

    void at(long time, Runnable action) {
        queue.add(new Due(Math.max(time, now), arrivals++, action));
    }

    void after(long delay, Runnable action) {
        at(now + delay, action);
    }

    /** Lets the next thing happen, if it is due by {@code limit}; otherwise moves on to {@code limit}. */
    boolean advance(long limit) {
        Due next = queue.peek();
        if (next == null || next.at > limit) {
            now = Math.max(now, limit);
            return false;
        }
        queue.poll();
        now = next.at;
        next.action.run();
        return true;
    }

    int pending() {
        return queue.size();
    }

    /** How many things were ever scheduled; a measure of work. */
    long arrivals() {
        return arrivals;
    }
}
