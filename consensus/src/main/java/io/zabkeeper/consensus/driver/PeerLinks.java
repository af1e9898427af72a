package io.zabkeeper.consensus.driver;

import io.zabkeeper.consensus.Message;
import io.zabkeeper.consensus.quorum.NodeId;

/** The links to the other members. Best effort: a message to a peer without a link is dropped. */
public interface PeerLinks {
    void send(NodeId to, Message message);

    void reset(NodeId peer, String reason);
}
