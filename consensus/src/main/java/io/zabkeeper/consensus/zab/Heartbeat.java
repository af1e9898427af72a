package io.zabkeeper.consensus.zab;

import java.util.ArrayDeque;
import java.util.Iterator;

/**
 * Numbers the heartbeat rounds of a leadership and remembers when each was sent: an answer is evidence for that moment,
 * not for the one at which it came.
 *
 * <p>Rounds that follow each other closely are remembered with the time of the first of them, which errs on the safe side.
 */
final class Heartbeat {
    /** From round {@code first} on, until the next burst. */
    private record Burst(long first, long sentAt) {}

    private final long memoryNanos;
    private final long resolutionNanos;

    /** Ascending. */
    private final ArrayDeque<Burst> bursts = new ArrayDeque<>();

    private long sequence;

    Heartbeat(long memoryNanos, long resolutionNanos) {
        this.memoryNanos = memoryNanos;
        this.resolutionNanos = resolutionNanos;
    }

    /** Starts a round. */
    long next(long now) {
        sequence++;
        if (bursts.isEmpty() || now - bursts.getLast().sentAt > resolutionNanos) {
            bursts.add(new Burst(sequence, now));
        }
        while (bursts.getFirst().sentAt < now - memoryNanos) {
            bursts.removeFirst();
        }
        return sequence;
    }

    /** A time at or before that at which the round was sent; for one long gone, before all remembered ones. */
    long sentAt(long round) {
        if (round <= sequence) {
            for (Iterator<Burst> newest = bursts.descendingIterator(); newest.hasNext(); ) {
                Burst burst = newest.next();
                if (burst.first <= round) {
                    return burst.sentAt;
                }
            }
        }
        return Long.MIN_VALUE;
    }
}
