package io.zabkeeper.consensus.simulator.invariant;

import io.zabkeeper.consensus.Configuration;
import io.zabkeeper.consensus.quorum.NodeId;
import io.zabkeeper.consensus.quorum.NodeSet;
import java.util.List;
import java.util.function.Predicate;

/** All members together, and the one history that they are agreeing on. */
public interface World {
    Configuration configuration();

    /** In ascending order of their ids. */
    List<? extends Replica> replicas();

    Replica replica(NodeId id);

    DecidedHistory decided();

    /** The members of which something holds. */
    default NodeSet those(Predicate<Replica> condition) {
        NodeSet set = NodeSet.EMPTY;
        for (Replica replica : replicas()) {
            if (condition.test(replica)) {
                set = set.with(replica.id());
            }
        }
        return set;
    }

    default boolean isQuorum(NodeSet ids) {
        return configuration().quorums().isQuorum(ids);
    }
}
