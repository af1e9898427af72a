package io.zabkeeper.consensus;

import io.zabkeeper.consensus.quorum.Majority;
import io.zabkeeper.consensus.quorum.NodeId;
import io.zabkeeper.consensus.quorum.NodeSet;
import io.zabkeeper.consensus.quorum.QuorumSystem;

/**
 * The members of an ensemble.
 *
 * @param version the zxid that installed it; 0 for one written by hand
 */
public record Configuration(long version, NodeSet voters, NodeSet observers) {
    public QuorumSystem quorums() {
        return new Majority(voters);
    }

    public boolean isMember(NodeId id) {
        return voters.contains(id) || observers.contains(id);
    }
}
