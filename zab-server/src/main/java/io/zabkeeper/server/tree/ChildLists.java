package io.zabkeeper.server.tree;

import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.ChildFilter;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.Permission;
import io.zabkeeper.wire.Stat;
import io.zabkeeper.wire.codec.JuteWriter;
import io.zabkeeper.wire.reply.ChildrenReply;
import io.zabkeeper.wire.reply.DetailedListReply;
import io.zabkeeper.wire.reply.ListPageReply;
import io.zabkeeper.wire.reply.Reply;
import io.zabkeeper.wire.request.DetailedList;
import io.zabkeeper.wire.request.FilteredList;
import io.zabkeeper.wire.request.ListPage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The lists of children that ZooKeeper does not have: some of them, with what they are, or page by page.
 *
 * <p>That a child exists is told to whoever may read its parent, more about it to whoever may read it: a list that would
 * tell more of one child is refused as a whole, as ClickHouse Keeper does.
 *
 * <p>A list in pages has each child that was there from the first page to the last exactly once, and one that came or went
 * meanwhile at most once. Its order means nothing to clients and is this member's own; a token of another member, or of
 * this one before it was started, is refused and the list begins anew. A page costs what is on it and no more, however many
 * children there are.
 */
final class ChildLists {
    /** Bytes of a list that cannot be had in parts. */
    static final int DETAILED_BUDGET = 16 * 1024 * 1024;

    /** Bytes of the names on a page. */
    static final int PAGE_BUDGET = 512 * 1024;

    static final int LARGEST_PAGE = 10_000;

    private final Tree tree;
    private final TreeReader reader;

    ChildLists(Tree tree, TreeReader reader) {
        this.tree = tree;
        this.reader = reader;
    }

    ReadResult filtered(FilteredList list) {
        Znode node = tree.find(list.path());
        if (node == null) {
            return failed(ErrorCode.NONODE);
        }
        if (!reader.may(Permission.READ, node)) {
            return failed(ErrorCode.NOAUTH);
        }
        if (list.filter() != ChildFilter.ALL && !mayReadAll(node)) {
            return failed(ErrorCode.NOAUTH);
        }
        return done(new ChildrenReply(names(children(node, list.filter())), node.stat()));
    }

    ReadResult detailed(DetailedList list) {
        Znode node = tree.find(list.path());
        if (node == null) {
            return failed(ErrorCode.NONODE);
        }
        if (!reader.may(Permission.READ, node)) {
            return failed(ErrorCode.NOAUTH);
        }
        boolean tellsMore = list.withStats() || list.withData() || list.filter() != ChildFilter.ALL;
        if (tellsMore && !mayReadAll(node)) {
            return failed(ErrorCode.NOAUTH);
        }
        List<Znode> children = children(node, list.filter());
        List<Stat> stats = new ArrayList<>(list.withStats() ? children.size() : 0);
        List<Bytes> data = new ArrayList<>(list.withData() ? children.size() : 0);
        long sizeBytes = 0;
        for (Znode child : children) {
            sizeBytes += (long) Integer.BYTES + child.name.length;
            if (list.withStats()) {
                sizeBytes += JuteWriter.STAT_SIZE;
                stats.add(child.stat());
            }
            if (list.withData()) {
                sizeBytes += (long) Integer.BYTES + child.dataLength();
                data.add(child.data == null ? Bytes.EMPTY : Bytes.of(child.data));
            }
            if (sizeBytes > DETAILED_BUDGET) {
                return failed(ErrorCode.BAD_ARGUMENTS);
            }
        }
        return done(new DetailedListReply(names(children), node.stat(), stats, data));
    }

    ReadResult page(ListPage list) {
        Znode node = tree.find(list.path());
        if (node == null) {
            return failed(ErrorCode.NONODE);
        }
        if (!reader.may(Permission.READ, node)) {
            return failed(ErrorCode.NOAUTH);
        }
        long origin = tree.listOrigin();
        Bytes token = list.token();
        if (list.limit() <= 0 || (token != null && !isOf(origin, token))) {
            return failed(ErrorCode.BAD_ARGUMENTS);
        }
        FamilyPage page = new FamilyPage(Math.min(list.limit(), LARGEST_PAGE), PAGE_BUDGET);
        long from = token == null ? 0 : tree.hashOf(token.array(), Long.BYTES) + 1;
        boolean isBeyondAll = token != null && from == 0;
        if (node.family != null && !isBeyondAll) {
            tree.inOrder(node.family, from, page);
        }
        List<Bytes> names = page.names();
        Bytes next = page.isComplete() ? null : token(origin, names.get(names.size() - 1));
        return done(new ListPageReply(names, node.stat(), next));
    }

    private static boolean isOf(long origin, Bytes token) {
        return token.length() > Long.BYTES && ByteBuffer.wrap(token.array()).getLong() == origin;
    }

    private static Bytes token(long origin, Bytes lastName) {
        return Bytes.of(ByteBuffer.allocate(Long.BYTES + lastName.length())
                .putLong(origin)
                .put(lastName.array())
                .array());
    }

    private boolean mayReadAll(Znode node) {
        boolean[] may = {true};
        if (node.family != null) {
            node.family.forEach(child -> may[0] &= reader.may(Permission.READ, child));
        }
        return may[0];
    }

    private static List<Znode> children(Znode node, ChildFilter filter) {
        List<Znode> children = new ArrayList<>(filter == ChildFilter.ALL ? node.childCount() : 0);
        if (node.family != null) {
            node.family.forEach(child -> {
                if (filter == ChildFilter.ALL || child.isEphemeral() == (filter == ChildFilter.EPHEMERAL)) {
                    children.add(child);
                }
            });
        }
        return children;
    }

    private static List<Bytes> names(List<Znode> children) {
        List<Bytes> names = new ArrayList<>(children.size());
        for (Znode child : children) {
            names.add(Bytes.of(child.name));
        }
        return names;
    }

    private static ReadResult failed(ErrorCode error) {
        return new ReadResult(error, null);
    }

    private static ReadResult done(Reply reply) {
        return new ReadResult(ErrorCode.OK, reply);
    }
}
