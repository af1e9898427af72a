package io.zabkeeper.server.tree;

/**
 * What a restore has to know of the children of all znodes before it hangs them together: how many there are, so that no
 * table of children is filled twice, and which names are taken.
 *
 * <p>To look a name up among its siblings costs some cache misses for each of those on the way, and that would be most of
 * what loading a large state takes. So only a hash is kept here: a name that was there is found for sure, one that was not
 * may be taken for another in rare cases, and must then be looked up.
 */
final class Siblings {
    /** By parent; in an array, to be counted in place. */
    private final LongTable<int[]> counts = new LongTable<>(10);

    private final LongSet names = new LongSet();

    /** A further child of this parent. */
    void count(long parent) {
        int[] count = counts.get(parent);
        if (count == null) {
            count = new int[1];
            counts.put(parent, count);
        }
        count[0]++;
    }

    /** Children of this parent, 0 or more. */
    int countOf(long parent) {
        int[] count = counts.get(parent);
        return count == null ? 0 : count[0];
    }

    /** False when the parent may have met a child of that name already. */
    boolean isNew(long parent, long nameHash) {
        long name = Hash64.with(nameHash, parent);
        return names.add(name == 0 ? 1 : name);
    }
}
