package io.zabkeeper.server.request;

import io.zabkeeper.server.auth.AccessCheck;
import io.zabkeeper.server.auth.Identity;
import io.zabkeeper.server.tree.ReadResult;
import io.zabkeeper.server.watch.Watcher;
import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.AuthId;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.Extensions;
import io.zabkeeper.wire.OpCode;
import io.zabkeeper.wire.Permission;
import io.zabkeeper.wire.WatchEvent;
import io.zabkeeper.wire.reply.Reply;
import io.zabkeeper.wire.request.Request;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection and the session that it carries: first in, first out.
 *
 * <p>A read behind an unfinished write of the same session waits for it, and for nothing else. It is executed at the very
 * moment that the write has been applied, before any later entry: it can neither miss the write nor see a later one.
 *
 * <p>A write behind an unanswered {@code sync} is not ordered before the answer: a read between the two might see it
 * otherwise.
 *
 * <p>Belongs to the replica loop.
 */
public final class ClientSession implements Watcher {
    enum State {
        /** Nothing has been asked yet. */
        NEW,
        /** The session is being opened or attached; what comes in meanwhile stays in the socket. */
        CONNECTING,
        OPEN,
        /** The client has ended its session: what it asked before is answered, what comes behind it is not looked at. */
        CLOSING,
        /** Nothing is answered any more. */
        CLOSED
    }

    private final ClientPort port;
    private final RequestRouter router;
    private final RequestCounters counters;
    private final ArrayDeque<Slot> slots = new ArrayDeque<>();
    /** Barriers among them that have not passed yet. */
    private int unansweredBarriers;

    private int heldRequests;
    private int heldBytes;

    private State state = State.NEW;
    private long id;
    private int timeoutMs;
    /** Where the session is kept that this member alone knows; null for a global one. */
    private @Nullable LocalSessions home;

    private List<AuthId> identity;
    private Extensions extensions = Extensions.NONE;
    private long heardNanos;
    private boolean isHeardReported = true;
    /** Sweeps of {@link IdleConnections} since the last bytes came. */
    private int silentSweeps;

    private final long openedMillis;
    private final ConnectionStats stats = new ConnectionStats();
    /** The operation of the request that is being routed. */
    private int arrivingCode;

    ClientSession(ClientPort port, RequestRouter router, RequestCounters counters, long nowMillis) {
        this.port = port;
        this.router = router;
        this.counters = counters;
        this.openedMillis = nowMillis;
        this.identity = Identity.ofPeer(port.peerAddress());
    }

    // ---- life -------------------------------------------------------------------------------------------------------

    void connecting() {
        state = State.CONNECTING;
    }

    void opened(long session, int timeoutMs, @Nullable LocalSessions home, long nowNanos) {
        this.id = session;
        this.timeoutMs = timeoutMs;
        this.home = home;
        state = State.OPEN;
        heard(nowNanos);
    }

    /** The ensemble is to know the session from here on. */
    void becomesGlobal() {
        home = null;
    }

    /** Null for a session that the ensemble knows. */
    @Nullable
    LocalSessions home() {
        return home;
    }

    /** The client wants no more than the answers to what it has asked so far. */
    void closing() {
        state = State.CLOSING;
    }

    /** No more requests, no more replies; the port is being closed by whoever calls. */
    void ended() {
        state = State.CLOSED;
        dropAll();
    }

    /** The outcome of something is unknown, or its session is elsewhere: the client must find out by itself. */
    void abandon() {
        if (state != State.CLOSED) {
            port.close();
        }
    }

    /** The session is closed for everybody: what is answered already goes out, then the connection ends. */
    void endSession() {
        if (state != State.CLOSED) {
            state = State.CLOSED;
            dropAll();
            port.closeAfterFlush();
        }
    }

    /** Whether requests may be routed. */
    public boolean isOpen() {
        return state == State.OPEN;
    }

    RequestRouter router() {
        return router;
    }

    State state() {
        return state;
    }

    // ---- order ------------------------------------------------------------------------------------------------------

    private void add(Slot slot) {
        slots.addLast(slot);
        router.begun();
    }

