package io.zabkeeper.consensus.zab;

import io.zabkeeper.consensus.quorum.NodeId;

/**
 * The oracle that names a leader. It serves liveness alone: whatever it says, discovery and synchronization keep the
 * history safe (D6). {@link Looking} is the one that ships; the simulator also runs one that answers at random, even to
 * members that have not asked.
 */
interface Election {
    /** The member is LOOKING from now on. */
    void begin();

    /** A notification newer than all before it of that member, in whatever role we are. */
    void onNotification(NodeId from, ZabMessage.Notification notification);

    void onTick();

    void onLinkUp(NodeId peer);

    void onLinkDown(NodeId peer);

    /** This member's epoch is established, as a leader or a follower: what it tells others changes (F-9). */
    void established(NodeId leader, long epoch);

    /** The chosen leader did not answer (F-14); this member itself: it should not lead for a while. */
    void suspect(NodeId leader);

    /** The round in which the present leader was chosen. */
    long round();

    /** In the time of the member's clock. */
    long deadline();

    /** Makes the election of one member, which reports its choice with {@link Member#choose}. */
    interface Factory {
        Election create(Member member);
    }
}
