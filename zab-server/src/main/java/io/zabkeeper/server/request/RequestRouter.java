package io.zabkeeper.server.request;

import io.netty.buffer.ByteBuf;
import io.zabkeeper.server.auth.Authenticator;
import io.zabkeeper.server.config.ServerConfig;
import io.zabkeeper.server.replica.Replica;
import io.zabkeeper.server.tree.Command;
import io.zabkeeper.server.tree.CommandCodec;
import io.zabkeeper.server.tree.ReadResult;
import io.zabkeeper.wire.AuthId;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.OpCode;
import io.zabkeeper.wire.Xid;
import io.zabkeeper.wire.codec.FrameLimit;
import io.zabkeeper.wire.codec.MalformedFrameException;
import io.zabkeeper.wire.codec.RequestCodec;
import io.zabkeeper.wire.reply.SaslReply;
import io.zabkeeper.wire.reply.SyncReply;
import io.zabkeeper.wire.request.Auth;
import io.zabkeeper.wire.request.Request;
import io.zabkeeper.wire.request.RequestHeader;
import io.zabkeeper.wire.request.Sasl;
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
public final class RequestRouter implements RequestThrottle.Way {
    private static final Logger LOG = LoggerFactory.getLogger(RequestRouter.class);

    private static final long NO_ZXID = -1;

    /** Of requests that wait before they are looked at; the rest waits in the socket. */
    private static final int HELD_BYTES_PER_CLIENT = 256 * 1024;

    private final Replica replica;
    private final LongSupplier nanos;
    private final Authenticator authenticator;
    private final Admission admission;
    private final Audit audit;
    private final RequestCounters counters;
    private final LargeRequests large;
    private final ReplyBudget budget;
    private final RequestThrottle throttle;

    public RequestRouter(
            Replica replica,
            Admission admission,
            Authenticator authenticator,
            AuditTrail trail,
            RequestCounters counters,
            ServerConfig.Limits limits,
            ServerConfig.Throttling throttling,
            LongSupplier nanos) {
        this.replica = replica;
        this.admission = admission;
        this.authenticator = authenticator;
        this.audit = new Audit(trail);
        this.counters = counters;
        this.nanos = nanos;
        this.large = new LargeRequests(limits);
        this.budget = new ReplyBudget(limits.replyBytes());
        this.throttle = new RequestThrottle(throttling, counters, this);
    }

    /** Takes one frame of an open session: header and body, without the length. */
    public void route(ClientSession session, ByteBuf frame) {
        long now = nanos.getAsLong();
        session.heard(now);
        int bytes = frame.readableBytes();
        if (large.isLarge(bytes) && !large.take(bytes)) {
            LOG.info(
                    "too many large requests client={} bytes={}", session.port().peerName(), bytes);
            counters.largeRejected();
            session.abandon();
        } else if (!throttle.holds(session, frame, now)) {
            carryOut(session, frame, now, false);
        }
    }

    @Override
    public void carryOut(ClientSession session, ByteBuf frame, long arrivedNanos, boolean late) {
        int bytes = frame.readableBytes();
        dispatch(session, frame, arrivedNanos, late);
        if (large.isLarge(bytes)) {
            session.markLarge(bytes);
        }
    }

    @Override
    public void dropped(int bytes) {
        if (large.isLarge(bytes)) {
            large.release(bytes);
        }
    }

