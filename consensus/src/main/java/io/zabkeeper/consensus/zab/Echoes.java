package io.zabkeeper.consensus.zab;

import io.zabkeeper.consensus.quorum.NodeId;

/** The newest notification of each member: later ones void those that they overtook, and what we heard is echoed. */
final class Echoes {
    private final long[] newest = new long[256];

    /** Whether the notification is newer than all before it, as far as those are of the same life of its sender. */
    boolean admit(NodeId from, long nonce) {
        long earlier = newest[from.value()];
        if (earlier >>> 32 == nonce >>> 32 && nonce <= earlier) {
            return false;
        }
        newest[from.value()] = nonce;
        return true;
    }

    /** 0 if none was heard. */
    long of(NodeId member) {
        return newest[member.value()];
    }
}
