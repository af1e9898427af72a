package io.zabkeeper.wire.reply;

import io.zabkeeper.wire.Bytes;

/**
 * The first frame to a client.
 *
 * @param protocolVersion 0, or which {@link io.zabkeeper.wire.Extensions} the client may use
 * @param timeoutMs the session's timeout; 0 when the session is no more
 * @param sessionId 0 when the session is no more
 * @param password 16 bytes, always: there are clients that read a fixed number
 * @param readOnly whether the server has no quorum behind it
 * @param readOnlyPresent only if the request carried the flag
 */
public record ConnectReply(
        int protocolVersion, int timeoutMs, long sessionId, Bytes password, boolean readOnly, boolean readOnlyPresent) {
    /** Bytes of every session's password. */
    public static final int PASSWORD_SIZE = 16;

    /** The session does not exist, or has another password. */
    public static ConnectReply expired(boolean readOnlyPresent) {
        return new ConnectReply(0, 0, 0, Bytes.of(new byte[PASSWORD_SIZE]), false, readOnlyPresent);
    }

    public boolean isExpired() {
        return timeoutMs <= 0 || sessionId == 0;
    }
}
