package io.zabkeeper.consensus.zab;

import io.zabkeeper.consensus.Role;
import io.zabkeeper.consensus.quorum.NodeId;
import org.jspecify.annotations.Nullable;

/** Cores for simulations: with rules switched off, or with another election. */
public final class ZabCores {
    private ZabCores() {}

    /** A core that breaks the given rules. */
    public static ZabCore breaking(NodeId self, ZabConfig config, long seed, ZabMutation... mutations) {
        return new ZabCore(self, config, seed, Mutations.of(mutations), null);
    }

    /** A core that asks {@code oracle} whom to follow, and breaks the given rules. */
    public static ZabCore led(NodeId self, ZabConfig config, long seed, Oracle oracle, ZabMutation... mutations) {
        return new ZabCore(self, config, seed, Mutations.of(mutations), null);
    }

    /** Names a leader whenever it likes. */
    public interface Oracle {
        /**
         * Asked at each tick.
         *
         * @param role what the member does at present
         * @return whom to follow from now on, the member itself to lead, or null to leave things as they are
         */
        @Nullable
        NodeId choose(NodeId self, Role role, long nowNanos);
    }
}
