package io.zabkeeper.server.tree;

import java.util.Arrays;

/** A set of numbers, none of which is 0. */
final class LongSet {
    private static final int SMALLEST = 4;

    /** 0 where nothing is. */
    private long[] slots = new long[SMALLEST];

    private int size;

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Whether it was not there yet. */
    boolean add(long value) {
        int at = slot(slots, value);
        if (slots[at] != 0) {
            return false;
        }
        slots[at] = value;
        size++;
        if (4 * size > 3 * slots.length) {
            resize(2 * slots.length);
        }
        return true;
    }

    void remove(long value) {
        int mask = slots.length - 1;
        int hole = slot(slots, value);
        if (slots[hole] == 0) {
            return;
        }
        slots[hole] = 0;
        size--;
        for (int at = (hole + 1) & mask; slots[at] != 0; at = (at + 1) & mask) {
            int home = (int) Hash64.of(slots[at]) & mask;
            if (((at - home) & mask) >= ((at - hole) & mask)) {
                slots[hole] = slots[at];
                slots[at] = 0;
                hole = at;
            }
        }
        if (slots.length > SMALLEST && 8 * size < slots.length) {
            resize(slots.length / 2);
        }
    }

    /** In ascending order. */
    long[] sorted() {
        long[] values = new long[size];
        int count = 0;
        for (long value : slots) {
            if (value != 0) {
                values[count++] = value;
            }
        }
        Arrays.sort(values);
        return values;
    }

    private void resize(int length) {
        long[] resized = new long[length];
        for (long value : slots) {
            if (value != 0) {
                resized[slot(resized, value)] = value;
            }
        }
        slots = resized;
    }

    private static int slot(long[] table, long value) {
        int mask = table.length - 1;
        int at = (int) Hash64.of(value) & mask;
        while (table[at] != 0 && table[at] != value) {
            at = (at + 1) & mask;
        }
        return at;
    }
}
