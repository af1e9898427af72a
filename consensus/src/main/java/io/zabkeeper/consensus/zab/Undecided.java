package io.zabkeeper.consensus.zab;

import io.zabkeeper.consensus.Role;
import io.zabkeeper.consensus.quorum.NodeId;

/** LOOKING: the {@link Election} is at work; nothing is logged and no position moves (Z-27). */
final class Undecided extends Phase {
    Undecided(Member member) {
        super(member);
    }

    @Override
    Role role() {
        return Role.LOOKING;
    }

    @Override
    String name() {
        return "ELECTION";
    }

    @Override
    NodeId leader() {
        return NodeId.NONE;
    }
}
