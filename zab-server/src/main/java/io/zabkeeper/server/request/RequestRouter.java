package io.zabkeeper.server.request;

import io.netty.buffer.ByteBuf;
import io.zabkeeper.server.auth.AuthSchemes;
import io.zabkeeper.server.replica.Replica;
import io.zabkeeper.server.tree.Command;
import io.zabkeeper.server.tree.CommandCodec;
import io.zabkeeper.server.tree.ReadResult;
import io.zabkeeper.server.watch.WatchKind;
import io.zabkeeper.server.watch.WatchReplay;
import io.zabkeeper.server.watch.WatchedTree;
import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.AuthId;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.OpCode;
import io.zabkeeper.wire.Stat;
import io.zabkeeper.wire.Xid;
import io.zabkeeper.wire.codec.MalformedFrameException;
import io.zabkeeper.wire.codec.RequestCodec;
import io.zabkeeper.wire.reply.EmptyReply;
import io.zabkeeper.wire.reply.SyncReply;
import io.zabkeeper.wire.request.Auth;
import io.zabkeeper.wire.request.Exists;
import io.zabkeeper.wire.request.GetChildren;
import io.zabkeeper.wire.request.GetData;
import io.zabkeeper.wire.request.Request;
import io.zabkeeper.wire.request.RequestHeader;
import io.zabkeeper.wire.request.SetWatches;
import io.zabkeeper.wire.request.Sync;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which way a request goes: writes are ordered, reads are answered from what this member has applied,
 * {@code sync} asks the leader.
 *
 * <p>A write is ordered as the client encoded it; its body is looked into once, when it is applied. Internal operations
 * are another type that this router cannot make from a client's bytes (CVE-2026-79993).
 */
public final class RequestRouter {
    private static final Logger LOG = LoggerFactory.getLogger(RequestRouter.class);

    private static final long NO_ZXID = -1;

    private final Replica replica;
    private final LongSupplier nanos;
    private final @Nullable String superDigest;
    private final Admission admission;

    public RequestRouter(Replica replica, Admission admission, @Nullable String superDigest, LongSupplier nanos) {
        this.replica = replica;
        this.admission = admission;
        this.superDigest = superDigest;
        this.nanos = nanos;
    }

    /** Takes one frame of an open session: header and body, without the length. */
    public void route(ClientSession session, ByteBuf frame) {
        long now = nanos.getAsLong();
        session.heard(now);
        session.counted();
        RequestHeader header = RequestCodec.decodeHeader(frame);
        int xid = header.xid();
        switch (OpCode.of(header.code())) {
            case CREATE, CREATE2, CREATE_CONTAINER, CREATE_TTL, DELETE, SET_DATA, SET_ACL, MULTI ->
                write(session, xid, now, header.code(), frame);
            case EXISTS, GET_DATA, GET_ACL, GET_CHILDREN, GET_CHILDREN2, SET_WATCHES, SET_WATCHES2 ->
                read(session, xid, now, header.code(), frame);
            case SYNC -> sync(session, xid, now, header.code(), frame);
            case PING -> session.settled(Xid.PING, now, replica.machine().lastZxid(), ErrorCode.OK, null, false);
            case AUTH -> authenticate(session, xid, now, header.code(), frame);
            case CLOSE_SESSION -> close(session, xid, now);
            default -> {
                LOG.debug("operation not implemented code={} session=0x{}", header.code(), hex(session.id()));
                session.settled(xid, now, NO_ZXID, ErrorCode.UNIMPLEMENTED, null, true);
            }
        }
    }

    private void write(ClientSession session, int xid, long now, int code, ByteBuf body) {
        if (!replica.hasRoom()) {
            session.settled(xid, now, replica.machine().lastZxid(), ErrorCode.THROTTLED_OP, null, false);
            return;
        }
        session.order(CommandCodec.encodeWrite(session.id(), session.identity(), code, body), session.begin(xid, now));
    }

    private void read(ClientSession session, int xid, long now, int code, ByteBuf body) {
        Request request;
        try {
            request = RequestCodec.decode(code, body);
        } catch (MalformedFrameException malformed) {
            refuse(session, xid, now, malformed);
            return;
        }
        session.read(xid, now, request);
    }

