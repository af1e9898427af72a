package io.zabkeeper.server.tree;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The znodes that differ from the last cut, by id: the present state of each, or that it is gone. A state knows its own id,
 * so a slot is one reference; a writer that falls behind a burst of a million creates holds megabytes, not tens of them.
 * Made of segments that grow one at a time, so that it never has to be copied as a whole.
 */
final class ChangedNodes {
    /** With a million changes each segment holds a thousand. */
    private static final int SEGMENT_BITS = 10;

    private static final int SMALLEST = 8;

    private final @Nullable Segment[] segments = new Segment[1 << SEGMENT_BITS];
    private int size;

    private static final class Segment {
        /** Each a {@link Znode} or a {@link Gone}. */
        @Nullable
        Object[] slots = new Object[SMALLEST];

        int size;
    }

    /** In the place of a znode that has been removed. */
    private record Gone(long id) {}

    int size() {
        return size;
    }

    void put(Znode node) {
        put(node.id, node);
    }

    void putGone(long id) {
        put(id, new Gone(id));
    }

    /** The state, or null when the znode is gone or has not changed. */
    @Nullable
    Znode get(long id) {
        long hash = Hash64.of(id);
        Segment segment = segments[segmentOf(hash)];
        return segment != null && segment.slots[slot(segment.slots, id, hash)] instanceof Znode node ? node : null;
    }

    /** Of the changed and the gone, ascending. */
    long[] sortedIds() {
        long[] ids = new long[size];
        int count = 0;
        for (Segment segment : segments) {
            if (segment != null) {
                for (Object state : segment.slots) {
                    if (state != null) {
                        ids[count++] = idOf(state);
                    }
                }
            }
        }
        Arrays.sort(ids);
        return ids;
    }

    private void put(long id, Object state) {
        long hash = Hash64.of(id);
        int index = segmentOf(hash);
        Segment segment = segments[index];
        if (segment == null) {
            segment = new Segment();
            segments[index] = segment;
        }
        int at = slot(segment.slots, id, hash);
        boolean isNew = segment.slots[at] == null;
        segment.slots[at] = state;
        if (isNew) {
            size++;
            segment.size++;
            if (4 * segment.size > 3 * segment.slots.length) {
                segment.slots = grown(segment.slots);
            }
        }
    }

    private static @Nullable Object[] grown(@Nullable Object[] slots) {
        @Nullable Object[] grown = new Object[2 * slots.length];
        for (Object state : slots) {
            if (state != null) {
                long id = idOf(state);
                grown[slot(grown, id, Hash64.of(id))] = state;
            }
        }
        return grown;
    }

    /** Where the id is, or else the free slot where it belongs. There always is a free one. */
    private static int slot(@Nullable Object[] slots, long id, long hash) {
        int mask = slots.length - 1;
        int at = (int) hash & mask;
        for (Object state = slots[at]; state != null && idOf(state) != id; state = slots[at]) {
            at = (at + 1) & mask;
        }
        return at;
    }

    private static long idOf(Object state) {
        return state instanceof Znode node ? node.id : ((Gone) state).id;
    }

    private static int segmentOf(long hash) {
        return (int) (hash >>> (Long.SIZE - SEGMENT_BITS));
    }
}
