package io.zabkeeper.server.watch;

import io.zabkeeper.wire.Acl;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a replay of watches has to know about the tree. A port, because watches do not know the tree otherwise. */
public interface WatchedTree {
    /** The znode at this path, null when there is none; whoever asks. */
    @Nullable
    Seen look(String path);

    /**
     * What tells whether a client has missed something.
     *
     * @param mzxid of the last change of its data
     * @param pzxid of the last change of its children
     */
    record Seen(long mzxid, long pzxid, List<Acl> acl) {}
}
