package io.zabkeeper.server.replica;

import io.zabkeeper.server.tree.Applied;

/** Waits for the outcome of an ordered request. Exactly one of the two is called, on the replica loop. */
public interface Completion {
    /** The request was ordered at {@code zxid} and has been applied here. */
    void applied(long zxid, Applied outcome);

    /** The request was refused, or its outcome is unknown: the client must be cut off, it will find out. */
    void lost();
}
