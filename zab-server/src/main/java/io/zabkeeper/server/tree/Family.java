package io.zabkeeper.server.tree;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The children of one znode by name. A leaf is an open-addressed table of references without anything beside it; one
 * that grows too large becomes a fan of sixteen families, chosen by four further bits of the hash, so that neither an
 * insert nor a removal ever moves more than a leaf's worth of children.
 *
 * <p>Belongs to the loop. Hashes of names come from outside, because the caller has just computed one.
 */
final class Family {
    private static final int SMALLEST_LEAF = 4;

    /** Up to here a leaf may be full: probing all of it is as fast as probing a part. */
    private static final int SMALL_LEAF = 8;

    private static final int LARGEST_LEAF = 1024;
    private static final int FAN_BITS = 4;
    private static final int FAN_SIZE = 1 << FAN_BITS;

    /** Slots come from the low bits of a hash, fans from the high ones; they never meet before this depth. */
    private static final int DEEPEST_FAN = 10;

    /** Null in a fan. */
    private @Nullable Znode @Nullable [] slots;

    /** Null in a leaf. */
    private @Nullable Family @Nullable [] fan;

    private int size;

    /** Znodes below the parent, its children included. Kept by the {@link Tree}; counts in the root of a fan only. */
    private int descendants;

    /** With room for about so many children, as if they had come one by one. */
    static Family ofSize(int children) {
        return ofSize(children, 0);
    }

    private static Family ofSize(int children, int depth) {
        Family family = new Family();
        if (children > mostIn(LARGEST_LEAF) && depth < DEEPEST_FAN) {
            @Nullable Family[] branches = new Family[FAN_SIZE];
            for (int i = 0; i < FAN_SIZE; i++) {
                branches[i] = ofSize(children / FAN_SIZE, depth + 1);
            }
            family.fan = branches;
        } else {
            family.slots = new Znode[lengthFor(children)];
        }
        return family;
    }

    int descendants() {
        return descendants;
    }

