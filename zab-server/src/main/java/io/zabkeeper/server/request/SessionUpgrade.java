package io.zabkeeper.server.request;

import io.netty.buffer.ByteBuf;
import io.zabkeeper.server.replica.Completion;
import io.zabkeeper.server.replica.Replica;
import io.zabkeeper.server.tree.Applied;
import io.zabkeeper.server.tree.Command;
import io.zabkeeper.server.tree.CommandCodec;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.CreateMode;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.Extensions;
import io.zabkeeper.wire.OpCode;
import io.zabkeeper.wire.codec.MalformedFrameException;
import io.zabkeeper.wire.codec.RequestCodec;
import io.zabkeeper.wire.request.Create;
import io.zabkeeper.wire.request.Multi;
import io.zabkeeper.wire.request.Request;

/**
 * A local session on its way to become a global one (client protocol §6): the ensemble is told of it, with its id and its
 * password, right before the first request that wants an ephemeral znode. Of one member requests are ordered as they come,
 * so whatever the session asked before is applied before, as a local session's, and what it asks afterwards behind.
 */
final class SessionUpgrade implements Completion {
    private final ClientSession session;
    private final LocalSessions home;
    private final Bytes password;

    private SessionUpgrade(ClientSession session, LocalSessions home, Bytes password) {
        this.session = session;
        this.home = home;
        this.password = password;
    }

    /** Has the session made known; the next request of it is a global session's. */
    static void begin(ClientSession session, LocalSessions home, Replica replica) {
        Bytes password = home.password(session.id());
        if (password == null) {
            session.abandon(); // It has expired, and its connection is about to hear of it.
            return;
        }
        home.close(session.id());
        session.becomesGlobal();
        replica.order(
                CommandCodec.encode(new Command.OpenSession(session.id(), session.timeoutMs(), password)),
                new SessionUpgrade(session, home, password));
    }

    /** Whether a write makes an ephemeral znode. One that cannot be decoded does not. */
    static boolean isNeeded(int code, ByteBuf body, Extensions extensions) {
        Request request;
        switch (OpCode.of(code)) {
            case CREATE, CREATE2, CREATE_IF_NOT_EXISTS, MULTI -> {
                try {
                    request = RequestCodec.decode(code, body.slice(), extensions);
                } catch (MalformedFrameException malformed) {
                    return false;
                }
            }
            default -> {
                return false;
            }
        }
        return request instanceof Multi multi
                ? multi.operations().stream().anyMatch(SessionUpgrade::createsEphemeral)
                : createsEphemeral(request);
    }

    private static boolean createsEphemeral(Request request) {
        if (!(request instanceof Create create) || create.op() == OpCode.CREATE_CONTAINER) {
            return false;
        }
        CreateMode mode = CreateMode.of(create.flags());
        return mode != null && mode.isEphemeral();
    }

    @Override
    public void applied(long zxid, Applied outcome) {
        if (outcome.error() != ErrorCode.OK) {
            session.abandon(); // Somebody else has this name, which cannot be; the client finds out what is left.
        }
    }

    /** Whether the ensemble knows the session cannot be told yet; the connection goes in either case. */
    @Override
    public void lost() {
        home.takeBack(
                session.id(), session.timeoutMs(), password, session.router().nowNanos());
        session.abandon();
    }
}
