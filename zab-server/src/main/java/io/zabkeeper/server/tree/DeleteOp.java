package io.zabkeeper.server.tree;

import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.Permission;
import io.zabkeeper.wire.reply.EmptyReply;
import io.zabkeeper.wire.request.Delete;

/** delete. The permission is the parent's to give (client protocol §3.3, §7.1). */
final class DeleteOp {
    private DeleteOp() {}

    static Outcome execute(Write write, Delete delete) {
        String path = delete.path();
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
        Znode node = tree.find(path);
        if (node == null) {
            return Outcome.failed(ErrorCode.NONODE);
        }
        if (!Version.matches(delete.version(), node.version)) {
            return Outcome.failed(ErrorCode.BADVERSION);
        }
        if (node.childCount() > 0) {
            return Outcome.failed(ErrorCode.NOTEMPTY);
        }

        write.tellDeleted(path, node, parent);
        tree.delete(node, write.zxid);
        return Outcome.done(EmptyReply.INSTANCE);
    }
}
