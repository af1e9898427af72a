package io.zabkeeper.consensus.zab;

import io.zabkeeper.consensus.Role;
import io.zabkeeper.consensus.TraceEvent;
import io.zabkeeper.consensus.quorum.NodeId;

/**
 * A follower that is up to date: it logs what its leader proposes and delivers what its leader commits.
 *
 * <p>Zab phase 3; rules Z-18, Z-20 and R-9. {@code FollowerProcessPROPOSE} and {@code FollowerProcessCOMMIT} in the TLA+
 * specification. Messages of another leader, epoch or attempt never get here: {@code ZabCore} drops them first (Z-28).
 */
final class FollowerBroadcast extends Phase {
    private final Attempt attempt;

    /** Clients are served once this much is delivered. */
    private final long serveAt;

    private boolean serving;

    /** How far the leader says the history is committed; may run ahead of what we hold. */
    private long leaderCommitted;

    /** At which the regained right to vote is durable, 0 for none. */
    private long readmittedSequence;

    FollowerBroadcast(Member member, Attempt attempt, long committed) {
        super(member);
        this.attempt = attempt;
        this.serveAt = committed;
    }

    @Override
    Role role() {
        return Role.FOLLOWING;
    }

    @Override
    String name() {
        return "BROADCAST";
    }

    @Override
    NodeId leader() {
        return attempt.leader;
    }

    @Override
    boolean isServing() {
        return serving;
    }

    @Override
    void enter() {
        attempt.heard();
        member.election.established(attempt.leader, attempt.epoch());
        onCommitted(serveAt);
    }

    @Override
    boolean admits(NodeId from, ZabMessage.OfAttempt message) {
        return attempt.admits(from, message);
    }

    @Override
    public void onProposal(NodeId from, ZabMessage.Proposal proposal) {
        if (attempt.append(proposal)) {
            attempt.acknowledge(true);
        } else {
            attempt.reportGap();
        }
        onCommitted(proposal.committed());
    }

    @Override
    public void onCommit(NodeId from, ZabMessage.Commit commit) {
        if (commit.committed() > leaderCommitted) {
            attempt.heard();
        }
        onCommitted(commit.committed());
    }

    @Override
    public void onPing(NodeId from, ZabMessage.Ping ping) {
        attempt.answer(ping, true);
        onCommitted(ping.committed());
    }

    /** Z-20: the history is a prefix of the leader's, so of what is committed there we have what we have. */
    private void onCommitted(long position) {
        leaderCommitted = Math.max(leaderCommitted, position);
        member.delivery.commit(Math.min(leaderCommitted, member.history.last()));
        serveWhenDelivered();
    }

    private void serveWhenDelivered() {
        if (!serving && member.delivery.delivered() >= serveAt) {
            serving = true;
            member.effects.roleChanged(Role.FOLLOWING, attempt.epoch(), attempt.leader, true);
        }
    }

    /** The heartbeats tell the leader; it repeats UPTODATE until then (Z-30). */
    @Override
    public void onUpToDate(NodeId from, ZabMessage.UpToDate upToDate) {
        onCommitted(upToDate.committed());
    }

    /** Our ack of it was overtaken or lost. */
    @Override
    public void onNewLeader(NodeId from, ZabMessage.NewLeader newLeader) {
        member.effects.sendOnceDurable(
                attempt.leader,
                new ZabMessage.NewLeaderAck(attempt.epoch(), attempt.nonce, member.history.last()),
                member.effects.lastSequence());
    }

    /** see {@link Readmission} for why this member may be counted again. */
    @Override
    public void onReadmitted(NodeId from, ZabMessage.Readmitted readmitted) {
        if (!member.promise.state().voter()) {
            member.promise.becomeVoter();
            readmittedSequence = member.promise.sequence();
        }
    }

    @Override
    void onPersisted() {
        serveWhenDelivered();
        if (readmittedSequence > 0 && member.effects.isDurable(readmittedSequence)) {
            member.effects.trace(new TraceEvent.Readmitted(member.self));
            member.look("re-admitted as a voter");
        }
    }

    @Override
    public void onNotification(NodeId from, ZabMessage.Notification message) {
        if (from.equals(attempt.leader)
                && message.role() != Role.LEADING
                && message.round() > member.election.round()) {
            member.look("leader " + from + " is " + message.role());
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
        if (attempt.isSilent()) {
            member.look("leader " + attempt.leader + " is silent");
        }
    }

    @Override
    long deadline() {
        return attempt.silenceDeadline();
    }
}
