package io.zabkeeper.consensus.zab;

import io.zabkeeper.consensus.Role;
import io.zabkeeper.consensus.quorum.NodeId;
import org.jspecify.annotations.Nullable;

/** Cores for simulations: with rules switched off, or with another election. */
public final class ZabCores {
    private ZabCores() {}

    /** A core that breaks the given rules. */
    public static ZabCore breaking(NodeId self, ZabConfig config, long seed, ZabMutation... mutations) {
        return new ZabCore(self, config, seed, Mutations.of(mutations), Looking::new);
    }

    /** A core that asks {@code oracle} whom to follow, and breaks the given rules. */
    public static ZabCore led(NodeId self, ZabConfig config, long seed, Oracle oracle, ZabMutation... mutations) {
        return new ZabCore(self, config, seed, Mutations.of(mutations), member -> new OracleElection(member, oracle));
    }

    /**
     * Names a leader whenever it likes.
     *
     * <p>Nobody can form an ensemble without exchanging notifications, so members start from disks that may vote.
     */
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

    private static final class OracleElection implements Election {
        private final Member member;
        private final Oracle oracle;
        private long round;

        OracleElection(Member member, Oracle oracle) {
            this.member = member;
            this.oracle = oracle;
        }

        @Override
        public void begin() {
            round++;
        }

        @Override
        public void onTick() {
            NodeId leader = oracle.choose(member.self, member.phase().role(), member.now());
            if (leader != null) {
                member.choose(leader);
            }
        }

        @Override
        public long deadline() {
            return Long.MAX_VALUE; // The core ticks at every heartbeat anyway.
        }

        @Override
        public long round() {
            return round;
        }

        @Override
        public void onNotification(NodeId from, ZabMessage.Notification notification) {}

        @Override
        public void onLinkUp(NodeId peer) {}

        @Override
        public void onLinkDown(NodeId peer) {}

        @Override
        public void established(NodeId leader, long epoch) {}

        @Override
        public void suspect(NodeId leader) {}
    }
}
