package io.zabkeeper.consensus.zab;

import io.zabkeeper.consensus.Role;
import io.zabkeeper.consensus.quorum.NodeId;
import io.zabkeeper.consensus.quorum.NodeSet;
import io.zabkeeper.consensus.zab.ZabMessage.Notification;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Fast leader election (F-1 to F-16).
 *
 * <p>Every member states its own history and whom it heard, next to its vote. One votes for the best candidate that is
 * <em>electable</em> from where it stands: the candidate answers us (F-13, {@code echo}), and it and a quorum hear each
 * other. So nobody votes for a member that can send but not receive, or that only a hub can reach. A vote is never taken
 * over from hearsay: to adopt a candidate one must have heard it, and having heard it one knows its history.
 *
 * <p>The member decides when a quorum votes alike and either every voter with a link agrees or {@code finalizeWait} is
 * over (F-5). It joins a leader in office when a quorum says so, or when an established leader answers itself (F-7, F-8).
 *
 * <p>Nothing here is needed for safety (D6), except that {@link Franchise} learns of fresh answers from it.
 */
final class Looking implements Election {
    private static final long NEVER = Long.MAX_VALUE;

    private final Member member;

    private long round;

    /** Drawn when this election began: an echo of it, or of a later one, shows that the sender hears us. */
    private long begun;

    /** Notifications of this round of members that are LOOKING. */
    private final TreeMap<NodeId, Notification> lookers = new TreeMap<>();

    /** The last word of members in office, of whatever round. */
    private final TreeMap<NodeId, Notification> settled = new TreeMap<>();

    /** When each member was last heard, LOOKING or not. */
    private final long[] heardAt = new long[256];

    /** While LOOKING our vote, afterwards what became of it (F-9). */
    private Vote vote = Vote.NOBODY;

    private long finalizeAt = NEVER;
    private long resendAt = NEVER;
    private long resendPause;

    /** F-14: leaders that did not answer, until when, and how often in a row. */
    private final TreeMap<NodeId, Long> suspectedUntil = new TreeMap<>();

    private final TreeMap<NodeId, Integer> failures = new TreeMap<>();

    Looking(Member member) {
        this.member = member;
    }

    @Override
    public long round() {
        return round;
    }

    @Override
    public void begin() {
        round++;
        begun = member.drawNonce();
        lookers.clear();
        settled.clear();
        finalizeAt = NEVER;
        vote = best();
        news();
        evaluate();
    }

    @Override
    public void established(NodeId leader, long epoch) {
        vote = new Vote(leader, epoch, member.history.last());
        suspectedUntil.remove(leader);
        failures.remove(leader);
    }

    @Override
    public void suspect(NodeId leader) {
        int times = Math.min(failures.merge(leader, 1, Integer::sum), 10);
        long unit = member.config.finalizeWaitNanos();
        suspectedUntil.put(leader, member.now() + times * unit + member.random.nextLong(times * unit + 1));
    }

    @Override
    public void onNotification(NodeId from, Notification notification) {
        if (!isLooking()) {
            if (notification.role() == Role.LOOKING) {
                answer(from);
            }
        } else if (!member.configuration.isMember(from)) {
            answer(from); // Z-40: it may ask, but it has no say.
        } else if (notification.role() != Role.LOOKING) {
            heardAt[from.value()] = member.now();
            lookers.remove(from);
            settled.put(from, notification);
            evaluate();
        } else {
            onLooker(from, notification);
        }
    }

    private void onLooker(NodeId from, Notification notification) {
        settled.remove(from);
        if (notification.noHistory() && hearsUs(notification)) {
            member.franchise.heardWithoutHistory(from);
        }
        if (notification.round() < round) {
            answer(from);
            return;
        }
        boolean newRound = notification.round() > round;
        if (newRound) {
            round = notification.round();
            lookers.clear();
        }
        heardAt[from.value()] = member.now();
        Notification earlier = lookers.put(from, notification);
        boolean heardMore = hearsUs(notification) && (earlier == null || !hearsUs(earlier));
        boolean changed = revote();
        if (newRound || heardMore || changed) {
            news();
        } else if (!hearsUs(notification)) {
            answer(from);
        }
        evaluate();
    }

    /** Whether our vote is another one now. */
    private boolean revote() {
        Vote better = isWanted() ? candidate() : best();
        if (better.equals(vote)) {
            return false;
        }
        vote = better;
        finalizeAt = NEVER;
        return true;
    }

