package io.zabkeeper.server.replica;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * This member's own requests between proposal and delivery, in the order in which they were proposed.
 *
 * <p>Delivery keeps that order, so the oldest one is always the next: no map. A request whose number has been
 * passed will never come.
 */
final class PendingWrites {
    private record Pending(long sequence, Completion completion) {}

    private final Deque<Pending> queue = new ArrayDeque<>();

    void add(long sequence, Completion completion) {
        queue.addLast(new Pending(sequence, completion));
    }

    /** Takes out the request with this number; null when nobody waits for it. */
    @Nullable
    Completion take(long sequence) {
        for (Pending oldest = queue.peekFirst();
                oldest != null && oldest.sequence <= sequence;
                oldest = queue.peekFirst()) {
            queue.pollFirst();
            if (oldest.sequence == sequence) {
                return oldest.completion;
            }
            oldest.completion.lost();
        }
        return null;
    }

    /** Takes out a request that was refused; it may stand anywhere in the queue. */
    void refuse(long sequence) {
        for (Pending pending : queue) {
            if (pending.sequence == sequence) {
                queue.remove(pending);
                pending.completion.lost();
                return;
            }
        }
    }

    void loseAll() {
        while (!queue.isEmpty()) {
            queue.pollFirst().completion.lost();
        }
    }

    int size() {
        return queue.size();
    }
}
