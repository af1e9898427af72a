package io.zabkeeper.consensus.quorum;

/** More than half of the voters. */
public record Majority(NodeSet voters) implements QuorumSystem {
    @Override
    public boolean isQuorum(NodeSet ids) {
        return voters.intersection(ids).size() * 2 > voters.size();
    }
}