    /** A quorum votes for us: then somebody better, whom they cannot hear, is of no use to them. */
    private boolean isWanted() {
        return member.franchise.mayVote()
                && !isSuspect(member.self)
                && member.quorums.isQuorum(supporters(candidate()));
    }

    /** The best candidate that we can follow; suspects only if there is nobody else. */
    private Vote best() {
        Vote best = Vote.NOBODY;
        boolean trusted = false;
        if (member.franchise.mayVote()) {
            if (!isSuspect(member.self) && member.quorums.isQuorum(heard().with(member.self))) {
                best = candidate();
                trusted = true;
            }
            for (Map.Entry<NodeId, Notification> looker : lookers.entrySet()) {
                if (isElectable(looker.getKey(), looker.getValue())) {
                    boolean trusts = !isSuspect(looker.getKey());
                    Vote other = looker.getValue().candidate();
                    if (trusts != trusted ? trusts : other.compareTo(best) > 0) {
                        best = other;
                        trusted = trusts;
                    }
                }
            }
        }
        return best;
    }

    private boolean isElectable(NodeId id, Notification notification) {
        return notification.voting()
                && member.configuration.voters().contains(id)
                && notification.candidate().leader().equals(id)
                && hearsUs(notification)
                && member.quorums.isQuorum(notification.heard().with(id));
    }

    private boolean isSuspect(NodeId id) {
        Long until = suspectedUntil.get(id);
        return until != null && until > member.now();
    }

    private boolean hearsUs(Notification notification) {
        return Member.isAtLeast(notification.echo(), begun);
    }

    private void evaluate() {
        NodeId office = leaderInOffice();
        if (!office.isNone()) {
            decide(office);
            return;
        }
        if (vote.leader().isNone() || !member.quorums.isQuorum(supporters(vote))) {
            finalizeAt = NEVER;
            return;
        }
        if (finalizeAt == NEVER) {
            finalizeAt = member.now() + member.config.finalizeWaitNanos();
        }
        if (finalizeAt <= member.now() || everybodyInReachAgrees()) {
            decide(vote.leader());
        }
    }

    /** F-7: it was quicker than we, in this very round. */
    private boolean hasSettledOn(Vote sought, NodeId id) {
        Notification theirs = settled.get(id);
        return theirs != null
                && theirs.voting()
                && theirs.round() == round
                && theirs.vote().equals(sought);
    }

    /** F-4: those whose vote is ours; votes of another round or of members that may not vote do not count. */
    private NodeSet supporters(Vote sought) {
        NodeSet supporters = NodeSet.of(member.self);
        for (Map.Entry<NodeId, Notification> looker : lookers.entrySet()) {
            if (looker.getValue().voting() && looker.getValue().vote().equals(sought)) {
                supporters = supporters.with(looker.getKey());
            }
        }
        for (NodeId id : settled.keySet()) {
            if (hasSettledOn(sought, id)) {
                supporters = supporters.with(id);
            }
        }
        return supporters;
    }

    /** Then waiting for a better vote is idle: whoever could bring one has spoken. */
    private boolean everybodyInReachAgrees() {
        for (NodeId voter : member.configuration.voters()) {
            if (!voter.equals(member.self) && member.links.isUp(voter) && !hasSettledOn(vote, voter)) {
                Notification theirs = lookers.get(voter);
                if (theirs == null || (theirs.voting() && !theirs.vote().equals(vote))) {
                    return false;
                }
            }
        }
        return true;
    }

    /**
     * F-7, F-8: a leader that answers us and is established, or is chosen by a quorum; else nobody.
     *
     * <p>That a quorum chose it we may have to take from itself: at the end of a chain, or at the rim of a wheel, nobody
     * else's word reaches us.
     */
    private NodeId leaderInOffice() {
        for (Map.Entry<NodeId, Notification> answer : settled.entrySet()) {
            NodeId leader = answer.getKey();
            Notification word = answer.getValue();
            if (word.role() == Role.LEADING
                    && hearsUs(word)
                    && !isSuspect(leader)
                    && member.configuration.voters().contains(leader)
                    && (word.serving()
                            || isChosenThisRound(word)
                            || member.quorums.isQuorum(followersOf(leader, word)))) {
                round = word.round();
                return leader;
            }
        }
        return NodeId.NONE;
    }

    private boolean isChosenThisRound(Notification word) {
        return word.round() == round && !candidate().isAheadOf(word.candidate());
    }

