package io.zabkeeper.server.tree;

import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.Permission;
import io.zabkeeper.wire.reply.EmptyReply;
import io.zabkeeper.wire.request.RemoveRecursive;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * removeRecursive: a znode and everything below it, or nothing.
 *
 * <p>Every znode that loses a child must let the client delete it, as if each were deleted by itself; ephemerals of other
 * sessions are no exception to either. They go in one order on all members, the newest first, so that children go before
 * their parents; each is told like a delete of its own.
 */
final class RemoveRecursiveOp {
    /** Znodes that one command removes at most, all operations of a multi together: the loop does nothing else then. */
    static final int MOST = 10_000;

    private RemoveRecursiveOp() {}

    static Outcome execute(Write write, RemoveRecursive remove) {
        String path = remove.path();
        if (!PathRules.hasParent(path) || FreshTree.isReserved(path)) {
            return Outcome.failed(ErrorCode.BAD_ARGUMENTS);
        }
        Tree tree = write.tree;
        Znode parent = tree.find(path, path.lastIndexOf('/'));
        if (parent == null) {
            return Outcome.failed(ErrorCode.NONODE);
        }
        if (!write.may(Permission.DELETE, parent)) {
            return Outcome.failed(ErrorCode.NOAUTH);
        }
        Znode top = tree.find(path);
        if (top == null) {
            return Outcome.failed(ErrorCode.NONODE);
        }
        int count = 1 + top.descendantCount();
        if (count > Integer.toUnsignedLong(remove.limit()) || count > MOST) {
            return Outcome.failed(ErrorCode.NOTEMPTY);
        }
        List<Znode> all = subtree(top, count);
        for (Znode node : all) {
            if (node.childCount() > 0 && !write.may(Permission.DELETE, node)) {
                return Outcome.failed(ErrorCode.NOAUTH);
            }
        }
        if (!write.mayRemove(count)) {
            return Outcome.failed(ErrorCode.NOTEMPTY);
        }

        all.sort(Comparator.comparingLong((Znode node) -> node.id).reversed());
        for (Znode node : all) {
            delete(write, tree, node.id);
        }
        return Outcome.done(EmptyReply.INSTANCE);
    }

    /** By its id: its state has changed with every child that went before. */
    private static void delete(Write write, Tree tree, long id) {
        Znode node = tree.byId(id);
        if (node == null) {
            throw new IllegalStateException("znode " + id + " has gone while its subtree is removed");
        }
        write.tellDeleted(tree.pathOf(node), node, tree.parentOf(node));
        tree.delete(node, write.zxid);
    }

    private static List<Znode> subtree(Znode top, int count) {
        List<Znode> all = new ArrayList<>(count);
        all.add(top);
        for (int i = 0; i < all.size(); i++) {
            Family family = all.get(i).family;
            if (family != null) {
                family.forEach(all::add);
            }
        }
        return all;
    }
}
