package io.zabkeeper.server.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;

/**
 * The file of an LMDB 0.9 environment, read page by page with plain reads.
 *
 * <p>LMDB maps its file and believes it: a missing page is a SIGBUS, a wrong length a SIGSEGV, a wrong page number
 * somebody else's records. Here every number is checked before it is used, and every page may be used once only, by a
 * tree or by the list of free pages; two uses would let the next transaction overwrite what it must keep. Nothing may
 * write to the environment meanwhile.
 *
 * <p>Offsets and flags have the names that they have in LMDB's {@code mdb.c}.
 */
final class MdbFile implements AutoCloseable {
    private static final int PAGE_HEADER = 16;
    private static final int NODE_HEADER = 8;
    private static final int MAGIC = 0xbeefc0de;
    private static final int DATA_VERSION = 1;
    private static final int P_BRANCH = 0x01;
    private static final int P_LEAF = 0x02;
    private static final int P_OVERFLOW = 0x04;
    private static final int P_META = 0x08;
    private static final int F_BIGDATA = 0x01;
    private static final int F_SUBDATA = 0x02;
    private static final int MDB_INTEGERKEY = 0x08;
    private static final int DB_BYTES = 48;
    private static final long P_INVALID = -1;

    /** LMDB's own bound on the depth of a tree. */
    private static final int CURSOR_STACK = 32;

    private static final int META_FREE_DB = PAGE_HEADER + 24;
    private static final int META_MAIN_DB = META_FREE_DB + DB_BYTES;
    private static final int META_LAST_PAGE = META_MAIN_DB + DB_BYTES;
    private static final int META_TRANSACTION = META_LAST_PAGE + 8;
    private static final int META_END = META_TRANSACTION + 8;

    /** Neighbouring leaves are read together, up to this many bytes. */
    private static final int RUN_BYTES = 256 * 1024;

    private final Path path;
    private final FileChannel channel;
    private final int pageBytes;
    private final long transaction;
    private final long lastPage;
    private final Tree freePages;
    private final Map<String, Tree> trees = new TreeMap<>();
    private final BitSet used = new BitSet();
    private final ByteBuffer run;
    private ByteBuffer overflow = ByteBuffer.allocate(0);

    /** Takes the records of one tree in the order of their keys. Both buffers are valid during the call only. */
    interface Visitor {
        void record(ByteBuffer key, int keyOffset, int keyBytes, ByteBuffer value, int valueOffset, int valueBytes);
    }

    /** A {@code MDB_db}: where a tree begins and how large it claims to be. */
    private record Tree(String name, int flags, int depth, long entries, long root) {}

    private MdbFile(Path path, FileChannel channel) throws IOException {
        this.path = path;
        this.channel = channel;
        ByteBuffer first = readMeta(0, 512);
        this.pageBytes = first.getInt(META_FREE_DB);
        if (pageBytes < 512 || pageBytes > 65536 || Integer.bitCount(pageBytes) != 1) {
            throw damaged("meta page 0 claims pages of " + pageBytes + " bytes");
        }
        ByteBuffer second = readMeta(1, pageBytes);
        long[] transactions = {first.getLong(META_TRANSACTION), second.getLong(META_TRANSACTION)};
        if (second.getInt(META_FREE_DB) != pageBytes) {
            throw damaged("meta pages disagree on the page size");
        }
        // Transactions alternate between the two pages, so their numbers follow one another.
        boolean untouched = transactions[0] == 0 && transactions[1] == 0;
        if (!untouched
                && (Math.abs(transactions[0] - transactions[1]) != 1
                        || (transactions[0] & 1) != 0
                        || transactions[0] < 0
                        || transactions[1] < 0)) {
            throw damaged("meta pages carry the transactions " + transactions[0] + " and " + transactions[1]);
        }
        ByteBuffer meta = transactions[0] < transactions[1] ? second : first;
        this.transaction = Math.max(transactions[0], transactions[1]);
        this.lastPage = meta.getLong(META_LAST_PAGE);
        if (lastPage < 1 || lastPage > Integer.MAX_VALUE - 1) {
            throw damaged("meta page claims " + lastPage + " pages");
        }
        this.run = pageBuffer(Math.max(RUN_BYTES, pageBytes));
        this.freePages = tree("free pages", meta, META_FREE_DB, MDB_INTEGERKEY);
        walk(tree("names", meta, META_MAIN_DB, 0), F_SUBDATA, this::name);
    }

    static MdbFile open(Path data) {
        try {
            FileChannel channel = FileChannel.open(data, StandardOpenOption.READ);
            boolean opened = false;
            try {
                MdbFile file = new MdbFile(data, channel);
                opened = true;
                return file;
            } finally {
                if (!opened) {
                    channel.close();
                }
            }
        } catch (IOException e) {
            throw unreadable(data, e);
        }
    }

