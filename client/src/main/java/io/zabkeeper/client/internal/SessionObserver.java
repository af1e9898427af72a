package io.zabkeeper.client.internal;

import io.zabkeeper.wire.Bytes;

/** Learns how the session fares. Called on the loop, in order. */
public interface SessionObserver {
    /**
     * A server has taken the session.
     *
     * @param isReadOnly whether it has no quorum
     */
    void onConnected(long sessionId, Bytes password, int timeoutMs, String server, boolean isReadOnly);

    void onSuspended(String reason);

    /** Final: a lost session does not come back. */
    void onLost(String reason);
}