    private void dispatch(ClientSession session, ByteBuf frame, long now, boolean late) {
        int bytes = frame.readableBytes() + FrameLimit.PREFIX_SIZE;
        RequestHeader header = RequestCodec.decodeHeader(frame);
        session.arrived(header.code(), bytes);
        int xid = header.xid();
        OpCode op = OpCode.of(header.code());
        if (!session.extensions().allow(op)) {
            op = OpCode.UNKNOWN;
        }
        if (authenticator.isEnforcing() && !mayAsk(session, op)) {
            refused(session, op, ErrorCode.SESSION_CLOSED_REQUIRE_AUTH);
            session.settled(xid, now, 0, ErrorCode.SESSION_CLOSED_REQUIRE_AUTH, null, true);
            return;
        }
        if (late && mayBeLate(op)) {
            session.settled(xid, now, replica.machine().lastZxid(), ErrorCode.THROTTLED_OP, null, false);
            return;
        }
        switch (op) {
            case CREATE,
                    CREATE2,
                    CREATE_CONTAINER,
                    CREATE_TTL,
                    CREATE_IF_NOT_EXISTS,
                    DELETE,
                    REMOVE_RECURSIVE,
                    SET_DATA,
                    SET_ACL,
                    MULTI,
                    RECONFIG -> write(session, xid, now, header.code(), frame);
            case EXISTS,
                    GET_DATA,
                    GET_ACL,
                    GET_CHILDREN,
                    GET_CHILDREN2,
                    FILTERED_LIST,
                    DETAILED_LIST,
                    LIST_PAGE,
                    MULTI_READ,
                    GET_ALL_CHILDREN_NUMBER,
                    SET_WATCHES,
                    SET_WATCHES2,
                    ADD_WATCH,
                    CHECK_WATCHES,
                    REMOVE_WATCHES,
                    GET_EPHEMERALS,
                    WHO_AM_I -> read(session, xid, now, header.code(), frame);
            case SYNC -> sync(session, xid, now, header.code(), frame);
            case PING -> session.settled(Xid.PING, now, Slot.AS_OF_THE_REPLY, ErrorCode.OK, null, false);
            case AUTH -> authenticate(session, xid, now, header.code(), frame);
            case SASL -> exchangeTokens(session, xid, now, header.code(), frame);
            case CLOSE_SESSION -> close(session, xid, now);
            case NOTIFICATION, CHECK, CHECK_NOT_EXISTS, DELETE_CONTAINER, CREATE_SESSION, ERROR, UNKNOWN -> {
                LOG.debug("operation not for clients code={} session=0x{}", header.code(), hex(session.id()));
                session.settled(xid, now, NO_ZXID, ErrorCode.UNIMPLEMENTED, null, true);
            }
        }
    }

    private static boolean mayBeLate(OpCode op) {
        return op != OpCode.PING && op != OpCode.CLOSE_SESSION && op != OpCode.AUTH && op != OpCode.SASL;
    }

    @Override
    public void carryOutFor(ClientSession gone, ByteBuf frame) {
        int code = RequestCodec.decodeHeader(frame).code();
        switch (OpCode.of(code)) {
            case CREATE, CREATE2, CREATE_CONTAINER, CREATE_TTL, DELETE, SET_DATA, SET_ACL, MULTI ->
                replica.order(
                        CommandCodec.encodeWrite(gone.id(), gone.identity(), gone.extensions(), code, frame),
                        Unheard.INSTANCE);
            case CLOSE_SESSION ->
                replica.order(CommandCodec.encode(new Command.CloseSession(gone.id())), Unheard.INSTANCE);
            default -> LOG.debug("nobody waits for the answer code={} session=0x{}", code, hex(gone.id()));
        }
    }

    /** Where identities are enforced, who has proven none can only do so (client protocol §7.6). */
    private boolean mayAsk(ClientSession session, OpCode op) {
        return op == OpCode.AUTH || op == OpCode.SASL || authenticator.isEnough(session.identity());
    }

    private void write(ClientSession session, int xid, long now, int code, ByteBuf body) {
        if (replica.isReadOnly()) {
            session.settled(xid, now, Slot.AS_OF_THE_REPLY, ErrorCode.NOT_READ_ONLY, null, false);
            return;
        }
        if (!replica.hasRoom()) {
            session.settled(xid, now, Slot.AS_OF_THE_REPLY, ErrorCode.THROTTLED_OP, null, false);
            return;
        }
        LocalSessions home = session.home();
        if (home != null && home.upgrades() && SessionUpgrade.isNeeded(code, body, session.extensions())) {
            SessionUpgrade.begin(session, home, replica);
            home = session.home();
        }
        byte[] command = home == null
                ? CommandCodec.encodeWrite(session.id(), session.identity(), session.extensions(), code, body)
                : CommandCodec.encodeLocalWrite(session.id(), session.identity(), session.extensions(), code, body);
        Slot slot = session.begin(xid, now);
        if (audit.isKept()) {
            slot.audited = decoded(session, code, body.duplicate());
        }
        session.order(command, slot);
    }

    /** For the audit alone; what cannot be decoded is refused when it is applied, and changes nothing. */
    private static @Nullable Request decoded(ClientSession session, int code, ByteBuf body) {
        try {
            return RequestCodec.decode(code, body, session.extensions());
        } catch (MalformedFrameException malformed) {
            return null;
        }
    }

