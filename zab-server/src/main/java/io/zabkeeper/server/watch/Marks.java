package io.zabkeeper.server.watch;

import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A set of watches from one side: the watchers of a path or the paths of a watcher, each with the bits of the kinds. Most
 * sets have one element, so that one is kept without a table. Both sides are sets themselves: there are as many as there
 * are watches, and an object beside each would be dear.
 */
class Marks<K extends Marks.Key> {
    private static final int SMALLEST = 4;

    private @Nullable K single;
    private int singleKinds;
    private @Nullable Object @Nullable [] keys;
    private byte @Nullable [] kinds;
    private int size;

    /** Brings its own hash, the same in every run. */
    interface Key {
        int markHash();
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** 0 when the key is not there. */
    int get(K key) {
        if (keys == null || kinds == null) {
            return single == key ? singleKinds : 0;
        }
        return kinds[slot(keys, key)];
    }

    /** 0 takes the key out. */
    void set(K key, int newKinds) {
        if (keys == null || kinds == null) {
            if (single == key || single == null) {
                single = newKinds == 0 ? null : key;
                singleKinds = newKinds;
                size = newKinds == 0 ? 0 : 1;
                return;
            }
            if (newKinds == 0) {
                return;
            }
            keys = new Object[SMALLEST];
            kinds = new byte[SMALLEST];
            put(keys, kinds, single, singleKinds);
            single = null;
        }
        int at = slot(keys, key);
        if (newKinds == 0) {
            remove(keys, kinds, at);
            return;
        }
        if (keys[at] == null) {
            size++;
        }
        keys[at] = key;
        kinds[at] = (byte) newKinds;
        if (4 * size > 3 * keys.length) {
            resize(keys, kinds, 2 * keys.length);
        }
    }

    /** The set must not change meanwhile. */
    void forEach(ObjIntConsumer<K> action) {
        if (keys == null || kinds == null) {
            if (single != null) {
                action.accept(single, singleKinds);
            }
            return;
        }
        for (int i = 0; i < keys.length; i++) {
            K key = key(keys[i]);
            if (key != null) {
                action.accept(key, kinds[i]);
            }
        }
    }

    private void remove(@Nullable Object[] table, byte[] marks, int start) {
        if (table[start] == null) {
            return;
        }
        size--;
        table[start] = null;
        marks[start] = 0;
        int mask = table.length - 1;
        int hole = start;
        int at = (start + 1) & mask;
        for (K key = key(table[at]); key != null; key = key(table[at])) {
            int home = home(key, mask);
            if (((at - home) & mask) >= ((at - hole) & mask)) {
                table[hole] = key;
                marks[hole] = marks[at];
                table[at] = null;
                marks[at] = 0;
                hole = at;
            }
            at = (at + 1) & mask;
        }
        if (size == 0) {
            keys = null;
            kinds = null;
        } else if (table.length > SMALLEST && 8 * size <= table.length) {
            resize(table, marks, table.length / 2);
        }
    }

    private void resize(@Nullable Object[] table, byte[] marks, int length) {
        @Nullable Object[] newKeys = new Object[length];
        byte[] newKinds = new byte[length];
        for (int i = 0; i < table.length; i++) {
            K key = key(table[i]);
            if (key != null) {
                put(newKeys, newKinds, key, marks[i]);
            }
        }
        keys = newKeys;
        kinds = newKinds;
    }

    private void put(@Nullable Object[] table, byte[] marks, K key, int newKinds) {
        int at = slot(table, key);
        table[at] = key;
        marks[at] = (byte) newKinds;
    }

    /**
     * Keys come with numbers in a row, and so do many paths. Slots in a row would make one run of all of them, through
     * which every removal would have to go.
     */
    private static int home(Key key, int mask) {
        int mixed = key.markHash() * 0x9e37_79b9;
        return (mixed ^ mixed >>> 15) & mask;
    }

    private int slot(@Nullable Object[] table, K key) {
        int mask = table.length - 1;
        int at = home(key, mask);
        while (table[at] != null && table[at] != key) {
            at = (at + 1) & mask;
        }
        return at;
    }

    @SuppressWarnings("unchecked") // Only keys are ever put into the table.
    private @Nullable K key(@Nullable Object stored) {
        return (K) stored;
    }
}
