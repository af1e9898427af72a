package io.zabkeeper.server.tree;

import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.EventType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Znodes without children go although no client has deleted them: watchers see it as any other deletion (§5.2). A session
 * may take a hundred thousand along, mostly from the same parent, whose state is replaced once for all of its children
 * that follow one another.
 */
final class Removal {
    private final Tree tree;
    private final long zxid;
    private final List<TreeEvent> events = new ArrayList<>(2);

    private @Nullable Znode parent;
    private String below = "";
    private @Nullable TreeEvent childrenChanged;

    Removal(Tree tree, long zxid) {
        this.tree = tree;
        this.zxid = zxid;
    }

    void remove(Znode node) {
        TreeEvent toParent = childrenChanged;
        if (toParent == null || parent == null || parent.id != node.parent) {
            toParent = goTo(tree.parentOf(node));
        }
        String path = below + node.nameText();
        List<Acl> acl = tree.aclOf(node);
        tree.deleteAlone(node, path);
        events.add(new TreeEvent(EventType.NODE_DELETED, path, acl));
        events.add(toParent);
    }

    private TreeEvent goTo(Znode next) {
        settleParent();
        parent = next;
        String path = tree.pathOf(next);
        below = next.id == Tree.ROOT_ID ? "/" : path + "/";
        TreeEvent event = new TreeEvent(EventType.NODE_CHILDREN_CHANGED, path, tree.aclOf(next));
        childrenChanged = event;
        return event;
    }

    private void settleParent() {
        Znode before = parent == null ? null : tree.byId(parent.id);
        if (before != null) {
            tree.place(before, before.withChildDeleted(zxid));
        }
    }

    /** What happened, in its order. The last call. */
    List<TreeEvent> finish() {
        settleParent();
        return events;
    }
}
