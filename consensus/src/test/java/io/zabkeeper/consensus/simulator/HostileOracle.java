package io.zabkeeper.consensus.simulator;

import static io.zabkeeper.consensus.simulator.VirtualTime.MS;

import io.zabkeeper.consensus.Role;
import io.zabkeeper.consensus.quorum.NodeId;
import io.zabkeeper.consensus.zab.ZabCores;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Names leaders at random: anybody, at any time, to members that lead or follow as well. Often enough the members agree,
 * so that epochs get established, overlap and are torn down in every phase (D6).
 */
final class HostileOracle {
    private final Dice dice;
    private final List<NodeId> voters;
    private @Nullable Supplier<NodeId> truth;

    /** Whom most members believe in at the moment; without it no quorum would ever meet. */
    private NodeId fashion;

    HostileOracle(Dice dice, List<NodeId> voters) {
        this.dice = dice;
        this.voters = voters;
        this.fashion = dice.pick(voters);
    }

    /** From now on it tells whoever is LOOKING what {@code best} says, and leaves the others alone. */
    void calm(Supplier<NodeId> best) {
        truth = best;
    }

    ZabCores.Oracle ofOneMember() {
        return new ZabCores.Oracle() {
            private long next;

            @Override
            public @Nullable NodeId choose(NodeId self, Role role, long nowNanos) {
                Supplier<NodeId> best = truth;
                if (best != null) {
                    NodeId leader = best.get();
                    return role == Role.LOOKING && !leader.isNone() ? leader : null;
                }
                if (nowNanos < next) {
                    return null;
                }
                next = nowNanos + dice.between(1, 80) * MS;
                return role == Role.LOOKING || dice.chance(0.15) ? whim() : null;
            }
        };
    }

    private NodeId whim() {
        if (dice.chance(0.04)) {
            fashion = dice.pick(voters);
        }
        return dice.chance(0.75) ? fashion : dice.pick(voters);
    }
}
