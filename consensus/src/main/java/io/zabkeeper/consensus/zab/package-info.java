/**
 * Zab: atomic broadcast by a leader that was elected, has discovered the newest history of a quorum and has synchronized
 * a quorum with it.
 *
 * <pre>
 *              Looking (ELECTION)
 *       chose self |          | chose another
 *     LeaderDiscovery       FollowerDiscovery          FOLLOWERINFO, LEADERINFO, ACKEPOCH
 *  LeaderSynchronization  FollowerSynchronization      DIFF | TRUNC | SNAP, NEWLEADER, its ack
 *      LeaderBroadcast      FollowerBroadcast          UPTODATE, PROPOSAL, ACK, COMMIT
 * </pre>
 *
 * <p>Every phase falls back to Looking when it must. Read {@link ZabMessage}, {@code Member} (what a member keeps across
 * its phases), then the phases from left to right. {@link ZabCore} only dispatches.
 */
@org.jspecify.annotations.NullMarked
package io.zabkeeper.consensus.zab;