    private void sync(ClientSession session, int xid, long now, int code, ByteBuf body) {
        Sync sync;
        try {
            sync = (Sync) RequestCodec.decode(code, body);
        } catch (MalformedFrameException malformed) {
            refuse(session, xid, now, malformed);
            return;
        }
        Slot slot = session.beginBarrier(xid, now);
        slot.reply = new SyncReply(sync.path());
        replica.barrier(slot);
    }

    private void authenticate(ClientSession session, int xid, long now, int code, ByteBuf body) {
        Auth auth;
        try {
            auth = (Auth) RequestCodec.decode(code, body);
        } catch (MalformedFrameException malformed) {
            refuse(session, xid, now, malformed);
            return;
        }
        Optional<List<AuthId>> proven = prove(session, auth);
        proven.ifPresent(session::authenticated);
        ErrorCode error = proven.isPresent() ? ErrorCode.OK : ErrorCode.AUTH_FAILED;
        session.settled(xid, now, 0, error, null, proven.isEmpty());
    }

    private Optional<List<AuthId>> prove(ClientSession session, Auth auth) {
        String scheme = auth.scheme();
        Bytes credentials = auth.auth();
        if (scheme == null) {
            return Optional.empty();
        }
        return AuthSchemes.authenticate(
                scheme,
                credentials == null ? Bytes.EMPTY : credentials,
                session.port().peerAddress(),
                superDigest);
    }

    private void close(ClientSession session, int xid, long now) {
        Slot slot = session.begin(xid, now);
        slot.isLast = true;
        session.order(CommandCodec.encode(new Command.CloseSession(session.id())), slot);
        session.closing();
    }

    private void refuse(ClientSession session, int xid, long now, MalformedFrameException malformed) {
        LOG.debug("request cannot be decoded session=0x{} cause=\"{}\"", hex(session.id()), malformed.getMessage());
        session.settled(xid, now, replica.machine().lastZxid(), ErrorCode.MARSHALLING_ERROR, null, false);
    }

    // ---- what a session asks back -----------------------------------------------------------------------------------

    /** Reads, and leaves the watch that the request asked for: result and watch are one point in the history. */
    ReadResult execute(Request request, ClientSession session) {
        if (request instanceof SetWatches setWatches) {
            WatchReplay.replay(setWatches, this::look, replica.watches(), session);
            return new ReadResult(ErrorCode.OK, EmptyReply.INSTANCE);
        }
        ReadResult result = replica.machine().read(request, session.identity());
        if (request instanceof GetData getData) {
            if (getData.watch() && result.error() == ErrorCode.OK) {
                replica.watches().add(session, WatchKind.DATA, getData.path());
            }
        } else if (request instanceof Exists exists) {
            if (exists.watch() && (result.error() == ErrorCode.OK || result.error() == ErrorCode.NONODE)) {
                replica.watches().add(session, WatchKind.DATA, exists.path());
            }
        } else if (request instanceof GetChildren getChildren
                && getChildren.watch()
                && result.error() == ErrorCode.OK) {
            replica.watches().add(session, WatchKind.CHILD, getChildren.path());
        }
        return result;
    }

    private WatchedTree.@Nullable Seen look(String path) {
        Stat stat = replica.machine().stat(path);
        List<Acl> acl = replica.machine().acl(path);
        return stat == null || acl == null ? null : new WatchedTree.Seen(stat.mzxid(), stat.pzxid(), acl);
    }

    void order(byte[] command, Slot slot) {
        replica.order(command, slot);
    }

    long lastZxid() {
        return replica.machine().lastZxid();
    }

    long nowNanos() {
        return nanos.getAsLong();
    }

    /** Whether this connection, or all of them together, have enough under way. */
    public boolean isSaturated(ClientSession session) {
        return session.outstanding() >= admission.outstandingPerClient()
                || (session.outstanding() > 0 && replica.outstanding() >= admission.outstandingPerMember());
    }

    /** The session has got answers: whoever stopped reading from it may go on. */
    void progressed(ClientSession session) {
        if (!isSaturated(session)) {
            session.port().resume();
        }
    }

    private static String hex(long id) {
        return Long.toHexString(id);
    }
}
