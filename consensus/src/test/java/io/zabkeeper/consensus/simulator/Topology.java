package io.zabkeeper.consensus.simulator;

import java.util.ArrayList;
import java.util.List;

/** Who can hear whom, for a while or for good. In each of them some member reaches a quorum. */
enum Topology {
    /** One member hears and is heard by all, the others only by it. */
    HUB,
    /** Each member is connected to its two neighbours in a line. */
    CHAIN,
    /** Two groups that share one member. */
    BRIDGE,
    /** Each member is connected to its two neighbours in a circle; with five members, a ring of majorities. */
    RING,
    /** One pair cannot hear each other. */
    PAIR_CUT,
    /** One member can send but not hear. */
    DEAF,
    /** One member can hear but not send. */
    MUTE;

    /** Cuts what the topology lacks. {@code order} says which member plays which part. */
    void impose(SimulatedNetwork network, List<SimulatedNode> order, boolean breakConnections) {
        for (int from = 0; from < order.size(); from++) {
            for (int to = 0; to < order.size(); to++) {
                if (from != to && !connects(from, to, order.size())) {
                    network.cut(order.get(from), order.get(to));
                    if (breakConnections) {
                        network.disconnect(order.get(from), order.get(to));
                    }
                }
            }
        }
    }

    private boolean connects(int from, int to, int size) {
        int distance = Math.abs(from - to);
        return switch (this) {
            case HUB -> from == 0 || to == 0;
            case CHAIN -> distance == 1;
            case BRIDGE -> from == 0 || to == 0 || (from <= size / 2) == (to <= size / 2);
            case RING -> distance == 1 || distance == size - 1;
            case PAIR_CUT -> from + to != 1;
            case DEAF -> to != 0;
            case MUTE -> from != 0;
        };
    }

    static List<SimulatedNode> shuffled(List<SimulatedNode> nodes, Dice dice) {
        List<SimulatedNode> order = new ArrayList<>(nodes);
        for (int i = order.size() - 1; i > 0; i--) {
            int j = dice.between(0, i);
            SimulatedNode other = order.get(i);
            order.set(i, order.get(j));
            order.set(j, other);
        }
        return order;
    }
}
