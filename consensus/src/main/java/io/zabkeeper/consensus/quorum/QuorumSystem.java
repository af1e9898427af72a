package io.zabkeeper.consensus.quorum;

/** Decides which sets of voters are quorums. Any two quorums of one system have a voter in common. */
public interface QuorumSystem {
    /** Whether the voters among {@code ids} are a quorum; ids that are not voters do not count. */
    boolean isQuorum(NodeSet ids);

    NodeSet voters();
}