    /** Followers may know the epoch already or not yet (ZK-1732, ZK-1805), so only the leader is compared. */
    private NodeSet followersOf(NodeId leader, Notification word) {
        NodeSet followers = NodeSet.of(leader);
        if (member.franchise.mayVote() && !candidate().isAheadOf(word.candidate())) {
            followers = followers.with(member.self);
        }
        for (Map.Entry<NodeId, Notification> answer : settled.entrySet()) {
            if (answer.getValue().voting() && answer.getValue().vote().leader().equals(leader)) {
                followers = followers.with(answer.getKey());
            }
        }
        return followers;
    }

    private void decide(NodeId leader) {
        finalizeAt = NEVER;
        resendAt = NEVER;
        if (!vote.leader().equals(leader)) {
            Notification word = settled.get(leader);
            vote = word == null ? new Vote(leader, 0, 0) : word.vote();
        }
        member.choose(leader);
        if (leader.equals(member.self)) {
            tellAll(); // Those that turn to us already learn that we listen now.
        }
    }

    @Override
    public void onTick() {
        if (isLooking()) {
            forget();
            if (finalizeAt <= member.now()) {
                evaluate();
            }
            if (isLooking() && resendAt <= member.now()) {
                doubt();
                revote(); // Suspicions lapse.
                tellAll();
                resendPause = Math.min(2 * resendPause, member.config.resendCapNanos());
                resendAt = member.now() + resendPause;
                evaluate();
            }
        }
    }

    /**
     * Who has not spoken for three of the longest pauses does not hear us, or we do not hear it: no word of the link is
     * needed to know. Otherwise what it said long ago would go on being counted as heard.
     */
    private void forget() {
        long limit = member.now() - 3 * member.config.resendCapNanos();
        boolean forgotten = lookers.keySet().removeIf(id -> heardAt[id.value()] < limit);
        settled.keySet().removeIf(id -> heardAt[id.value()] < limit);
        if (forgotten) {
            revote();
            news();
            evaluate();
        }
    }

    /** F-14: an election that does not end although somebody could be elected tries others now and then. */
    private void doubt() {
        boolean patient = resendPause >= member.config.resendCapNanos();
        if (patient && !vote.leader().isNone() && member.random.nextInt(4) == 0) {
            suspect(vote.leader());
        }
    }

    @Override
    public void onLinkUp(NodeId peer) {
        if (isLooking() && !peer.equals(member.self)) {
            answer(peer);
        }
    }

    /** Its vote and its candidacy are void: it must say them again. */
    @Override
    public void onLinkDown(NodeId peer) {
        if (isLooking()) {
            boolean known = lookers.remove(peer) != null;
            settled.remove(peer);
            if (known) {
                revote();
                news();
            }
            evaluate();
        }
    }

    @Override
    public long deadline() {
        return isLooking() ? Math.min(finalizeAt, resendAt) : NEVER;
    }

    private boolean isLooking() {
        return member.phase().role() == Role.LOOKING;
    }

    /** Whom we hear and who hear us. Of those who only can send, none would follow us. */
    private NodeSet heard() {
        NodeSet heard = NodeSet.EMPTY;
        for (Map.Entry<NodeId, Notification> looker : lookers.entrySet()) {
            if (hearsUs(looker.getValue())) {
                heard = heard.with(looker.getKey());
            }
        }
        return heard;
    }

    /** Nobody's while we have just given up an office. */
    private Vote candidate() {
        NodeId id = isSuspect(member.self) ? NodeId.NONE : member.self;
        return new Vote(id, member.promise.state().currentEpoch(), member.history.last());
    }

    /** Something changed: say so, and be patient again only later (F-10). */
    private void news() {
        resendPause = member.config.resendNanos();
        resendAt = member.now() + resendPause;
        tellAll();
    }

    private void tellAll() {
        List<NodeId> others = new ArrayList<>(member.configuration
                .voters()
                .union(member.configuration.observers())
                .without(member.self)
                .toList());
        for (NodeId other : others) {
            answer(other);
        }
    }

    private void answer(NodeId to) {
        Phase phase = member.phase();
        member.effects.send(
                to,
                new Notification(
                        phase.role(),
                        round,
                        candidate(),
                        vote,
                        isLooking() ? heard() : NodeSet.EMPTY,
                        member.drawNonce(),
                        member.echoes.of(to),
                        member.franchise.mayVote(),
                        member.franchise.hasNoHistory(),
                        phase.role() == Role.LEADING && phase.isServing()));
    }
}
