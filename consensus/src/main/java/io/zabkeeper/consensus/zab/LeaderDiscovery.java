package io.zabkeeper.consensus.zab;

import io.zabkeeper.consensus.HardState;
import io.zabkeeper.consensus.Role;
import io.zabkeeper.consensus.quorum.NodeId;
import io.zabkeeper.consensus.quorum.NodeSet;

/**
 * A leader to be: it opens an epoch larger than all that a quorum has promised, and makes sure that nobody in a quorum of
 * promises has more history.
 *
 * <p>Zab phase 1, section 2.3. {@code LeaderProcessFOLLOWERINFO} and {@code LeaderProcessACKEPOCH} in the TLA+
 * specification. What voters promised stays promised whatever happens to this leader.
 */
final class LeaderDiscovery extends Phase {
    /** Epochs are half of a zxid and must not reach its sign. */
    private static final long LAST_EPOCH = 0x7fff_ffffL;

    private final Learners learners;

    /** Voters whose promise counts, this leader when its own is durable. */
    private NodeSet promised = NodeSet.EMPTY;

    /** Voters that have more history; they promised, but cannot be led by us. */
    private NodeSet ahead = NodeSet.EMPTY;

    private long giveUpAt;
    private long impatientAt;

    LeaderDiscovery(Member member) {
        super(member);
        learners = new Learners(member);
    }

    @Override
    Role role() {
        return Role.LEADING;
    }

    @Override
    String name() {
        return "DISCOVERY";
    }

    @Override
    NodeId leader() {
        return member.self;
    }

    @Override
    void enter() {
        member.effects.roleChanged(Role.LEADING, member.promise.state().currentEpoch(), member.self, false);
        giveUpAt = member.now() + member.config.discoveryLimitNanos();
        impatientAt = member.now() + member.config.finalizeWaitNanos();
        openEpoch();
    }

    @Override
    boolean admits(NodeId from, ZabMessage.OfAttempt message) {
        return learners.admits(from, message);
    }

    @Override
    public void onFollowerInfo(NodeId from, ZabMessage.FollowerInfo info) {
        LearnerProgress learner = learners.attach(from, info);
        if (learner == null) {
            ignore(from, info);
        } else if (learners.epoch() == 0) {
            openEpoch();
        } else if (learners.isBeyond(learner, info)) {
            member.look(from + " promised epoch " + info.acceptedEpoch() + ", ours is " + learners.epoch());
        } else {
            promised = learner.stage == LearnerProgress.Stage.INFORMED ? promised.without(from) : promised;
            learners.inform(learner);
        }
    }

    /** "e' is greater than all epochs that a quorum has promised", this leader's own among them (ZK-1343, ZK-2959). */
    private void openEpoch() {
        HardState state = member.promise.state();
        NodeSet informed = NodeSet.of(member.self);
        long newest = state.acceptedEpoch();
        for (LearnerProgress learner : learners.all()) {
            if (learner.voting) {
                informed = informed.with(learner.id);
            }
            if (member.configuration.voters().contains(learner.id)) {
                newest = Math.max(newest, learner.acceptedEpoch);
            }
        }
        if (!member.quorums.isQuorum(informed)) {
            return;
        }
        if (newest >= LAST_EPOCH) {
            member.effects.halt("epochs are used up: " + newest);
            return;
        }
        member.promise.promise(newest + 1, member.self, true);
        long clusterId = state.clusterId() != 0 ? state.clusterId() : 1 + member.random.nextLong(Long.MAX_VALUE);
        learners.chose(newest + 1, clusterId, member.promise.sequence());
        onPersisted();
    }

    @Override
    public void onAckEpoch(NodeId from, ZabMessage.AckEpoch ack) {
        LearnerProgress learner = learners.get(from);
        learners.onAckEpoch(from, ack);
        if (learner == null || !learner.voting || !ack.promised()) {
            return; // It will be synchronized, but its word does not count.
        }
        Vote theirs = new Vote(from, ack.currentEpoch(), ack.lastLogged());
        Vote ours = new Vote(member.self, member.promise.state().currentEpoch(), member.history.last());
        if (theirs.isAheadOf(ours) && !member.mutations.has(ZabMutation.AHEAD_VOTER_IGNORED)) {
            ahead = ahead.with(from);
            NodeSet others = member.configuration.voters();
            for (NodeId id : ahead) {
                others = others.without(id);
            }
            if (!member.quorums.isQuorum(others)) {
                member.look("voters " + ahead + " have more history");
            }
        } else {
            promised = promised.with(from);
            proceed();
        }
    }

    @Override
    void onPersisted() {
        boolean kept = member.effects.isDurable(member.promise.sequence())
                || member.mutations.has(ZabMutation.PROMISE_NOT_LOGGED);
        if (learners.epoch() > 0 && kept && !promised.contains(member.self)) {
            promised = promised.with(member.self);
            proceed();
        }
    }

    private void proceed() {
        if (promised.contains(member.self) && member.quorums.isQuorum(promised)) {
            member.become(new LeaderSynchronization(member, learners));
        }
    }

    /** F-15: a supporter that looks again will not come; without a quorum there is no point in waiting for long. */
    @Override
    public void onNotification(NodeId from, ZabMessage.Notification message) {
        boolean known = learners.get(from) != null;
        if (message.role() == Role.LOOKING) {
            learners.onLooking(from, message);
        }
        if (known && learners.get(from) == null) {
            promised = promised.without(from);
            if (member.now() >= impatientAt && learners.epoch() == 0) {
                member.look("supporter " + from + " has left");
            }
        }
    }

    @Override
    void onLinkDown(NodeId peer) {
        learners.detach(peer);
        promised = promised.without(peer);
    }

    @Override
    void onStepDown(String reason) {
        member.look("stepping down: " + reason);
    }

    @Override
    void onTick() {
        if (member.now() >= giveUpAt) {
            member.look("no quorum of promises in time");
        }
    }

    @Override
    long deadline() {
        return giveUpAt;
    }
}