    private void take() {
        Slot slot = slots.pollFirst();
        if (slot != null) {
            router.ended(1, slot.largeBytes);
        }
    }

    private void dropAll() {
        int large = 0;
        for (Slot slot : slots) {
            large += slot.largeBytes;
        }
        int count = slots.size();
        slots.clear();
        router.ended(count, large);
    }

    /** The request that came last is a large one, until it is answered. */
    void markLarge(int bytes) {
        Slot newest = slots.peekLast();
        if (newest == null) {
            router.ended(0, bytes); // It is answered already.
        } else {
            newest.largeBytes += bytes;
        }
    }

    /** Requests of this connection wait before they are looked at, or no longer do so. */
    void held(int requests, int bytes) {
        heldRequests += requests;
        heldBytes += bytes;
    }

    int heldBytes() {
        return heldBytes;
    }

    /** Takes a place for something that is settled later. */
    Slot begin(int xid, long nowNanos) {
        Slot slot = new Slot(this, xid, arrivingCode, nowNanos, null);
        add(slot);
        return slot;
    }

    /** Takes a place for a barrier, which writes behind it wait for. */
    Slot beginBarrier(int xid, long nowNanos) {
        Slot slot = begin(xid, nowNanos);
        slot.isBarrier = true;
        unansweredBarriers++;
        return slot;
    }

    /** Has the command of the newest slot ordered, at once or when the barriers before it have passed. */
    void order(byte[] command, Slot slot) {
        if (unansweredBarriers == 0) {
            router.order(command, slot);
        } else {
            slot.held = command;
        }
    }

    /** What waited for this barrier alone is ordered, in the order of the requests and before anything is answered. */
    void barrierPassed() {
        unansweredBarriers--;
        List<Slot> released = new ArrayList<>();
        for (Slot slot : slots) {
            if (slot.isBarrier && !slot.isSettled()) {
                break;
            }
            if (slot.held != null) {
                released.add(slot);
            }
        }
        for (Slot slot : released) {
            byte[] command = slot.held;
            slot.held = null;
            if (command != null) {
                router.order(command, slot);
            }
        }
    }

    /** Executes a read now, or when everything before it is done. */
    void read(int xid, long nowNanos, Request request) {
        if (slots.isEmpty()) {
            ReadResult result = router.execute(request, this);
            answer(arrivingCode, xid, router.lastZxid(), result.error(), result.reply(), nowNanos);
        } else {
            add(new Slot(this, xid, arrivingCode, nowNanos, request));
        }
    }

    /**
     * Something that needs no waiting of its own, in its place.
     *
     * @param zxid {@link Slot#AS_OF_THE_REPLY}: a reply that has to wait names the state at that time, so that what a
     *     client hears never goes back; others go out as they are, 0 in an auth reply is what clients expect
     */
    void settled(int xid, long nowNanos, long zxid, ErrorCode error, @Nullable Reply reply, boolean isLast) {
        Slot slot = begin(xid, nowNanos);
        slot.isLast = isLast;
        slot.settle(zxid, error, reply);
        advance();
    }

    /** A write has its outcome; nobody waits for it when the connection has ended meanwhile. */
    void applied() {
        if (state == State.CLOSED) {
            counters.staleReply();
        } else {
            advance();
        }
    }

    /** Answers from the head as far as nothing is waited for. */
    void advance() {
        for (Slot head = slots.peekFirst(); head != null; head = slots.peekFirst()) {
            Request read = head.read;
            if (read != null) {
                take();
                ReadResult result = router.execute(read, this);
                answer(head.code, head.xid, router.lastZxid(), result.error(), result.reply(), head.arrivedNanos);
                continue;
            }
            if (!head.isSettled()) {
                break;
            }
            take();
            if (head.error == ErrorCode.SESSION_MOVED) {
                port.close(); // Never sent as an error; the client finds its session where it attached it.
                return;
            }
            long zxid = head.zxid == Slot.AS_OF_THE_REPLY ? router.lastZxid() : head.zxid;
            answer(head.code, head.xid, zxid, head.error, head.reply, head.arrivedNanos);
            if (head.isLast || head.error == ErrorCode.SESSION_EXPIRED) {
                state = State.CLOSED;
                dropAll();
                port.closeAfterFlush();
                return;
            }
        }
        router.progressed(this);
    }

