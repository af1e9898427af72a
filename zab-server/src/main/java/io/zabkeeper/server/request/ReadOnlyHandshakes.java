package io.zabkeeper.server.request;

import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.Extensions;
import io.zabkeeper.wire.reply.ConnectReply;
import io.zabkeeper.wire.request.ConnectRequest;
import org.jspecify.annotations.Nullable;

/**
 * Handshakes while there is no quorum (client protocol §10.3): a session of this mode is this member's own, and ends with
 * it. Belongs to the replica loop.
 */
final class ReadOnlyHandshakes {
    private final SessionIds ids;
    private final LocalSessions sessions;
    /** Names beyond this one were given out in the present turn of read-only mode, and to its sessions alone. */
    private long before;

    ReadOnlyHandshakes(SessionIds ids, LocalSessions sessions) {
        this.ids = ids;
        this.sessions = sessions;
    }

    void begin() {
        before = ids.last();
    }

    LocalSessions sessions() {
        return sessions;
    }

    /**
     * The answer to a client that takes what there is. Null for a session that is not known here: the ensemble may well
     * have it, so the client must not hear that it is over, and the connection is closed instead.
     */
    @Nullable
    ConnectReply answer(ConnectRequest request, Extensions extensions, int timeoutMs, long nowNanos) {
        long id = request.sessionId();
        Bytes password = request.password();
        if (id == 0) {
            id = ids.next();
            password = ids.password();
            sessions.open(id, timeoutMs, password, nowNanos);
        } else if (!sessions.attach(id, timeoutMs, password, nowNanos)) {
            boolean isOver = id > before && id <= ids.last();
            return isOver ? expired(request.readOnlyPresent()) : null;
        }
        return new ConnectReply(extensions.protocolVersion(), timeoutMs, id, password, true, request.readOnlyPresent());
    }

    private static ConnectReply expired(boolean readOnlyPresent) {
        return new ConnectReply(0, 0, 0, Bytes.of(new byte[ConnectReply.PASSWORD_SIZE]), true, readOnlyPresent);
    }
}
