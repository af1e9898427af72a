package io.zabkeeper.server.tree;

import io.zabkeeper.wire.ErrorCode;
import java.util.List;

/**
 * The end of a container or of a znode with a time to live (client protocol §4.5). Nobody's permission is asked, but
 * everything that made the znode due is asked again: children, data or a whole new life may have come since.
 */
final class ReapOp {
    private ReapOp() {}

    /**
     * Whether nobody needs the znode any more. A container waits for its last child to go; one that has never had any is
     * due only if there is an age for that. A time to live counts from the last change of the data.
     *
     * @param nowMillis never ahead of the stamps of the log
     */
    static boolean isDue(Znode node, long nowMillis, long neverUsedMs) {
        if (node.childCount() > 0) {
            return false;
        }
        long ageMs = nowMillis - node.mtime;
        if (Owner.isTtl(node.owner)) {
            return ageMs > Owner.ttlMs(node.owner);
        }
        return node.owner == Owner.CONTAINER && (node.createdChildren != 0 || (neverUsedMs > 0 && ageMs > neverUsedMs));
    }

    static Applied execute(Tree tree, Command.ReapZnode reap, long zxid, long stampMillis) {
        Znode node = tree.byId(reap.node());
        if (node == null) {
            return failed(ErrorCode.NONODE);
        }
        if (node.childCount() > 0) {
            return failed(ErrorCode.NOTEMPTY);
        }
        if (!isDue(node, stampMillis, reap.neverUsedMs())) {
            return failed(ErrorCode.BADVERSION);
        }
        Removal removal = new Removal(tree, zxid);
        removal.remove(node);
        return new Applied(ErrorCode.OK, null, removal.finish(), null);
    }

    private static Applied failed(ErrorCode error) {
        return new Applied(error, null, List.of(), null);
    }
}