    private void read(ClientSession session, int xid, long now, int code, ByteBuf body) {
        Request request;
        try {
            request = RequestCodec.decode(code, body, session.extensions());
        } catch (MalformedFrameException malformed) {
            refuse(session, xid, now, malformed);
            return;
        }
        session.read(xid, now, request);
    }

    private void sync(ClientSession session, int xid, long now, int code, ByteBuf body) {
        if (replica.isReadOnly()) {
            session.settled(xid, now, Slot.AS_OF_THE_REPLY, ErrorCode.NOT_READ_ONLY, null, false);
            return;
        }
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
            hangUp(session, malformed);
            return;
        }
        Optional<List<AuthId>> proven = prove(session, auth);
        proven.ifPresent(session::authenticated);
        ErrorCode error = proven.isPresent() ? ErrorCode.OK : ErrorCode.AUTH_FAILED;
        if (proven.isEmpty()) {
            refused(session, OpCode.AUTH, error);
        }
        session.settled(xid, now, 0, error, null, proven.isEmpty());
    }

    private Optional<List<AuthId>> prove(ClientSession session, Auth auth) {
        String scheme = auth.scheme();
        return scheme == null
                ? Optional.empty()
                : authenticator.authenticate(scheme, auth.auth(), session.port().peerAddress());
    }

    /** No login is configured, so there is no next step: the client goes on without (client protocol §7.6). */
    private void exchangeTokens(ClientSession session, int xid, long now, int code, ByteBuf body) {
        Sasl sasl;
        try {
            sasl = (Sasl) RequestCodec.decode(code, body);
        } catch (MalformedFrameException malformed) {
            hangUp(session, malformed);
            return;
        }
        if (sasl.token() == null) {
            session.abandon();
            return;
        }
        session.settled(xid, now, 0, ErrorCode.OK, new SaslReply(null), false);
    }

    private void close(ClientSession session, int xid, long now) {
        LocalSessions home = session.home();
        if (home != null) {
            home.close(session.id());
            session.closing();
            session.settled(xid, now, Slot.AS_OF_THE_REPLY, ErrorCode.OK, null, true);
            return;
        }
        Slot slot = session.begin(xid, now);
        slot.isLast = true;
        session.order(CommandCodec.encode(new Command.CloseSession(session.id())), slot);
        session.closing();
    }

    private void refuse(ClientSession session, int xid, long now, MalformedFrameException malformed) {
        LOG.debug("request cannot be decoded session=0x{} cause=\"{}\"", hex(session.id()), malformed.getMessage());
        session.settled(xid, now, Slot.AS_OF_THE_REPLY, ErrorCode.MARSHALLING_ERROR, null, false);
    }

    /** Who cannot even say who he is gets no answer (§7.6). */
    private static void hangUp(ClientSession session, MalformedFrameException malformed) {
        LOG.debug("client cannot be identified session=0x{} cause=\"{}\"", hex(session.id()), malformed.getMessage());
        session.abandon();
    }

    // ---- what a session asks back -----------------------------------------------------------------------------------

    /** A read whose turn has come. */
    ReadResult execute(Request request, ClientSession session) {
        ReadResult result = budget.within(request.deliverTo(new ReadLane(replica, session)));
        if (audit.isKept()) {
            audit.read(session, request, result);
        }
        return result;
    }

    private void refused(ClientSession session, OpCode op, ErrorCode error) {
        if (audit.isKept()) {
            audit.refused(session, op, error);
        }
    }

    Audit audit() {
        return audit;
    }

    void begun() {
        throttle.begun();
    }

    /** Requests have been answered, or will not be any more. */
    void ended(int count, int largeBytes) {
        if (largeBytes > 0) {
            large.release(largeBytes);
        }
        throttle.ended(count);
    }

    /** The session's connection is gone. */
    void gone(ClientSession session) {
        throttle.gone(session);
    }

    /** Called every few milliseconds. */
    public void tick() {
        throttle.tick(nanos.getAsLong());
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
                || session.heldBytes() > HELD_BYTES_PER_CLIENT
                || (session.outstanding() > 0 && replica.outstanding() >= admission.outstandingPerMember());
    }

    /** The session has got answers: whoever stopped reading from it may go on. */
    void progressed(ClientSession session) {
        letGoOn(session);
        if (throttle.mayLetThrough()) {
            throttle.look(nanos.getAsLong());
        }
    }

    @Override
    public void letGoOn(ClientSession session) {
        if (!isSaturated(session)) {
            session.port().resume();
        }
    }

    private static String hex(long id) {
        return Long.toHexString(id);
    }
}
