package io.zabkeeper.consensus.simulator;

import io.zabkeeper.consensus.AtomicBroadcast;
import io.zabkeeper.consensus.quorum.NodeId;

/** Makes the core of one life of one member. */
interface CoreFactory {
    AtomicBroadcast create(NodeId self, long seed);
}
