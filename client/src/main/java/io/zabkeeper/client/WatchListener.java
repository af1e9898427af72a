package io.zabkeeper.client;

import io.zabkeeper.wire.WatchEvent;

/** Is told of the one change that a watch waits for, or of each one by a watch that stays. Called on the client's callback thread. */
@FunctionalInterface
public interface WatchListener {
    /** The change. Its path is the client's, without the chroot. */
    void onEvent(WatchEvent event);

    /** There will be no event: the registration failed or the session is lost. */
    default void onEnd(ZabException reason) {}
}
