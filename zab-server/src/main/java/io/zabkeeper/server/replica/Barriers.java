package io.zabkeeper.server.replica;

import io.zabkeeper.consensus.driver.PeerLinks;
import io.zabkeeper.consensus.quorum.NodeId;
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

    /** A question to the core of a leader: whose it is, null for this member's own, and its name there. */
    private record Question(@Nullable NodeId asker, long id) {}

    private final PeerLinks links;
    private final Map<Long, Waiter> asked = new HashMap<>();
    /** By the core's name for each; empty on a member that does not lead. */
    private final Map<Long, Question> underWay = new HashMap<>();

    private final PriorityQueue<CatchingUp> catchingUp = new PriorityQueue<>((a, b) -> Long.compare(a.zxid, b.zxid));
    private long ids;
    private long coreReads;

    Barriers(PeerLinks links) {
        this.links = links;
    }

    /** Takes a waiter in and names its attempt; a name is never used twice (L-3). */
    long ask(Waiter waiter) {
        asked.put(++ids, waiter);
        return ids;
    }

    /** Names a question for this leader's core, which comes from a follower or, with null, from here. */
    long askCore(@Nullable NodeId asker, long id) {
        underWay.put(++coreReads, new Question(asker, id));
        return coreReads;
    }

    /** Questions that a leader's core has not answered yet. */
    int pendingAtCore() {
        return underWay.size();
    }

    /** The core's answer, which goes to whoever asked; 0 for a question that failed. */
    void coreAnswers(long coreRead, long zxid, long applied) {
        Question question = underWay.remove(coreRead);
        if (question == null) {
            return;
        }
        if (question.asker != null) {
            links.send(question.asker, new ReplicaMessage.BarrierReply(question.id, zxid));
        } else if (zxid == 0) {
            refused(question.id);
        } else {
            answered(question.id, zxid, applied);
        }
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
        underWay.clear();
        for (Waiter waiter : asked.values().toArray(Waiter[]::new)) {
            waiter.failed();
        }
        asked.clear();
        for (@Nullable CatchingUp next = catchingUp.poll(); next != null; next = catchingUp.poll()) {
            next.waiter.failed();
        }
    }
}
