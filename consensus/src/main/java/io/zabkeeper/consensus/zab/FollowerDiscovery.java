package io.zabkeeper.consensus.zab;

import io.zabkeeper.consensus.HardState;
import io.zabkeeper.consensus.Role;
import io.zabkeeper.consensus.SnapshotId;
import io.zabkeeper.consensus.SnapshotMeta;
import io.zabkeeper.consensus.quorum.NodeId;

/**
 * A learner that has chosen a leader: it reports what it promised, promises the leader's epoch and reports its history.
 *
 * <p>Zab phase 1, section 2.3. {@code FollowerProcessLEADERINFO} in the TLA+ specification.
 */
final class FollowerDiscovery extends Phase {
    private final Attempt attempt;

    /** What the leader was told, and goes by. */
    private final boolean voting;

    /** The last thing said, repeated until it is answered. */
    private ZabMessage pending;

    private long pendingAfter;
    private long resendAt;
    private long giveUpAt;

    FollowerDiscovery(Member member, NodeId leader) {
        super(member);
        attempt = new Attempt(member, leader);
        voting = member.franchise.mayVote();
        HardState promised = member.promise.state();
        pending = new ZabMessage.FollowerInfo(attempt.nonce, promised.acceptedEpoch(), promised.clusterId(), voting);
    }

    @Override
    Role role() {
        return Role.FOLLOWING;
    }

    @Override
    String name() {
        return "DISCOVERY";
    }

    @Override
    NodeId leader() {
        return attempt.leader;
    }

    @Override
    void enter() {
        member.effects.roleChanged(Role.FOLLOWING, member.promise.state().currentEpoch(), attempt.leader, false);
        giveUpAt = member.now() + member.config.discoveryLimitNanos();
        say();
    }

    private void say() {
        member.effects.sendOnceDurable(attempt.leader, pending, pendingAfter);
        resendAt = member.now() + member.config.resendNanos();
    }

    @Override
    boolean admits(NodeId from, ZabMessage.OfAttempt message) {
        return attempt.admits(from, message);
    }

    /**
     * "A follower, upon receiving NEWEPOCH(e') with e' greater than the last promised epoch, promises e' and acknowledges
     * with its current epoch and history." It refuses smaller ones, and an equal one that it promised to another leader is
     * answered but must not be counted: then at most one leader can have a quorum of promises for an epoch.
     */
    @Override
    public void onLeaderInfo(NodeId from, ZabMessage.LeaderInfo info) {
        if (!from.equals(attempt.leader) || info.nonce() != attempt.nonce || info.epoch() < attempt.epoch()) {
            ignore(from, info);
            return;
        }
        HardState state = member.promise.state();
        if (!belongsTo(info)) {
            member.election.suspect(from);
            member.look("leader " + from + " is of another ensemble");
            return;
        }
        boolean refused = info.epoch() < state.acceptedEpoch();
        if (refused && !member.mutations.has(ZabMutation.OLD_EPOCH_ACCEPTED)) {
            member.look("promised epoch " + state.acceptedEpoch() + ", leader " + from + " has " + info.epoch());
            return;
        }
        if (info.epoch() > state.acceptedEpoch()) {
            member.promise.promise(info.epoch(), from, member.franchise.mayVote());
        } else if (voting && !member.promise.state().voter()) {
            // Promised by an attempt that did not know yet that this is the formation. The leader counts us now.
            member.promise.becomeVoter();
        }
        boolean toThisLeader = member.promise.state().acceptedLeader().equals(from)
                || member.mutations.has(ZabMutation.OLD_EPOCH_ACCEPTED);
        attempt.promised(info.epoch(), info.clusterId());
        pending = new ZabMessage.AckEpoch(
                info.epoch(), attempt.nonce, toThisLeader, state.currentEpoch(), member.history.last());
        // The reported history must be as durable as the promise.
        pendingAfter = member.mutations.has(ZabMutation.PROMISE_NOT_LOGGED) ? 0 : member.effects.lastSequence();
        // No longer than the leader waits for others: it may have begun anew, without knowing us.
        giveUpAt = member.now() + member.config.discoveryLimitNanos();
        attempt.heard();
        say();
    }

    /**
     * Members of different ensembles never mix. An id that came with an epoch that was never established may be replaced
     * as long as nothing was logged under it.
     */
    private boolean belongsTo(ZabMessage.LeaderInfo info) {
        HardState state = member.promise.state();
        return state.clusterId() == 0
                || state.clusterId() == info.clusterId()
                || (member.history.isEmpty() && info.currentEpoch() > state.currentEpoch());
    }

    @Override
    public void onSyncStart(NodeId from, ZabMessage.SyncStart start) {
        synchronize().onSyncStart(from, start);
    }

    /** The bulk transfer overtook the announcement. */
    @Override
    void onSnapshotStaged(SnapshotId id, SnapshotMeta meta) {
        if (attempt.epoch() > 0
                && id.source().equals(attempt.leader)
                && id.epoch() == attempt.epoch()
                && id.nonce() == attempt.nonce) {
            synchronize().onSnapshotStaged(id, meta);
        } else {
            super.onSnapshotStaged(id, meta);
        }
    }

    private FollowerSynchronization synchronize() {
        FollowerSynchronization next = new FollowerSynchronization(member, attempt);
        member.become(next);
        return next;
    }

    /** The leader is in office by now, or has left it, or has changed its mind while we decided (F-15). */
    @Override
    public void onNotification(NodeId from, ZabMessage.Notification message) {
        if (from.equals(attempt.leader)) {
            if (message.role() == Role.LEADING) {
                say();
            } else if (message.round() > member.election.round()
                    || !message.vote().leader().equals(from)) {
                member.look("leader " + from + " is " + message.role() + " and votes for "
                        + message.vote().leader());
            }
        }
    }

    @Override
    void onLinkDown(NodeId peer) {
        if (peer.equals(attempt.leader)) {
            member.look("lost the link to leader " + peer);
        }
    }

    @Override
    void onTick() {
        if (member.now() >= giveUpAt) {
            member.election.suspect(attempt.leader);
            member.look("leader " + attempt.leader + " did not answer");
        } else if (member.now() >= resendAt) {
            say();
        }
    }

    @Override
    long deadline() {
        return Math.min(giveUpAt, resendAt);
    }
}
