package io.zabkeeper.consensus.zab;

import io.zabkeeper.consensus.quorum.NodeId;
import java.util.Arrays;

/** Which links are up, as far as we were told: a help for speed, never for safety. */
final class Links {
    private final long[] generations = new long[256];
    private final boolean[] up = new boolean[256];

    Links() {
        Arrays.fill(generations, -1);
    }

    boolean isUp(NodeId peer) {
        return up[peer.value()];
    }

    long generation(NodeId peer) {
        return generations[peer.value()];
    }

    /** Whether it is news. */
    boolean changed(NodeId peer, long generation, boolean isUp) {
        int i = peer.value();
        if (generation < generations[i] || (generation == generations[i] && (!up[i] || isUp))) {
            return false; // A generation comes up once and goes down once.
        }
        boolean news = generation > generations[i] ? isUp || up[i] : up[i];
        generations[i] = generation;
        up[i] = isUp;
        return news;
    }

    /** Whether a message of that link is to be heard, or is left over from one that broke. */
    boolean admits(NodeId peer, long generation) {
        int i = peer.value();
        return generation > generations[i] || (generation == generations[i] && up[i]);
    }
}
