package io.zabkeeper.client.internal;

import io.zabkeeper.wire.WatchEvent;

/** Where the events of a watch go. Called on the session's callback thread. */
public interface WatchSink {
    /** What is watched, as the server names it. */
    String path();

    /** Asked on the session's loop: a watch that nobody waits for is not registered. */
    boolean isWanted();

    void onEvent(WatchEvent event);

    /** Events may be missing in front of the next one: the watch was put back on another connection. */
    default void onGap() {}

    /** There will be no event: the session is lost. */
    void onLost(String reason);
}
