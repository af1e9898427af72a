package io.zabkeeper.server.replica;

import io.zabkeeper.consensus.Message;
import io.zabkeeper.consensus.Proposal;
import java.util.List;

/**
 * What replicas say to each other outside the protocol: requests on their way to the leader, barriers, and who was heard.
 *
 * <p>They travel on the same links as the protocol's messages, in order. A link that breaks loses them; the follower then
 * leaves its leader, and everything in flight is uncertain (R-34, D10).
 */
public sealed interface ReplicaMessage extends Message {
    /** Follower to leader: order these, in this order. Named by the epoch in which the follower knows the leader. */
    record Forward(long epoch, List<Proposal> proposals) implements ReplicaMessage {}

    /** Leader to follower: these were surely not ordered; the numbers are the proposals' sequences. */
    record ForwardRejected(List<Long> sequences) implements ReplicaMessage {}

    /** Follower to leader: tell me a position that covers everything committed before now (L-4). */
    record BarrierRequest(long id) implements ReplicaMessage {}

    /** Leader to follower: once applied up to {@code zxid}, the read may be served; 0 for a barrier that failed. */
    record BarrierReply(long id, long zxid) implements ReplicaMessage {}

    /** Follower to leader: these sessions were heard from, so many milliseconds ago. */
    record Heard(List<Touch> touches) implements ReplicaMessage {}

    /** One session that was heard from. */
    record Touch(long session, int agoMillis) {}
}
