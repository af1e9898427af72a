package io.zabkeeper.consensus.zab;

import io.zabkeeper.consensus.Standing;
import io.zabkeeper.consensus.quorum.NodeId;
import io.zabkeeper.consensus.quorum.NodeSet;

/**
 * The right to vote (D9, R-18): whether this member's votes, promises and acks count.
 *
 * <p>A disk that was ever counted has {@code voter} in its hard state. One without, new or wiped, gains it in two ways
 * only: a quorum that does not count it re-admits it ({@link Readmission}), or it takes part in the first formation.
 *
 * <p>Formation: every other voter must have said, in answer to something this member sent after it booted, that it is
 * LOOKING and has no history. Why that is enough. Suppose this disk was wiped after an earlier life had promised an epoch
 * to some leader. That leader is one of the others, and it was LOOKING after this boot, so the attempt in which it
 * counted the promise is over, and it can never count it again because each attempt has an epoch of its own. Nor was any
 * epoch established before: the leader that established it would have said that it has a history. So nothing that the
 * earlier life said matters any more, and the member is as good as one that has only been slow. The leader of an earlier
 * life that was this member itself died with it.
 *
 * <p>A disk that is known to have lost something ({@link Standing#AMNESIAC}) never forms.
 */
final class Franchise {
    private final NodeId self;
    private final NodeSet voters;
    private final Standing standing;
    private final Promise promise;
    private final History history;
    private final boolean everybodyVotes;

    /** Members that said so since this boot, this member included. */
    private NodeSet withoutHistory;

    Franchise(
            NodeId self, NodeSet voters, Standing standing, Promise promise, History history, boolean everybodyVotes) {
        this.self = self;
        this.voters = voters;
        this.standing = standing;
        this.promise = promise;
        this.history = history;
        this.everybodyVotes = everybodyVotes;
        this.withoutHistory = NodeSet.of(self);
    }

    boolean mayVote() {
        return voters.contains(self) && (promise.state().voter() || mayForm() || everybodyVotes);
    }

    boolean hasNoHistory() {
        return promise.state().currentEpoch() == 0 && history.isEmpty();
    }

    /** A fresh answer of a member that is LOOKING and has no history. */
    void heardWithoutHistory(NodeId member) {
        withoutHistory = withoutHistory.with(member);
    }

    private boolean mayForm() {
        return standing != Standing.AMNESIAC && hasNoHistory() && withoutHistory.containsAll(voters);
    }
}
