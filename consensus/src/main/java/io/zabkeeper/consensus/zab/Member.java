package io.zabkeeper.consensus.zab;

import io.zabkeeper.consensus.Configuration;
import io.zabkeeper.consensus.DurableImage;
import io.zabkeeper.consensus.Role;
import io.zabkeeper.consensus.TraceEvent;
import io.zabkeeper.consensus.quorum.NodeId;
import io.zabkeeper.consensus.quorum.QuorumSystem;
import java.util.SplittableRandom;

/**
 * What a member keeps across its phases, and which phase it is in.
 *
 * <p>Not a place for protocol: the phases decide, each on its own collaborators.
 */
final class Member {
    final NodeId self;
    final ZabConfig config;
    final Mutations mutations;
    final Effects effects;
    final Clock clock;
    final Links links;
    final Echoes echoes;
    final History history;
    final Promise promise;
    final Delivery delivery;
    final Configuration configuration;
    final QuorumSystem quorums;
    final Franchise franchise;
    final SplittableRandom random;
    final Election election;

    /** High half of every nonce of this life. */
    private final long life;

    private int nonces;
    private Phase phase;

    Member(
            NodeId self,
            ZabConfig config,
            long seed,
            Mutations mutations,
            Election.Factory election,
            Effects effects,
            Clock clock,
            DurableImage image) {
        this.self = self;
        this.config = config;
        this.mutations = mutations;
        this.effects = effects;
        this.clock = clock;
        this.links = new Links();
        this.echoes = new Echoes();
        this.configuration = image.configuration();
        this.quorums = configuration.quorums();
        this.random = new SplittableRandom(seed ^ image.incarnation() * 0x9e3779b97f4a7c15L);
        this.life = 1 + random.nextLong(0x7fff_ffffL);

        boolean contiguous = !mutations.has(ZabMutation.GAP_UNCHECKED)
                && !mutations.has(ZabMutation.TRUNCATION_SKIPPED)
                && !mutations.has(ZabMutation.LATE_JOINER_NOT_SUBSCRIBED);
        this.history = new History(contiguous);
        this.promise = new Promise(effects, !mutations.has(ZabMutation.PROMISE_NOT_LOGGED));
        this.delivery =
                new Delivery(history, promise, effects, config, !mutations.has(ZabMutation.DELIVER_BEFORE_DURABLE));
        this.franchise = new Franchise(
                self,
                configuration.voters(),
                image.standing(),
                promise,
                history,
                mutations.has(ZabMutation.AMNESIAC_VOTES));
        this.election = election.create(this);
        this.phase = new Undecided(this);
    }

    Phase phase() {
        return phase;
    }

    long now() {
        return clock.now();
    }

    /** Larger than all earlier ones of this life, and different from those of every other. */
    long drawNonce() {
        nonces++;
        return life << 32 | Integer.toUnsignedLong(nonces);
    }

    /** Whether {@code nonce} was drawn in the life in which {@code earlier} was, and not before it. */
    static boolean isAtLeast(long nonce, long earlier) {
        return nonce >>> 32 == earlier >>> 32 && nonce >= earlier;
    }

    /** The election's answer. May come at any time from an oracle that is not to be trusted. */
    void choose(NodeId leader) {
        effects.trace(new TraceEvent.Chose(leader, election.round()));
        if (!leader.equals(self)) {
            become(new FollowerDiscovery(this, leader));
        } else if (franchise.mayVote()) {
            become(new LeaderDiscovery(this));
        }
    }

    void become(Phase next) {
        phase.leave();
        phase = next;
        next.enter();
    }

    /** Back to the election. Whatever was going on is over; what is durable stays (Z-13). */
    void look(String reason) {
        phase.leave();
        phase = new Undecided(this);
        effects.trace(new TraceEvent.Looking(reason));
        effects.roleChanged(Role.LOOKING, promise.state().currentEpoch(), NodeId.NONE, false);
        election.begin();
    }
}
