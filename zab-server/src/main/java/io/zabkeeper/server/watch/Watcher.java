package io.zabkeeper.server.watch;

import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.WatchEvent;
import java.util.List;

/** A connection as watches see it. Compared by identity. */
public interface Watcher {
    /** Whether it may read, at this moment, what has this access control list; if not, it hears of no change to it. */
    boolean mayRead(List<Acl> acl);

    /** The one way by which events get to a client. Must not throw; may close the connection and drop its watches. */
    void onEvent(long zxid, WatchEvent event);
}