    private void answer(int code, int xid, long zxid, ErrorCode error, @Nullable Reply reply, long arrivedNanos) {
        counters.responded(code, port.reply(xid, zxid, error, reply));
        if (error != ErrorCode.OK) {
            counters.failed(error);
        }
        counted(code, xid, zxid, arrivedNanos);
    }

    /** Counts what has been answered; who a client says to be is no request of its own (client protocol §9.3). */
    private void counted(int code, int xid, long zxid, long arrivedNanos) {
        stats.sent();
        counters.sent();
        OpCode operation = OpCode.of(code);
        if (operation != OpCode.AUTH && operation != OpCode.SASL) {
            long now = router.nowNanos();
            long ms = RequestCounters.millis(now - arrivedNanos);
            stats.answered(code, xid, zxid, now, ms);
            counters.answered(ms, operation);
        }
    }

    /** The handshake was answered; that of a new session counts as its first request. */
    void greeted(boolean isNew, long zxid, long arrivedNanos) {
        if (isNew) {
            counted(OpCode.CREATE_SESSION.code(), 0, zxid, arrivedNanos);
        } else {
            stats.sent();
            counters.sent();
        }
    }

    @Override
    public void onEvent(long zxid, WatchEvent event) {
        if (state == State.OPEN || state == State.CLOSING) {
            counters.notified(port.event(zxid, event));
            stats.sent();
            counters.sent();
        }
    }

    // ---- who and when -----------------------------------------------------------------------------------------------

    void heard(long nowNanos) {
        heardNanos = nowNanos;
        isHeardReported = false;
    }

    /** Bytes, not yet a request: the connection lives, which says nothing of its session. */
    public void bytesArrived() {
        silentSweeps = 0;
    }

    /** Counts a sweep and tells how many there were without a byte; none while the client waits for us. */
    int sweep() {
        silentSweeps = slots.isEmpty() && state == State.OPEN ? silentSweeps + 1 : 0;
        return silentSweeps;
    }

    /** A request has come and is about to be routed; its length includes that of the length itself. */
    void arrived(int code, int bytes) {
        arrivingCode = code;
        received(bytes);
    }

    /** Something has come that is no request: a handshake or a word. */
    public void received(int bytes) {
        stats.received();
        counters.received(bytes);
    }

    /** Whether the session was heard since this was asked last. */
    boolean takeHeard() {
        boolean isNews = !isHeardReported;
        isHeardReported = true;
        return isNews;
    }

    /**
     * When the connection is closed unless something is heard of it.
     *
     * @param handshakeMs how long one may take to say what it wants
     */
    public long silenceDeadlineNanos(long nowNanos, long nowMillis, int handshakeMs) {
        return id == 0
                ? nowNanos + TimeUnit.MILLISECONDS.toNanos(openedMillis + handshakeMs - nowMillis)
                : heardNanos + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
    }

    long heardNanos() {
        return heardNanos;
    }

    void authenticated(List<AuthId> proven) {
        identity = Identity.with(identity, proven);
    }

    /** What this connection has agreed on with its client. */
    void agreed(Extensions granted) {
        extensions = granted;
    }

    Extensions extensions() {
        return extensions;
    }

    public List<AuthId> identity() {
        return identity;
    }

    @Override
    public boolean mayRead(List<Acl> acl) {
        return AccessCheck.allows(acl, Permission.READ, identity);
    }

    public long id() {
        return id;
    }

    public int timeoutMs() {
        return timeoutMs;
    }

    public ClientPort port() {
        return port;
    }

    /** Requests that are not answered yet. */
    public int outstanding() {
        return slots.size() + heldRequests;
    }

    /** The connection is gone, and it was not this side that ended it. */
    public void hungUp() {
        counters.dropped();
    }

    /** Closed, because nothing was asked in the time for it. */
    public void keptSilent() {
        counters.keptSilent();
        port.close();
    }

    public ConnectionStats stats() {
        return stats;
    }

    public long openedMillis() {
        return openedMillis;
    }
}
