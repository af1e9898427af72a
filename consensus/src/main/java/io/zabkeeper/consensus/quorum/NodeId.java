package io.zabkeeper.consensus.quorum;

/**
 * A member's number in the configuration, ZooKeeper's {@code sid} or {@code myid}.
 *
 * @param value 1 to 255; 0 only in {@link #NONE}
 */
public record NodeId(int value) implements Comparable<NodeId> {
    /** Nobody: the leader of a member that knows none. Never an element of a {@link NodeSet}. */
    public static final NodeId NONE = new NodeId(0);

    public NodeId {
        if (value < 0 || value > 255) {
            throw new IllegalArgumentException("a node id is 1 to 255, not " + value);
        }
    }

    public boolean isNone() {
        return value == 0;
    }

    @Override
    public int compareTo(NodeId other) {
        return Integer.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Integer.toString(value);
    }
}
