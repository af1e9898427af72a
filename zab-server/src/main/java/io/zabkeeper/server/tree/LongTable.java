package io.zabkeeper.server.tree;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Values by a number, without an object for each pair. Made of segments that grow one at a time, so that a large table
 * never has to be copied as a whole.
 */
final class LongTable<V> {
    private static final int SMALLEST = 8;

    private final int segmentBits;
    private final @Nullable Segment[] segments;
    private int size;

    private static final class Segment {
        long[] keys = new long[SMALLEST];

        @Nullable
        Object[] values = new Object[SMALLEST];

        int size;
    }

    /** What is done with each pair. */
    interface Visitor<V> {
        void visit(long key, V value);
    }

    /** @param segmentBits 0 for a small table, up to 10 for one that may hold millions */
    LongTable(int segmentBits) {
        this.segmentBits = segmentBits;
        this.segments = new Segment[1 << segmentBits];
    }

    int size() {
        return size;
    }

    @Nullable
    V get(long key) {
        long hash = Hash64.of(key);
        Segment segment = segments[segmentOf(hash)];
        if (segment == null) {
            return null;
        }
        return value(segment.values[slot(segment, key, hash)]);
    }

    /** The value before. */
    @Nullable
    V put(long key, V value) {
        long hash = Hash64.of(key);
        int index = segmentOf(hash);
        Segment segment = segments[index];
        if (segment == null) {
            segment = new Segment();
            segments[index] = segment;
        }
        int at = slot(segment, key, hash);
        @Nullable V before = value(segment.values[at]);
        segment.keys[at] = key;
        segment.values[at] = value;
        if (before == null) {
            size++;
            segment.size++;
            if (4 * segment.size > 3 * segment.keys.length) {
                grow(segment);
            }
        }
        return before;
    }

    /** The value that was there. */
    @Nullable
    V remove(long key) {
        long hash = Hash64.of(key);
        Segment segment = segments[segmentOf(hash)];
        if (segment == null) {
            return null;
        }
        int at = slot(segment, key, hash);
        @Nullable V before = value(segment.values[at]);
        if (before != null) {
            size--;
            segment.size--;
            if (segment.size == 0) {
                segments[segmentOf(hash)] = null;
            } else {
                segment.values[at] = null;
                closeGap(segment, at);
            }
        }
        return before;
    }

    /** In no order. */
    void forEach(Visitor<? super V> visitor) {
        for (Segment segment : segments) {
            if (segment == null) {
                continue;
            }
            for (int i = 0; i < segment.keys.length; i++) {
                @Nullable V value = value(segment.values[i]);
                if (value != null) {
                    visitor.visit(segment.keys[i], value);
                }
            }
        }
    }

    long[] sortedKeys() {
        long[] keys = new long[size];
        int[] count = {0};
        forEach((key, value) -> keys[count[0]++] = key);
        Arrays.sort(keys);
        return keys;
    }

    private int segmentOf(long hash) {
        return segmentBits == 0 ? 0 : (int) (hash >>> (Long.SIZE - segmentBits));
    }

    /** Where the key is, or else the free slot where it belongs. There always is a free one. */
    private static int slot(Segment segment, long key, long hash) {
        int mask = segment.keys.length - 1;
        int at = (int) hash & mask;
        while (segment.values[at] != null && segment.keys[at] != key) {
            at = (at + 1) & mask;
        }
        return at;
    }

    private static void grow(Segment segment) {
        long[] keys = segment.keys;
        @Nullable Object[] values = segment.values;
        segment.keys = new long[2 * keys.length];
        segment.values = new Object[2 * keys.length];
        for (int i = 0; i < keys.length; i++) {
            if (values[i] != null) {
                int at = slot(segment, keys[i], Hash64.of(keys[i]));
                segment.keys[at] = keys[i];
                segment.values[at] = values[i];
            }
        }
    }

    private static void closeGap(Segment segment, int start) {
        int mask = segment.keys.length - 1;
        int hole = start;
        for (int at = (start + 1) & mask; segment.values[at] != null; at = (at + 1) & mask) {
            int home = (int) Hash64.of(segment.keys[at]) & mask;
            if (((at - home) & mask) >= ((at - hole) & mask)) {
                segment.keys[hole] = segment.keys[at];
                segment.values[hole] = segment.values[at];
                segment.values[at] = null;
                hole = at;
            }
        }
    }

    @SuppressWarnings("unchecked") // Only put() stores values, and it takes a V.
    private @Nullable V value(@Nullable Object stored) {
        return (V) stored;
    }
}
