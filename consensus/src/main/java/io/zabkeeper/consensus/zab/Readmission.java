package io.zabkeeper.consensus.zab;

/**
 * Gives learners that may not vote the right to do so (D9, R-18): those that are new, and those that lost their disk.
 *
 * <p>A member that lost its disk has forgotten what it promised and what it acknowledged. It may be counted again when
 * neither can be missed:
 *
 * <ul>
 *   <li>The leader takes a <em>barrier</em>: an entry that it proposed after the learner came to it, one that means
 *       nothing if there is no other.
 *   <li>A quorum has the barrier on its disks. The learner is not among those counted, since it may not vote.
 *   <li>The learner's own disk has it, too.
 * </ul>
 *
 * <p>Forgotten acks. Whatever the learner's earlier life acknowledged and this leader counted is before the barrier, hence
 * in the learner's log again; what it acknowledged to earlier leaders and was committed is in this leader's initial
 * history.
 *
 * <p>Forgotten promises. Let the earlier life have promised a larger epoch e' to some leader, who counts that promise even
 * now. Its quorum and that of the barrier share a voter, and that is not the learner. Had this voter promised e' before
 * it logged the barrier, it would not have logged it. So it promised afterwards, and reported a history with the barrier;
 * then the leader of e' can only proceed if its own history has the barrier (section 2.3, step 5), which it must have
 * logged before it opened e' and asked for promises, that is, after the learner had come back. So the promise was not
 * forgotten. By induction over the epochs in between, none of their leaders cuts the barrier off.
 *
 * <p>A mere heartbeat round in place of the barrier would not do: it shows that nobody in a quorum had promised e' yet, but
 * leaves no trace in what these voters report when they promise it later. With five voters the leader of e' could then
 * join a forgotten promise with a later one and miss what was committed with the learner's vote in between.
 */
final class Readmission {
    private final Member member;
    private final Learners learners;
    private final Tail tail;

    Readmission(Member member, Learners learners, Tail tail) {
        this.member = member;
        this.learners = learners;
        this.tail = tail;
    }

    /** Looks after those that may not vote; called with every heartbeat, so what is lost is repeated. */
    void onHeartbeat() {
        for (LearnerProgress learner : learners.all().toArray(new LearnerProgress[0])) {
            boolean candidate = !learner.voting
                    && learner.newLeaderAcked
                    && learner.upToDate
                    && member.configuration.voters().contains(learner.id);
            if (candidate && learner.barrier == 0) {
                learner.barrier = member.history.last() > learner.attachedAt
                        ? member.history.last()
                        : tail.proposeNothing(learners);
            } else if (candidate
                    && member.delivery.committed() >= learner.barrier
                    && learner.acked() >= learner.barrier) {
                member.effects.send(learner.id, new ZabMessage.Readmitted(learners.epoch(), learner.nonce));
            }
        }
    }
}
