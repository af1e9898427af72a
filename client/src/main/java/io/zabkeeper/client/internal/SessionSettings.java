package io.zabkeeper.client.internal;

import io.netty.handler.ssl.SslContext;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.Extensions;
import io.zabkeeper.wire.codec.FrameLimit;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What a session is told at its start.
 *
 * @param sessionTimeoutMs what is asked for; the server decides
 * @param operationTimeoutMs after which a request gets an outcome, whatever happens
 * @param sessionId 0 for a new session, otherwise one to attach to
 * @param takesReadOnly whether a server without a quorum will do until there is one with
 * @param extensions what is offered to servers; with none the client's bytes are those of any ZooKeeper client
 * @param tls how to speak TLS with servers; null for plain TCP
 * @param callbacks runs everything that belongs to the application; null for the session's own loop
 */
public record SessionSettings(
        List<HostAddress> hosts,
        int sessionTimeoutMs,
        int operationTimeoutMs,
        FrameLimit requestLimit,
        long sessionId,
        Bytes password,
        boolean takesReadOnly,
        Extensions extensions,
        @Nullable SslContext tls,
        @Nullable Executor callbacks) {
    public SessionSettings {
        hosts = List.copyOf(hosts);
    }
}
