package io.zabkeeper.consensus.quorum;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;

/**
 * An immutable set of members, always iterated in ascending order, so that two runs of one seed agree.
 *
 * <p>A bit for each id: union, containment and counting cost a few instructions, which is what tallies do all day.
 */
public final class NodeSet implements Iterable<NodeId> {
    public static final NodeSet EMPTY = new NodeSet(new long[4]);

    private final long[] bits;

    private NodeSet(long[] bits) {
        this.bits = bits;
    }

    public static NodeSet of(NodeId... ids) {
        return copyOf(Arrays.asList(ids));
    }

    /** Shorthand for tests and configurations. */
    public static NodeSet ofValues(int... values) {
        List<NodeId> ids = new ArrayList<>();
        for (int value : values) {
            ids.add(new NodeId(value));
        }
        return copyOf(ids);
    }

    public static NodeSet copyOf(Collection<NodeId> ids) {
        NodeSet set = EMPTY;
        for (NodeId id : ids) {
            set = set.with(id);
        }
        return set;
    }

    public boolean contains(NodeId id) {
        return (bits[id.value() >>> 6] & (1L << id.value())) != 0;
    }

    public NodeSet with(NodeId id) {
        if (id.isNone()) {
            throw new IllegalArgumentException("nobody cannot be a member of a set");
        }
        if (contains(id)) {
            return this;
        }
        long[] copy = bits.clone();
        copy[id.value() >>> 6] |= 1L << id.value();
        return new NodeSet(copy);
    }

    public NodeSet without(NodeId id) {
        if (!contains(id)) {
            return this;
        }
        long[] copy = bits.clone();
        copy[id.value() >>> 6] &= ~(1L << id.value());
        return new NodeSet(copy);
    }

    public NodeSet union(NodeSet other) {
        long[] copy = bits.clone();
        for (int i = 0; i < copy.length; i++) {
            copy[i] |= other.bits[i];
        }
        return new NodeSet(copy);
    }

    public NodeSet intersection(NodeSet other) {
        long[] copy = bits.clone();
        for (int i = 0; i < copy.length; i++) {
            copy[i] &= other.bits[i];
        }
        return new NodeSet(copy);
    }

    public boolean containsAll(NodeSet other) {
        for (int i = 0; i < bits.length; i++) {
            if ((other.bits[i] & ~bits[i]) != 0) {
                return false;
            }
        }
        return true;
    }

    public int size() {
        int size = 0;
        for (long word : bits) {
            size += Long.bitCount(word);
        }
        return size;
    }

    public boolean isEmpty() {
        return size() == 0;
    }

    /** The members in ascending order. */
    public List<NodeId> toList() {
        List<NodeId> ids = new ArrayList<>(size());
        for (int value = 1; value < 256; value++) {
            if ((bits[value >>> 6] & (1L << value)) != 0) {
                ids.add(new NodeId(value));
            }
        }
        return ids;
    }

    @Override
    public Iterator<NodeId> iterator() {
        return toList().iterator();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NodeSet that && Arrays.equals(bits, that.bits);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bits);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        for (NodeId id : this) {
            text.append(text.length() == 1 ? "" : ",").append(id);
        }
        return text.append('}').toString();
    }
}
