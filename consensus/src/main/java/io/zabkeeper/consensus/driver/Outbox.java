package io.zabkeeper.consensus.driver;

import io.zabkeeper.consensus.Effect;
import java.util.PriorityQueue;

/**
 * Holds each message until the log is durable up to what the message promises (D4).
 *
 * <p>Messages with the same precondition leave in the order in which they came. One that needs nothing leaves at once,
 * before earlier ones that wait: every message names its epoch and position, so that equals network reordering.
 */
final class Outbox {
    private record Held(Effect.Send send, long arrival) {}

    private final PeerLinks links;
    private final PriorityQueue<Held> held = new PriorityQueue<>((a, b) -> {
        int byDurability = Long.compare(a.send.afterSequence(), b.send.afterSequence());
        return byDurability != 0 ? byDurability : Long.compare(a.arrival, b.arrival);
    });
    private long arrivals;
    private long durable;

    Outbox(PeerLinks links) {
        this.links = links;
    }

    void send(Effect.Send send) {
        if (send.afterSequence() <= durable) {
            links.send(send.to(), send.message());
        } else {
            held.add(new Held(send, arrivals++));
        }
    }

    /** Everything up to {@code sequence} is durable: let go what waited for it. */
    void releaseUpTo(long sequence) {
        durable = Math.max(durable, sequence);
        for (Held next = held.peek(); next != null && next.send.afterSequence() <= durable; next = held.peek()) {
            held.poll();
            links.send(next.send.to(), next.send.message());
        }
    }

    int size() {
        return held.size();
    }
}
