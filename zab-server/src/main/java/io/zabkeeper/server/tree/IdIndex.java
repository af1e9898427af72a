package io.zabkeeper.server.tree;

import java.util.Arrays;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Znodes by id, in the order of their ids: pages of 64 references in directories of 1,024 pages. Ids only grow while
 * znodes come and go, so pages and directories that have become empty are dropped; what remains of long gone znodes is
 * four bytes for each 65,536 of them, and nothing beyond four billion: an id alone, which may be a damaged one, must not
 * decide how much memory is taken.
 *
 * <p>Belongs to the loop.
 */
final class IdIndex {
    private static final int PAGE_BITS = 6;
    private static final int PAGE_SIZE = 1 << PAGE_BITS;
    private static final int DIRECTORY_BITS = 10;
    private static final int DIRECTORY_SIZE = 1 << DIRECTORY_BITS;
    private static final int SPAN_BITS = PAGE_BITS + DIRECTORY_BITS;

    /** Directories that are found by their number; those behind them are looked up. */
    private static final int NEAR = 1 << 16;

    private @Nullable Directory[] directories = new Directory[4];
    private final TreeMap<Long, Directory> far = new TreeMap<>();

    private static final class Directory {
        final @Nullable Page[] pages = new Page[DIRECTORY_SIZE];
        int used;
    }

    private static final class Page {
        final @Nullable Znode[] nodes = new Znode[PAGE_SIZE];
        int used;
    }

    @Nullable
    Znode get(long id) {
        Directory directory = directory(id);
        if (directory == null) {
            return null;
        }
        Page page = directory.pages[pageOf(id)];
        return page == null ? null : page.nodes[slotOf(id)];
    }

    /** A new znode, or the new state of one. */
    void put(Znode node) {
        Directory directory = directory(node.id);
        if (directory == null) {
            directory = new Directory();
            add(directory, node.id >>> SPAN_BITS);
        }
        int at = pageOf(node.id);
        Page page = directory.pages[at];
        if (page == null) {
            page = new Page();
            directory.pages[at] = page;
            directory.used++;
        }
        int slot = slotOf(node.id);
        if (page.nodes[slot] == null) {
            page.used++;
        }
        page.nodes[slot] = node;
    }

    void remove(long id) {
        Directory directory = directory(id);
        Page page = directory == null ? null : directory.pages[pageOf(id)];
        if (directory == null || page == null || page.nodes[slotOf(id)] == null) {
            return;
        }
        page.nodes[slotOf(id)] = null;
        page.used--;
        if (page.used == 0) {
            directory.pages[pageOf(id)] = null;
            directory.used--;
            if (directory.used == 0) {
                drop(id >>> SPAN_BITS);
            }
        }
    }

    /** The znode with the smallest id that is at least {@code from} and below {@code end}. */
    @Nullable
    Znode ceiling(long from, long end) {
        long id = from;
        while (id < end) {
            Directory directory = directory(id);
            if (directory == null) {
                long next = nextSpan(id >>> SPAN_BITS);
                if (next < 0) {
                    return null;
                }
                id = next << SPAN_BITS;
                continue;
            }
            Page page = directory.pages[pageOf(id)];
            if (page == null) {
                id = ((id >>> PAGE_BITS) + 1) << PAGE_BITS;
                continue;
            }
            Znode node = page.nodes[slotOf(id)];
            if (node != null) {
                return node;
            }
            id++;
        }
        return null;
    }

    private @Nullable Directory directory(long id) {
        long span = id >>> SPAN_BITS;
        if (span < directories.length) {
            return directories[(int) span];
        }
        return far.isEmpty() ? null : far.get(span);
    }

    private void add(Directory directory, long span) {
        if (span >= NEAR) {
            far.put(span, directory);
            return;
        }
        if (span >= directories.length) {
            directories = Arrays.copyOf(directories, Math.max((int) span + 1, Math.min(NEAR, 2 * directories.length)));
        }
        directories[(int) span] = directory;
    }

    private void drop(long span) {
        if (span < directories.length) {
            directories[(int) span] = null;
        } else {
            far.remove(span);
        }
    }

    /** The next span with a directory behind this one, which has none; -1 when there is none either. */
    private long nextSpan(long span) {
        for (long next = span + 1; next < directories.length; next++) {
            if (directories[(int) next] != null) {
                return next;
            }
        }
        Long next = far.higherKey(span);
        return next == null ? -1 : next;
    }

    private static int pageOf(long id) {
        return (int) (id >>> PAGE_BITS) & (DIRECTORY_SIZE - 1);
    }

    private static int slotOf(long id) {
        return (int) id & (PAGE_SIZE - 1);
    }
}
