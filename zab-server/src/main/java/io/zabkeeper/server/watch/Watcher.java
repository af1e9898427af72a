package io.zabkeeper.server.watch;

import io.zabkeeper.wire.AuthId;
import io.zabkeeper.wire.WatchEvent;
import java.util.List;

/** A connection as watches see it. Compared by identity. */
public interface Watcher {
    /** Who it is at this moment; events about what it may not read are not delivered. */
    List<AuthId> identity();

    /** The one way by which events get to a client. Must not throw; may close the connection and drop its watches. */
    void onEvent(long zxid, WatchEvent event);
}
