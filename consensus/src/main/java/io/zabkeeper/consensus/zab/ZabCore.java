package io.zabkeeper.consensus.zab;

import io.zabkeeper.consensus.AtomicBroadcast;
import io.zabkeeper.consensus.Effect;
import io.zabkeeper.consensus.Event;
import io.zabkeeper.consensus.Role;
import io.zabkeeper.consensus.Status;
import io.zabkeeper.consensus.quorum.NodeId;
import io.zabkeeper.consensus.quorum.NodeSet;
import java.util.List;

/** Zab as a step function. */
public final class ZabCore implements AtomicBroadcast {
    private final Member member;

    /** {@code seed} must differ in each life of each member: attempts are told apart by what is drawn from it. */
    public ZabCore(NodeId self, ZabConfig config, long seed) {
        this(self, config, seed, Mutations.NONE, null);
    }

    ZabCore(
            NodeId self,
            ZabConfig config,
            long seed,
            Mutations mutations,
            Election.@org.jspecify.annotations.Nullable Factory election) {
        this.member = new Member();
    }

    @Override
    public List<Effect> step(Event event) {
        return List.of();
    }

    @Override
    public Status status() {
        return new Status(Role.LOOKING, "ELECTION", 0, NodeId.NONE, false, 0, 0, 0, 0, NodeSet.EMPTY, false);
    }

    @Override
    public long committed() {
        return 0;
    }

    @Override
    public long nextDeadlineNanos() {
        return member.hashCode();
    }
}
