package io.zabkeeper.server.watch;

import io.zabkeeper.server.watch.WatchedTree.Seen;
import io.zabkeeper.wire.EventType;
import io.zabkeeper.wire.WatchEvent;
import io.zabkeeper.wire.request.SetWatches;

/**
 * setWatches and setWatches2: what has changed since the client last heard of us is told at once, everything else is
 * registered again (client protocol §5.5).
 *
 * <p>An event about a znode that the client may not read is neither told here nor later (CVE-2026-59739): its watch is
 * registered as if nothing had happened. That a znode is gone is told to everybody, because its ACL is gone too.
 */
public final class WatchReplay {
    /** The zxid of an event that no single write has caused. */
    private static final long NO_ZXID = -1;

    private WatchReplay() {}

    /** Events come before the reply, which is the caller's business. */
    public static <W extends Watcher> void replay(
            SetWatches request, WatchedTree tree, WatchTable<W> table, W watcher) {
        long since = request.relativeZxid();
        for (String path : request.data()) {
            Seen seen = tree.look(path);
            if (seen == null) {
                tell(watcher, EventType.NODE_DELETED, path);
            } else if (seen.mzxid() > since && watcher.mayRead(seen.acl())) {
                tell(watcher, EventType.NODE_DATA_CHANGED, path);
            } else {
                table.add(watcher, WatchKind.DATA, path);
            }
        }
        for (String path : request.exist()) {
            Seen seen = tree.look(path);
            if (seen != null && watcher.mayRead(seen.acl())) {
                tell(watcher, EventType.NODE_CREATED, path);
            } else {
                table.add(watcher, WatchKind.DATA, path);
            }
        }
        for (String path : request.child()) {
            Seen seen = tree.look(path);
            if (seen == null) {
                tell(watcher, EventType.NODE_DELETED, path);
            } else if (seen.pzxid() > since && watcher.mayRead(seen.acl())) {
                tell(watcher, EventType.NODE_CHILDREN_CHANGED, path);
            } else {
                table.add(watcher, WatchKind.CHILD, path);
            }
        }
        for (String path : request.persistent()) {
            table.add(watcher, WatchKind.PERSISTENT, path);
        }
        for (String path : request.persistentRecursive()) {
            table.add(watcher, WatchKind.PERSISTENT_RECURSIVE, path);
        }
    }

    private static void tell(Watcher watcher, EventType type, String path) {
        watcher.onEvent(NO_ZXID, new WatchEvent(type, path));
    }
}
