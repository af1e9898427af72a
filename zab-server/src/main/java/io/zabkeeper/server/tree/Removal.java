package io.zabkeeper.server.tree;

import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.EventType;
import io.zabkeeper.wire.ZnodePath;
import java.util.List;

/** A znode without children goes although no client has deleted it: watchers see it as any other deletion (§5.2). */
final class Removal {
    private Removal() {}

    static void execute(Tree tree, Znode node, long zxid, List<TreeEvent> events) {
        String path = tree.pathOf(node);
        List<Acl> acl = tree.aclOf(node);
        Znode parent = tree.delete(node, zxid);
        events.add(new TreeEvent(EventType.NODE_DELETED, path, acl));
        events.add(new TreeEvent(EventType.NODE_CHILDREN_CHANGED, ZnodePath.parent(path), tree.aclOf(parent)));
    }
}