    /** The number of the last transaction that was committed. */
    long transaction() {
        return transaction;
    }

    int pageBytes() {
        return pageBytes;
    }

    /** Visits all records of a tree; each tree once. */
    void scan(String name, Visitor visitor) {
        Tree tree = trees.get(name);
        if (tree == null) {
            throw damaged("has no table " + name);
        }
        try {
            walk(tree, 0, visitor);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    /** To be called when every tree has been scanned: no free page may be one of theirs, or be free twice. */
    void checkFreePages() {
        try {
            walk(freePages, 0, (key, keyOffset, keyBytes, list, offset, bytes) -> {
                long count = bytes < Long.BYTES ? -1 : list.getLong(offset);
                if (count < 0 || count > lastPage || (count + 1) * Long.BYTES > bytes) {
                    throw damaged("a list of " + count + " free pages in " + bytes + " bytes");
                }
                for (int i = 1; i <= count; i++) {
                    use(list.getLong(offset + i * Long.BYTES), 1);
                }
            });
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    CheckpointDamaged damaged(String what) {
        return new CheckpointDamaged(
                path + ": " + what
                        + ". The checkpoint is not used; the member needs its log from the beginning, or a snapshot of its peers");
    }

    private static CheckpointDamaged unreadable(Path path, IOException cause) {
        return new CheckpointDamaged(
                path + ": cannot be read (" + cause.getMessage() + "). The checkpoint is not used; check the disk",
                cause);
    }

    private void name(ByteBuffer key, int keyOffset, int keyBytes, ByteBuffer value, int valueOffset, int valueBytes) {
        if (valueBytes != DB_BYTES) {
            throw damaged("a table is described in " + valueBytes + " bytes");
        }
        byte[] name = new byte[keyBytes];
        key.get(keyOffset, name);
        String text = new String(name, StandardCharsets.ISO_8859_1);
        trees.put(text, tree(text, value, valueOffset, 0));
    }

    private Tree tree(String name, ByteBuffer in, int offset, int flags) {
        Tree tree = new Tree(
                name,
                in.getShort(offset + 4) & 0xffff,
                in.getShort(offset + 6) & 0xffff,
                in.getLong(offset + 32),
                in.getLong(offset + 40));
        if (tree.flags != flags || tree.depth > CURSOR_STACK || (tree.root == P_INVALID) != (tree.depth == 0)) {
            throw damaged("table " + name + " is described as " + tree);
        }
        return tree;
    }

    private ByteBuffer readMeta(long page, int offset) throws IOException {
        ByteBuffer meta = pageBuffer(META_END);
        fill(meta, page * offset, META_END);
        // Page 0 lies at 0 whatever the page size is.
        if (meta.getLong(0) != page || meta.getShort(10) != P_META || meta.getInt(PAGE_HEADER) != MAGIC) {
            throw damaged("page " + page + " is no meta page");
        }
        if (meta.getInt(PAGE_HEADER + 4) != DATA_VERSION) {
            throw damaged("is of format " + meta.getInt(PAGE_HEADER + 4) + ", not " + DATA_VERSION);
        }
        return meta;
    }

    private void walk(Tree tree, int nodeFlags, Visitor visitor) throws IOException {
        if (tree.depth == 0) {
            if (tree.entries != 0) {
                throw damaged("table " + tree.name + " claims " + tree.entries + " records and has no root");
            }
            return;
        }
        Walk walk = new Walk(tree, nodeFlags, visitor);
        walk.subtrees(new long[] {tree.root}, 1, 1);
        if (walk.entries != tree.entries) {
            throw damaged("table " + tree.name + " claims " + tree.entries + " records and has " + walk.entries);
        }
    }

    /** One pass over a tree, in the order of its keys. */
    private final class Walk {
        private final Tree tree;
        private final int nodeFlags;
        private final Visitor visitor;
        private long entries;

        Walk(Tree tree, int nodeFlags, Visitor visitor) {
            this.tree = tree;
            this.nodeFlags = nodeFlags;
            this.visitor = visitor;
        }

        void subtrees(long[] pages, int count, int depth) throws IOException {
            if (depth == tree.depth) {
                leaves(pages, count);
                return;
            }
            ByteBuffer page = pageBuffer(pageBytes);
            for (int i = 0; i < count; i++) {
                use(pages[i], 1);
                fill(page, pages[i] * pageBytes, pageBytes);
                int keys = keys(page, 0, pages[i], P_BRANCH);
                long[] children = new long[keys];
                for (int k = 0; k < keys; k++) {
                    int node = node(page, 0, pages[i], k);
                    children[k] = (page.getInt(node) & 0xffffffffL) | (page.getShort(node + 4) & 0xffffL) << 32;
                }
                subtrees(children, keys, depth + 1);
            }
        }

        private void leaves(long[] pages, int count) throws IOException {
            int most = run.capacity() / pageBytes;
            for (int i = 0; i < count; ) {
                int length = 1;
                while (length < most && i + length < count && pages[i + length] == pages[i] + length) {
                    length++;
                }
                use(pages[i], length);
                fill(run, pages[i] * pageBytes, length * pageBytes);
                for (int k = 0; k < length; k++) {
                    leaf(k * pageBytes, pages[i] + k);
                }
                i += length;
            }
        }

        private void leaf(int at, long number) throws IOException {
            int keys = keys(run, at, number, P_LEAF);
            for (int k = 0; k < keys; k++) {
                int node = node(run, at, number, k);
                long bytes = run.getInt(node) & 0xffffffffL;
                int flags = run.getShort(node + 4) & 0xffff;
                int keyBytes = run.getShort(node + 6) & 0xffff;
                int value = node + NODE_HEADER + keyBytes;
                boolean big = flags == (F_BIGDATA | nodeFlags);
                boolean known = big || flags == nodeFlags;
                if (!known || value + (big ? Long.BYTES : bytes) > at + pageBytes) {
                    throw damaged("record " + k + " of page " + number + " has flags " + flags + ", a key of "
                            + keyBytes + " bytes and a value of " + bytes);
                }
                entries++;
                if (big) {
                    readOverflow(run.getLong(value), bytes);
                    visitor.record(run, node + NODE_HEADER, keyBytes, overflow, PAGE_HEADER, (int) bytes);
                } else {
                    visitor.record(run, node + NODE_HEADER, keyBytes, run, value, (int) bytes);
                }
            }
        }
    }

    private void readOverflow(long number, long bytes) throws IOException {
        long pages = (PAGE_HEADER - 1 + bytes) / pageBytes + 1;
        if (pages > lastPage || bytes > Integer.MAX_VALUE - 2 * pageBytes) {
            throw damaged("a value of " + bytes + " bytes");
        }
        use(number, (int) pages);
        if (overflow.capacity() < bytes + PAGE_HEADER) {
            overflow = pageBuffer((int) Math.max(bytes + PAGE_HEADER, 2L * overflow.capacity()));
        }
        fill(overflow, number * pageBytes, PAGE_HEADER + (int) bytes);
        if (overflow.getLong(0) != number || overflow.getShort(10) != P_OVERFLOW || overflow.getInt(12) != pages) {
            throw damaged("page " + number + " is no run of " + pages + " overflow pages");
        }
    }

    /** The number of keys on a page, after its header has been checked. */
    private int keys(ByteBuffer page, int at, long number, int kind) {
        int lower = page.getShort(at + 12) & 0xffff;
        int upper = page.getShort(at + 14) & 0xffff;
        if (page.getLong(at) != number || page.getShort(at + 10) != kind) {
            throw damaged("page " + number + " calls itself page " + page.getLong(at) + " of kind "
                    + page.getShort(at + 10) + ", not " + kind);
        }
        if (lower <= PAGE_HEADER || lower > upper || upper > pageBytes || (lower & 1) != 0) {
            throw damaged("page " + number + " claims free space from " + lower + " to " + upper);
        }
        return (lower - PAGE_HEADER) / 2;
    }

    /** Where a record of a page begins. */
    private int node(ByteBuffer page, int at, long number, int index) {
        int upper = page.getShort(at + 14) & 0xffff;
        int offset = page.getShort(at + PAGE_HEADER + 2 * index) & 0xffff;
        if (offset < upper || offset > pageBytes - NODE_HEADER) {
            throw damaged("record " + index + " of page " + number + " lies at " + offset);
        }
        return at + offset;
    }

    private void use(long number, int count) {
        if (number < 2 || number + count - 1 > lastPage) {
            throw damaged("refers to page " + number + ", the last one is " + lastPage);
        }
        int clash = used.nextSetBit((int) number);
        if (clash >= 0 && clash < number + count) {
            throw damaged("uses page " + clash + " twice");
        }
        used.set((int) number, (int) number + count);
    }

    private void fill(ByteBuffer target, long position, int bytes) throws IOException {
        target.clear().limit(bytes);
        while (target.hasRemaining()) {
            if (channel.read(target, position + target.position()) < 0) {
                throw damaged("ends at " + channel.size() + ", byte " + (position + bytes - 1) + " is missing");
            }
        }
        target.clear();
    }

    private static ByteBuffer pageBuffer(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public String toString() {
        return path + " at transaction " + transaction + " " + trees.values();
    }
}
