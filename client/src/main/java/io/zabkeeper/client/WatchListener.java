package io.zabkeeper.client;

import io.zabkeeper.wire.WatchEvent;

/** Is told of the one change that a watch waits for, or of each one by a watch that stays. Called on the client's callback thread. */
@FunctionalInterface
public interface WatchListener {
    /** The change. Its path is the client's, without the chroot. */
    void onEvent(WatchEvent event);

    /**
     * Changes may have gone untold: the connection was lost, and the watch stands again with another one. Whoever has to
     * know reads now: what a read from here on does not show yet, an event will tell. Only of watches that stay; what a
     * one-shot watch waits for arrives behind a reconnect.
     */
    default void onGap() {}

    /** There will be no event: the registration failed or the session is lost. */
    default void onEnd(ZabException reason) {}
}