    void addDescendants(int more) {
        descendants += more;
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** The child with the name in this range. */
    @Nullable
    Znode get(long hash, byte[] bytes, int from, int to) {
        Family leaf = this;
        for (int depth = 0; leaf.fan != null; depth++) {
            Family next = leaf.fan[branch(hash, depth)];
            if (next == null) {
                return null;
            }
            leaf = next;
        }
        @Nullable Znode[] table = leaf.slots;
        if (table == null) {
            return null;
        }
        int mask = table.length - 1;
        int at = (int) hash & mask;
        for (int probes = 0; probes <= mask; probes++) {
            Znode child = table[at];
            if (child == null) {
                return null;
            }
            if (Arrays.equals(child.name, 0, child.name.length, bytes, from, to)) {
                return child;
            }
            at = (at + 1) & mask;
        }
        return null;
    }

    /** The caller knows that there is no child of that name. */
    void add(Znode child, long hash, NameHash hashes) {
        add(child, hash, hashes, 0);
    }

    private void add(Znode child, long hash, NameHash hashes, int depth) {
        size++;
        if (fan != null) {
            branchFor(fan, hash, depth).add(child, hash, hashes, depth + 1);
            return;
        }
        if (slots == null) {
            slots = new Znode[SMALLEST_LEAF];
        } else if (size > mostIn(slots.length)) {
            if (slots.length == LARGEST_LEAF && depth < DEEPEST_FAN) {
                @Nullable Family[] unfolded = unfold(slots, hashes, depth);
                branchFor(unfolded, hash, depth).add(child, hash, hashes, depth + 1);
                return;
            }
            slots = resized(slots, 2 * slots.length, hashes);
        }
        place(slots, child, hash);
    }

    /** Puts a new state in the place of the one before. */
    void replace(Znode before, Znode after, long hash) {
        Family leaf = leafOf(hash);
        @Nullable Znode[] table = leaf.table();
        table[leaf.slotOf(table, before, hash)] = after;
    }

    void remove(Znode child, long hash, NameHash hashes) {
        remove(child, hash, hashes, 0);
    }

    private void remove(Znode child, long hash, NameHash hashes, int depth) {
        size--;
        if (fan != null) {
            Family branch = branchFor(fan, hash, depth);
            branch.remove(child, hash, hashes, depth + 1);
            if (size <= LARGEST_LEAF / 8) {
                fold(fan, hashes);
            } else if (branch.size == 0) {
                fan[branch(hash, depth)] = null;
            }
            return;
        }
        @Nullable Znode[] table = table();
        int hole = slotOf(table, child, hash);
        table[hole] = null;
        closeGap(table, hole, hashes);
        if (size == 0) {
            slots = null;
        } else if (table.length > SMALLEST_LEAF && size <= table.length / 8) {
            slots = resized(table, table.length / 2, hashes);
        }
    }

    /** In no order. */
    void forEach(Consumer<Znode> action) {
        if (fan != null) {
            for (Family branch : fan) {
                if (branch != null) {
                    branch.forEach(action);
                }
            }
        } else if (slots != null) {
            for (Znode child : slots) {
                if (child != null) {
                    action.accept(child);
                }
            }
        }
    }

    /**
     * Hands children out in the order of their hashes, which neither depends on how the family is laid out nor changes
     * when it grows or shrinks.
     *
     * @param from the smallest hash that is wanted, as an unsigned number
     * @param page takes them until it is full
     */
    void inOrder(long from, FamilyPage page, NameHash hashes) {
        inOrder(from, page, hashes, 0, 0);
    }

    private boolean inOrder(long from, FamilyPage page, NameHash hashes, long prefix, int depth) {
        if (fan == null) {
            return page.takeLeaf(slots, from, hashes);
        }
        int shift = Long.SIZE - FAN_BITS * (depth + 1);
        for (int i = 0; i < FAN_SIZE; i++) {
            long first = prefix | (long) i << shift;
            Family branch = fan[i];
            boolean isBefore = Long.compareUnsigned(first | (1L << shift) - 1, from) < 0;
            if (branch != null && !isBefore && !branch.inOrder(from, page, hashes, first, depth + 1)) {
                return false;
            }
        }
        return true;
    }

    private Family leafOf(long hash) {
        Family leaf = this;
        for (int depth = 0; leaf.fan != null; depth++) {
            leaf = branchFor(leaf.fan, hash, depth);
        }
        return leaf;
    }

    private static Family branchFor(@Nullable Family[] branches, long hash, int depth) {
        int index = branch(hash, depth);
        Family branch = branches[index];
        if (branch == null) {
            branch = new Family();
            branches[index] = branch;
        }
        return branch;
    }

    private static int branch(long hash, int depth) {
        return (int) (hash >>> (Long.SIZE - FAN_BITS * (depth + 1))) & (FAN_SIZE - 1);
    }

    private @Nullable Znode[] table() {
        if (slots == null) {
            throw new IllegalStateException("a family without children has none to replace");
        }
        return slots;
    }

    private int slotOf(@Nullable Znode[] table, Znode child, long hash) {
        int mask = table.length - 1;
        int at = (int) hash & mask;
        for (int probes = 0; probes <= mask; probes++) {
            if (table[at] == child) {
                return at;
            }
            at = (at + 1) & mask;
        }
        throw new IllegalStateException("znode " + child.id + " is not where its name says");
    }

    private static void place(@Nullable Znode[] table, Znode child, long hash) {
        int mask = table.length - 1;
        int at = (int) hash & mask;
        while (table[at] != null) {
            at = (at + 1) & mask;
        }
        table[at] = child;
    }

    /** Moves those back that had to pass over the hole, so that no probe ends too early. */
    private static void closeGap(@Nullable Znode[] table, int start, NameHash hashes) {
        int mask = table.length - 1;
        int hole = start;
        int at = (start + 1) & mask;
        while (at != start) {
            Znode child = table[at];
            if (child == null) {
                return;
            }
            int home = (int) hashes.of(child) & mask;
            if (((at - home) & mask) >= ((at - hole) & mask)) {
                table[hole] = child;
                table[at] = null;
                hole = at;
            }
            at = (at + 1) & mask;
        }
    }

    private static @Nullable Znode[] resized(@Nullable Znode[] table, int length, NameHash hashes) {
        @Nullable Znode[] resized = new Znode[length];
        for (Znode child : table) {
            if (child != null) {
                place(resized, child, hashes.of(child));
            }
        }
        return resized;
    }

    private @Nullable Family[] unfold(@Nullable Znode[] table, NameHash hashes, int depth) {
        @Nullable Family[] branches = new Family[FAN_SIZE];
        for (Znode child : table) {
            if (child != null) {
                long hash = hashes.of(child);
                branchFor(branches, hash, depth).add(child, hash, hashes, depth + 1);
            }
        }
        slots = null;
        fan = branches;
        return branches;
    }

    private void fold(@Nullable Family[] branches, NameHash hashes) {
        fan = null;
        @Nullable Znode[] table = new Znode[lengthFor(size)];
        for (Family branch : branches) {
            if (branch != null) {
                branch.forEach(child -> place(table, child, hashes.of(child)));
            }
        }
        slots = table;
    }

    private static int lengthFor(int children) {
        int length = SMALLEST_LEAF;
        while (mostIn(length) < children) {
            length *= 2;
        }
        return length;
    }

    private static int mostIn(int length) {
        return length <= SMALL_LEAF ? length : length - length / 4;
    }
}
