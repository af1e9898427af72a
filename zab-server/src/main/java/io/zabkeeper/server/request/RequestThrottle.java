package io.zabkeeper.server.request;

import io.netty.buffer.ByteBuf;
import io.zabkeeper.server.config.ServerConfig;
import io.zabkeeper.wire.OpCode;
import io.zabkeeper.wire.codec.RequestCodec;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;

/**
 * Holds requests back while as many as may be are under way, in the order in which they came from all connections (client
 * protocol §11). Off unless {@code requestThrottleLimit} is set: then it counts and does nothing else.
 *
 * <p>A request that waits may become stale: its connection is gone, or it waited longer than its session's timeout. A stale
 * request is dropped; ZooKeeper leaves its client waiting for an answer, here the connection ends, so that the client
 * knows. The end of a session is never stale.
 *
 * <p>Belongs to the replica loop.
 */
final class RequestThrottle {
    /** Who carries out what was held back. */
    interface Way {
        /**
         * Its turn has come.
         *
         * @param late whether it waited longer than an operation may
         */
        void carryOut(ClientSession session, ByteBuf frame, long arrivedNanos, boolean late);

        /** What is left to do for a connection that is gone. */
        void carryOutFor(ClientSession gone, ByteBuf frame);

        /** A request of so many bytes does not wait here any more and has no place in a session. */
        void dropped(int bytes);

        /** A connection has less that waits here. */
        void letGoOn(ClientSession session);
    }

    private record Held(ClientSession session, ByteBuf frame, int bytes, long arrivedNanos) {}

    private final ServerConfig.Throttling settings;
    private final RequestCounters counters;
    private final Way way;
    private final ArrayDeque<Held> queue = new ArrayDeque<>();
    private final long stallNanos;
    private final long opWaitNanos;
    private int underWay;
    private long lookedNanos;
    private boolean someEnded;
    private boolean looking;

    RequestThrottle(ServerConfig.Throttling settings, RequestCounters counters, Way way) {
        this.settings = settings;
        this.counters = counters;
        this.way = way;
        this.stallNanos = TimeUnit.MILLISECONDS.toNanos(settings.stallMs());
        this.opWaitNanos = TimeUnit.MILLISECONDS.toNanos(settings.opWaitMs());
    }

    /** A request took its place in its session. */
    void begun() {
        underWay++;
    }

    /** Requests were answered, or nobody waits for their answers any more. */
    void ended(int count) {
        underWay -= count;
        someEnded = true;
    }

    /** Whether there may be room for requests that wait. */
    boolean mayLetThrough() {
        return someEnded && !queue.isEmpty();
    }

    /** Takes the request when it has to wait; the frame is copied then. */
    boolean holds(ClientSession session, ByteBuf frame, long nowNanos) {
        if (settings.mostRequests() == 0 || (queue.isEmpty() && underWay < settings.mostRequests())) {
            return false;
        }
        queue.add(new Held(session, frame.copy(), frame.readableBytes(), nowNanos));
        session.held(1, frame.readableBytes());
        counters.stalled();
        return true;
    }

    /** Called every few milliseconds: requests may have become stale though nothing was answered. */
    void tick(long nowNanos) {
        if (!queue.isEmpty() && (someEnded || nowNanos - lookedNanos >= stallNanos)) {
            look(nowNanos);
        }
    }

    /** A connection is gone: what it asked for is not worth its memory, unless it is to be carried out all the same. */
    void gone(ClientSession session) {
        if (queue.isEmpty() || !settings.dropStale() || !settings.staleByConnection()) {
            return;
        }
        for (Iterator<Held> all = queue.iterator(); all.hasNext(); ) {
            Held held = all.next();
            if (held.session == session && !isEnd(held)) {
                all.remove();
                counters.staleDropped();
                way.dropped(held.bytes);
                release(held);
            }
        }
    }

    /** Lets through what there is room for. Answers that are given meanwhile ask for more; the outer call sees to it. */
    void look(long nowNanos) {
        if (looking) {
            return;
        }
        looking = true;
        someEnded = false;
        lookedNanos = nowNanos;
        for (Held head = queue.peek(); head != null; head = queue.peek()) {
            boolean stale = isStale(head, nowNanos);
            if (!stale && underWay >= settings.mostRequests()) {
                break;
            }
            queue.poll();
            if (stale) {
                counters.staleDropped();
                way.dropped(head.bytes);
                head.session.abandon();
            } else {
                carryOut(head, nowNanos);
            }
            release(head);
            way.letGoOn(head.session);
        }
        looking = false;
    }

    private void carryOut(Held held, long nowNanos) {
        ClientSession session = held.session;
        if (session.isOpen()) {
            boolean late = opWaitNanos > 0 && nowNanos - held.arrivedNanos > opWaitNanos;
            way.carryOut(session, held.frame, held.arrivedNanos, late);
            return;
        }
        counters.stale();
        way.dropped(held.bytes);
        if (session.state() == ClientSession.State.CLOSED) {
            way.carryOutFor(session, held.frame);
        }
    }

    private boolean isStale(Held held, long nowNanos) {
        if (!settings.dropStale() || isEnd(held)) {
            return false;
        }
        long timeoutNanos = TimeUnit.MILLISECONDS.toNanos(held.session.timeoutMs());
        return (settings.staleByConnection() && held.session.state() == ClientSession.State.CLOSED)
                || (settings.staleByLatency() && nowNanos - held.arrivedNanos > timeoutNanos);
    }

    private static boolean isEnd(Held held) {
        return RequestCodec.decodeHeader(held.frame.duplicate()).code() == OpCode.CLOSE_SESSION.code();
    }

    private static void release(Held held) {
        held.session.held(-1, -held.bytes);
        held.frame.release();
    }

    int underWay() {
        return underWay;
    }

    int waiting() {
        return queue.size();
    }
}
