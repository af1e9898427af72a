package io.zabkeeper.client.recipe;

import io.zabkeeper.client.Znode;

/** Learns what a {@link TreeCache} learns, behind the fact: the cache answers accordingly. Called on the client's callback thread. */
public interface CacheListener {
    /** There is such a znode now, with this content. */
    default void created(String path, Znode znode) {}

    /** Its data has changed; what it held in between is not told. */
    default void changed(String path, Znode before, Znode now) {}

    /** It is gone. One that was deleted and created in between is told as changed. */
    default void deleted(String path, Znode before) {}

    /**
     * What is cached is all that was there at some moment after the last connect, or, at a server without a quorum, when that
     * was cut off. Called again behind each reconnect.
     */
    default void complete() {}

    /** There is no connection: what is cached grows old, and what happens meanwhile is learnt behind a reconnect. */
    default void stale(String reason) {}

    /** The session is over or the server refuses: nothing is learnt any more. */
    default void ended(String reason) {}
}
