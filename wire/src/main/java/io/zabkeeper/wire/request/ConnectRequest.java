package io.zabkeeper.wire.request;

import io.zabkeeper.wire.Bytes;

/**
 * The first frame of a connection: asks for a new session or for one that exists.
 *
 * @param protocolVersion 0, or what {@link io.zabkeeper.wire.Extensions} the client would like; servers that know of none
 *     ignore it
 * @param lastZxidSeen a server that has not applied it yet must not serve the client
 * @param timeoutMs what the client would like; the server decides
 * @param sessionId 0 for a new session
 * @param password the session's; empty for null
 * @param readOnly whether a server without a quorum will do
 * @param readOnlyPresent old clients do not send the flag, and must not get it
 */
public record ConnectRequest(
        int protocolVersion,
        long lastZxidSeen,
        int timeoutMs,
        long sessionId,
        Bytes password,
        boolean readOnly,
        boolean readOnlyPresent) {}
