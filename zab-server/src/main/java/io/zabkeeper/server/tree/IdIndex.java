package io.zabkeeper.server.tree;

import org.jspecify.annotations.Nullable;

/**
 * Znodes by id, in the order of their ids: pages of 64 references in directories of 1,024 pages. Ids only grow while
 * znodes come and go, so pages and directories that have become empty are dropped; what remains of long gone znodes is
 * four bytes for each 65,536 of them.
 *
 * <p>Belongs to the loop.
 */
final class IdIndex {
    private static final int PAGE_BITS = 6;
    private static final int PAGE_SIZE = 1 << PAGE_BITS;
    private static final int DIRECTORY_BITS = 10;
    private static final int DIRECTORY_SIZE = 1 << DIRECTORY_BITS;
    private static final int SPAN_BITS = PAGE_BITS + DIRECTORY_BITS;

    private @Nullable Directory[] directories = new Directory[4];

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
        long span = node.id >>> SPAN_BITS;
        if (span >= directories.length) {
            @Nullable Directory[] more = new Directory[Math.toIntExact(Math.max(span + 1, 2L * directories.length))];
            System.arraycopy(directories, 0, more, 0, directories.length);
            directories = more;
        }
        Directory directory = directories[(int) span];
        if (directory == null) {
            directory = new Directory();
            directories[(int) span] = directory;
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
                directories[(int) (id >>> SPAN_BITS)] = null;
            }
        }
    }

    /** The znode with the smallest id that is at least {@code from} and below {@code end}. */
    @Nullable
    Znode ceiling(long from, long end) {
        long id = from;
        while (id < end && id >>> SPAN_BITS < directories.length) {
            Directory directory = directory(id);
            if (directory == null) {
                id = ((id >>> SPAN_BITS) + 1) << SPAN_BITS;
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
        return span < directories.length ? directories[(int) span] : null;
    }

    private static int pageOf(long id) {
        return (int) (id >>> PAGE_BITS) & (DIRECTORY_SIZE - 1);
    }

    private static int slotOf(long id) {
        return (int) id & (PAGE_SIZE - 1);
    }
}
