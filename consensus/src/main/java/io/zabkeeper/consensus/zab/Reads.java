package io.zabkeeper.consensus.zab;

import io.zabkeeper.consensus.RejectReason;
import java.util.ArrayDeque;

/**
 * Linearizable reads at a leader (L-2): each is bound to the commit point at its arrival and waits until a quorum has
 * answered a heartbeat round that was started after it. One round serves all that wait when it starts; the next starts
 * when it is over, so under load they share rounds, and alone they do not wait.
 */
final class Reads {
    private record Waiting(long readId, long zxid, long round) {}

    private final Member member;
    private final Learners learners;

    /** Ascending in round and position. */
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();

    /** Reads that came while a round was under way; they need the next one. */
    private final ArrayDeque<Waiting> later = new ArrayDeque<>();

    Reads(Member member, Learners learners) {
        this.member = member;
        this.learners = learners;
    }

    void add(long readId) {
        long committed = member.delivery.committed();
        if (member.mutations.has(ZabMutation.READ_WITHOUT_ROUND)) {
            member.effects.readReady(readId, committed);
            return;
        }
        later.add(new Waiting(readId, committed, 0));
        if (waiting.isEmpty()) {
            startRound();
        }
    }

    private void startRound() {
        long round = learners.ping();
        for (Waiting read = later.poll(); read != null; read = later.poll()) {
            waiting.add(new Waiting(read.readId, read.zxid, round));
        }
        onAnswer();
    }

    /** Later rounds, those of the timer among them, answer earlier ones: whoever answers them was asked afterwards. */
    void onAnswer() {
        while (!waiting.isEmpty() && member.quorums.isQuorum(learners.answered(waiting.getFirst().round))) {
            Waiting read = waiting.removeFirst();
            member.effects.readReady(read.readId, read.zxid);
        }
        if (waiting.isEmpty() && !later.isEmpty()) {
            startRound();
        }
    }

    /** L-3: a read belongs to a leadership. */
    void fail() {
        for (Waiting read : waiting) {
            member.effects.readFailed(read.readId, RejectReason.NOT_LEADER);
        }
        for (Waiting read : later) {
            member.effects.readFailed(read.readId, RejectReason.NOT_LEADER);
        }
        waiting.clear();
        later.clear();
    }
}
