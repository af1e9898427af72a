package io.zabkeeper.client.internal;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.Extensions;
import io.zabkeeper.wire.OpCode;
import io.zabkeeper.wire.WatcherType;
import io.zabkeeper.wire.Xid;
import io.zabkeeper.wire.codec.ConnectCodec;
import io.zabkeeper.wire.codec.MalformedFrameException;
import io.zabkeeper.wire.codec.ReplyCodec;
import io.zabkeeper.wire.reply.ConnectReply;
import io.zabkeeper.wire.reply.EmptyReply;
import io.zabkeeper.wire.reply.ReplyHeader;
import io.zabkeeper.wire.request.Auth;
import io.zabkeeper.wire.request.CloseSession;
import io.zabkeeper.wire.request.ConnectRequest;
import io.zabkeeper.wire.request.Exists;
import io.zabkeeper.wire.request.Multi;
import io.zabkeeper.wire.request.Ping;
import io.zabkeeper.wire.request.RemoveWatches;
import io.zabkeeper.wire.request.Request;
import io.zabkeeper.wire.request.SetWatches;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session: connects, stays alive, carries requests out in order, and gives each of them exactly one outcome.
 *
 * <p>{@link #start}, {@link #submit}, {@link #cancelWatch}, {@link #close} and {@link #isLoopThread} may be called from
 * any thread. All state belongs to one event loop.
 *
 * <p>A session of a server without a quorum is that server's own. It is not attached to again: the next server, read-only or
 * not, is asked for a new one. One that the ensemble has given out is kept.
 *
 * <p>After a connect the wire carries, in this order: identities, watches, the requests that waited. A request that was
 * on the wire when a connection broke is never sent again.
 */
public final class SessionLoop implements Connection.Receiver {
    private static final Logger LOG = LoggerFactory.getLogger(SessionLoop.class);
    private static final long NANOS_PER_MS = 1_000_000;

    private final SessionSettings settings;
    private final SessionObserver observer;
    private final LoopGroup group;
    private final EventLoop loop;
    private final Callbacks callbacks;
    private final Connector connector;
    private final ReadWriteSearch search;
    private final PendingRequests pending;
    private final Identities identities;
    private final WatchRegistry watches;
    private final Heartbeat heartbeat = new Heartbeat();
    private final Silence silence = new Silence();
    private final Alarm alarm;

    private final Inbox inbox;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    private Phase phase = Phase.SEEKING;

    /** What the server of the present connection has granted, or that of the last one. */
    private volatile Extensions granted = Extensions.NONE;

    /** Why there is no connection, for those who wait for one. */
    private volatile String standing = "not connected yet";

    private @Nullable Connection connection;
    private @Nullable Outbox outbox;

    /** Of the session that the ensemble has given out, 0 before it has. */
    private long sessionId;

    /** What a server has granted, 0 before one has. */
    private int timeoutMs;

    private Bytes password;

    /** What the session has seen. Watches are re-armed relative to it, so it must not run ahead of their events. */
    private long lastZxid;

    /** Batches of watches that this server has not confirmed; until then {@link #lastZxid} stands still. */
    private int unconfirmedWatches;

    private boolean isClosing;
    private @Nullable ScheduledFuture<?> closeLimit;

    public SessionLoop(SessionSettings settings, LoopGroup group, SessionObserver observer) {
        this.settings = settings;
        this.observer = observer;
        this.loop = group.next();
        this.alarm = new Alarm(loop, this::onTime);
        this.inbox = new Inbox(loop, this::accept, this::flush);
        this.callbacks = new Callbacks(settings.callbacks());
        this.pending = new PendingRequests();
        this.identities = new Identities();
        this.watches = new WatchRegistry(callbacks);
        this.sessionId = settings.sessionId();
        this.password = settings.password();
        SplittableRandom random = new SplittableRandom();
        HostList hosts = new HostList(settings.hosts(), random);
        Dialer dialer = new Dialer(loop, group.resolver(), settings.tls());
        this.connector = new Connector(loop, dialer, hosts, settings, random, this);
        this.search = new ReadWriteSearch(loop, dialer, hosts, random, this::leaveFor);
        this.group = group;
    }

    /** Looks for a server from now on. */
    public void start() {
        group.add(this);
        inbox.execute(connector::seek);
    }

    /** Takes a request; the outcome arrives on the loop, at the latest when its time is over. */
    public void submit(Request request, @Nullable WatchSink watch, Consumer<Outcome> completion) {
        long deadlineNanos = System.nanoTime() + settings.operationTimeoutMs() * NANOS_PER_MS;
        inbox.add(new Operation(request, watch, deadlineNanos, completion));
    }

    /** Why there is no connection, or what ended the last one. */
    public String standing() {
        return standing;
    }

    /** What may be used beyond ZooKeeper's operations, as far as it is known now. */
    public Extensions extensions() {
        return granted;
    }

    /**
     * Nobody waits for its events any more. The server hears of it when it was the last one of its kind on its path; a
     * connection that is gone has taken its side along.
     */
    public void cancelPersistent(WatchSink watch, WatcherType type, Consumer<Outcome> completion) {
        inbox.execute(() -> {
            boolean isLast = watches.removePersistent(type, watch);
            if (isLast && phase == Phase.ATTACHED) {
                long deadlineNanos = System.nanoTime() + settings.operationTimeoutMs() * NANOS_PER_MS;
                accept(new Operation(new RemoveWatches(watch.path(), type), null, deadlineNanos, completion));
                flush();
            } else {
                completion.accept(new Outcome.Done(EmptyReply.INSTANCE));
            }
        });
    }

    /** Its event, if it comes, will be ignored. */
    public void cancelWatch(WatchSink watch) {
        inbox.execute(() -> watches.remove(watch));
    }

    /**
     * Ends the session behind everything submitted so far, at the latest after this time; the observer then hears of the
     * loss. Without a server the session ends here, and there by its timeout.
     */
    public void close(int withinMs) {
        inbox.execute(() -> {
            if (phase == Phase.ENDED || isClosing) {
                return;
            }
            isClosing = true;
            if (sessionId == 0 && !isAttached()) {
                end("closed by the client");
                return;
            }
            closeLimit = loop.schedule(
                    () -> end("closed by the client, without an answer"), withinMs, TimeUnit.MILLISECONDS);
            Operation closing = new Operation(
                    CloseSession.INSTANCE, null, System.nanoTime() + withinMs * NANOS_PER_MS * 2, outcome -> {});
            accept(closing);
            flush();
        });
    }

    /** Runs what belongs to the application, behind everything that happened before. Called on the loop. */
    public void callBack(Runnable callback) {
        callbacks.run(callback);
    }

    /** Completes on the loop when everybody has been told of the end. */
    public CompletableFuture<Void> ended() {
        return ended;
    }

    /** Ends the session here and now, and leaves it to its timeout at the server. */
    public void abandon(String reason) {
        inbox.execute(() -> end(reason));
    }

    /** Whether a thread that waits here waits for itself. */
    public boolean isLoopThread() {
        return loop.inEventLoop();
    }

    /** Whether a thread that waits here for a callback waits for itself. */
    public boolean isCallbackThread() {
        return isLoopThread() || callbacks.isRunningHere();
    }

    @Override
    public void onOpened(Connection opened) {
        if (phase == Phase.ENDED) {
            opened.close(standing);
            return;
        }
        connection = opened;
        phase = Phase.HANDSHAKE;
        Outbox frames = new Outbox(opened, settings.requestLimit());
        outbox = frames;
        frames.open(new ConnectRequest(
                settings.extensions().protocolVersion(),
                lastZxid,
                settings.sessionTimeoutMs(),
                sessionId,
                password,
                settings.takesReadOnly(),
                true));
    }

    @Override
    public void onFrame(Connection from, ByteBuf frame) {
        heartbeat.heard(System.nanoTime());
        try {
            if (phase == Phase.HANDSHAKE) {
                onHandshake(from, ConnectCodec.decodeReply(frame));
            } else {
                silence.ended(System.nanoTime());
                onReply(from, ReplyCodec.decodeHeader(frame), frame);
            }
        } catch (MalformedFrameException e) {
            from.close("malformed reply: " + e.getMessage());
        }
    }

    @Override
    public void onClosed(Connection closed, String reason) {
        if (phase == Phase.ENDED) {
            return;
        }
        boolean wasAttached = isAttached();
        search.stop();
        phase = Phase.SEEKING;
        connection = null;
        standing = reason;
        unconfirmedWatches = 0;
        discardOutbox();
        if (!wasAttached) {
            LOG.debug("no session server={} reason={}", closed.address(), reason);
        } else if (isClosing) {
            end("closed by the client");
            return;
        } else {
            LOG.info("session suspended session=0x{} reason={}", Long.toHexString(sessionId), reason);
            observer.onSuspended(reason);
            pending.connectionLost(reason);
        }
        connector.seek();
    }

    private void onHandshake(Connection from, ConnectReply reply) {
        if (reply.isExpired()) {
            end(expiry());
            return;
        }
        connector.attached();
        if (reply.readOnly()) {
            search.begin(from.address());
        } else {
            search.succeeded();
            sessionId = reply.sessionId();
            password = reply.password();
        }
        timeoutMs = reply.timeoutMs();
        silence.ended(System.nanoTime());
        granted = Extensions.ofProtocolVersion(reply.protocolVersion()).and(settings.extensions());
        phase = Phase.ATTACHED;
        heartbeat.start(reply.timeoutMs(), System.nanoTime());
        LOG.info(
                "session attached session=0x{} server={} timeoutMs={} readOnly={}",
                Long.toHexString(reply.sessionId()),
                from.address(),
                reply.timeoutMs(),
                reply.readOnly());
        observer.onConnected(
                reply.sessionId(),
                reply.password(),
                reply.timeoutMs(),
                from.address().toString(),
                reply.readOnly());
        for (Auth identity : identities.replay()) {
            write(Xid.AUTH, identity);
        }
        for (SetWatches batch : watches.rearm(lastZxid)) {
            write(Xid.SET_WATCHES, batch);
            unconfirmedWatches++;
        }
        watches.tellGap(); // Whoever reads now does so behind the watches.
        for (Operation next = pending.nextWaiting(); next != null; next = pending.nextWaiting()) {
            send(next);
        }
        flush();
        alarm.setWithin(heartbeat.leftNanos(System.nanoTime()));
    }

    /** From here on requests wait for the better one; the present one is left when it has answered the last. */
    private void leaveFor(HostAddress better) {
        flush();
        phase = Phase.LEAVING;
        standing = "left for " + better + ", which has a quorum";
        leaveIfIdle();
    }

    private void leaveIfIdle() {
        Connection present = connection;
        if (phase == Phase.LEAVING && present != null && pending.nextSent() == null) {
            present.close(standing);
        }
    }

    private boolean isAttached() {
        return phase == Phase.ATTACHED || phase == Phase.LEAVING;
    }

    private String expiry() {
        if (sessionId == 0) {
            return "the server granted no session";
        }
        return timeoutMs == 0
                ? "the session to attach to has expired, or its password is another one"
                : silence.expiry(timeoutMs, System.nanoTime());
    }

    private void onReply(Connection from, ReplyHeader header, ByteBuf body) {
        switch (header.xid()) {
            case Xid.NOTIFICATION -> watches.fire(ReplyCodec.decodeEvent(body));
            case Xid.PING -> sawZxid(header.zxid());
            case Xid.AUTH -> onIdentityAnswered(from, header);
            case Xid.SET_WATCHES -> onWatchesRearmed(from, header);
            default -> onAnswer(from, header, body);
        }
    }

    /** Behind a refusal servers drop the connection: what comes next had better not be on it. */
    private void onIdentityAnswered(Connection from, ReplyHeader header) {
        boolean isSessionIntact = identities.answered(header.error());
        String reason = "the server refused an identity: " + ErrorCode.of(header.error());
        if (!isSessionIntact) {
            end(reason);
        } else if (!header.isOk()) {
            from.close(reason);
        }
    }

    private void onWatchesRearmed(Connection from, ReplyHeader header) {
        unconfirmedWatches--;
        if (header.isOk()) {
            sawZxid(header.zxid());
        } else {
            from.close("the server did not take the watches: " + ErrorCode.of(header.error()));
        }
    }

    private void onAnswer(Connection from, ReplyHeader header, ByteBuf body) {
        if (header.error() == ErrorCode.NOT_READ_ONLY.code()) {
            pending.bringForward(header.xid()); // ZooKeeper refuses at once, ahead of answers that are due.
        }
        Operation operation = pending.nextSent();
        if (operation == null || operation.xid() != header.xid()) {
            from.close("reply to xid " + header.xid() + ", due was "
                    + (operation == null ? "none" : Integer.toString(operation.xid())));
            return;
        }
        Outcome outcome = header.isOk()
                ? new Outcome.Done(ReplyCodec.decode(operation.request().op(), body))
                : refusal(ErrorCode.of(header.error()));
        pending.removeSent();
        sawZxid(header.zxid());
        register(operation, header);
        operation.finish(outcome);
        if (operation.request() instanceof CloseSession) {
            end("closed by the client");
        }
        leaveIfIdle();
    }

    private static Outcome refusal(ErrorCode error) {
        return switch (error) {
            case SESSION_EXPIRED -> new Outcome.SessionLost("the session has expired");
            case NOT_READ_ONLY -> new Outcome.Refused(error, "the server is cut off from its quorum, and only reads");
            default -> new Outcome.Refused(error, "the server refused");
        };
    }

    /** The server knows a watch from the moment of the reply on, and events come behind it. */
    private void register(Operation operation, ReplyHeader header) {
        WatchSink watch = operation.watch();
        if (watch == null || operation.isFinished()) {
            return;
        }
        Request request = operation.request();
        if (request instanceof Exists && header.error() == ErrorCode.NONODE.code()) {
            watches.add(WatchRegistry.Kind.EXIST, watch);
        } else if (header.isOk()) {
            watches.add(WatchRegistry.Kind.of(request), watch);
        }
    }

    /** Only from replies: an event shows one of the changes of its zxid, the others may be still to come. */
    private void sawZxid(long zxid) {
        if (unconfirmedWatches == 0 && zxid > lastZxid) {
            lastZxid = zxid;
        }
    }

    private void accept(Operation operation) {
        boolean isTooLate = isClosing && !(operation.request() instanceof CloseSession);
        if (phase == Phase.ENDED || isTooLate) {
            operation.finish(new Outcome.SessionLost(isTooLate ? "the client is closed" : standing));
            return;
        }
        if (operation.request() instanceof Auth) {
            identities.add(operation);
            if (phase == Phase.ATTACHED) {
                write(Xid.AUTH, identities.sent(operation));
            }
        } else if (phase == Phase.ATTACHED) {
            send(operation);
        } else {
            pending.await(operation);
        }
        alarm.setWithin(operation.deadlineNanos() - System.nanoTime());
    }

    private void send(Operation operation) {
        OpCode missing = missing(operation.request());
        if (missing != null) {
            operation.finish(new Outcome.Refused(
                    ErrorCode.UNIMPLEMENTED, "the server has not granted the extension " + missing));
            return;
        }
        int xid = pending.nextXid();
        if (write(xid, operation.request())) {
            pending.sent(operation, xid);
        } else {
            operation.finish(new Outcome.Refused(
                    ErrorCode.BAD_ARGUMENTS,
                    "the request is longer than " + settings.requestLimit().sizeBytes() + " bytes"));
        }
    }

    /** An extension that the request needs and the connection does not have: the server would drop the connection. */
    private @Nullable OpCode missing(Request request) {
        if (!granted.allow(request.op())) {
            return request.op();
        }
        if (request instanceof Multi multi) {
            for (Request operation : multi.operations()) {
                if (!granted.allow(operation.op())) {
                    return operation.op();
                }
            }
        }
        return null;
    }

    /** False, and nothing is sent, if the application's frame is longer than servers take. */
    private boolean write(int xid, Request request) {
        Outbox frames = outbox;
        if (frames == null) {
            throw new IllegalStateException("no connection in phase " + phase);
        }
        boolean isAdded = frames.add(xid, request);
        if (frames.isFull()) {
            flush();
        }
        return isAdded;
    }

    private void flush() {
        if (outbox != null && outbox.flush()) {
            heartbeat.sent(System.nanoTime());
        }
    }

    private void discardOutbox() {
        if (outbox != null) {
            outbox.discard();
            outbox = null;
        }
    }

    private void onTime(long lateNanos) {
        long nowNanos = System.nanoTime();
        silence.ranLate(lateNanos, nowNanos);
        Connection present = connection;
        if (isAttached() && present != null && heartbeat.isDead(nowNanos)) {
            present.close("nothing heard for " + heartbeat.silentMs(nowNanos) + " ms");
        }
        if (isAttached() && heartbeat.isPingDue(nowNanos)) {
            write(Xid.PING, Ping.INSTANCE);
            flush();
        }
        long left = Math.min(pending.expire(nowNanos, standing), identities.expire(nowNanos));
        if (isAttached()) {
            left = Math.min(left, heartbeat.leftNanos(nowNanos));
        } else if (timeoutMs > 0) {
            left = Math.min(left, heartbeat.intervalNanos()); // To notice if this process stands still.
        }
        if (left != Long.MAX_VALUE && phase != Phase.ENDED) {
            alarm.setWithin(left);
        }
    }

    private void end(String reason) {
        if (phase == Phase.ENDED) {
            return;
        }
        Connection last = connection;
        phase = Phase.ENDED;
        connection = null;
        standing = reason;
        group.remove(this);
        connector.stop();
        search.stop();
        if (closeLimit != null) {
            closeLimit.cancel(false);
        }
        alarm.stop();
        discardOutbox();
        if (last != null) {
            last.close(reason);
        }
        LOG.info("session lost session=0x{} reason={}", Long.toHexString(sessionId), reason);
        observer.onLost(reason);
        pending.connectionLost(reason);
        pending.sessionLost(reason);
        identities.sessionLost(reason);
        watches.sessionLost(reason);
        ended.complete(null);
    }

    private enum Phase {
        /** No connection, or none yet that a server has accepted. */
        SEEKING,
        /** Waits for the first frame. */
        HANDSHAKE,
        ATTACHED,
        /** A server without a quorum owes answers, and then the session goes to one with. */
        LEAVING,
        /** For good. */
        ENDED
    }
}
