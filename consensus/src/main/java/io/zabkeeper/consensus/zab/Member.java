package io.zabkeeper.consensus.zab;

import io.zabkeeper.consensus.quorum.NodeId;

/** What a member keeps across its phases. */
final class Member {
    void choose(NodeId leader) {}
}
