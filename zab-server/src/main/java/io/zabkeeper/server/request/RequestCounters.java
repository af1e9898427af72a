package io.zabkeeper.server.request;

import io.zabkeeper.server.metrics.Count;
import io.zabkeeper.server.metrics.Metrics;
import io.zabkeeper.server.metrics.Summary;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.OpCode;
import java.util.concurrent.TimeUnit;

/** What {@code srvr} and {@code mntr} say about requests and connections. Belongs to the replica loop. */
public final class RequestCounters {
    private static final double TEN_THOUSAND = 10_000;

    private final Count received = new Count();
    private final Count sent = new Count();
    private final Count receivedBytes = new Count();
    private final Count responseBytes = new Count();
    private final Count watchBytes = new Count();
    private final Count handshakes = new Count();
    private final Count reattached = new Count();
    private final Count rejected = new Count();
    private final Count mute = new Count();
    private final Count dropped = new Count();
    private final Count throttled = new Count();
    private final Count stalled = new Count();
    private final Count stale = new Count();
    private final Count staleDropped = new Count();
    private final Count staleReplies = new Count();
    private final Count largeRejected = new Count();
    private final Summary readLatency = new Summary(Summary.Detail.ADVANCED);
    private final Summary updateLatency = new Summary(Summary.Detail.ADVANCED);

    private long latencies;
    private long latencySumMs;
    private long latencyMinMs;
    private long latencyMaxMs;
    private long authFailures;
    private long lastResponse;
    private long leastResponse;
    private long mostResponse;

    public RequestCounters() {
        clear();
    }

    /** Puts those that have a name of their own in {@code mntr} under it. */
    public void register(Metrics metrics) {
        metrics.add("bytes_received_count", receivedBytes);
        metrics.add("response_bytes", responseBytes);
        metrics.add("watch_bytes", watchBytes);
        metrics.add("connection_request_count", handshakes);
        metrics.add("connection_revalidate_count", reattached);
        metrics.add("connection_rejected", rejected);
        metrics.add("sessionless_connections_expired", mute);
        metrics.add("connection_drop_count", dropped);
        metrics.add("throttled_ops", throttled);
        metrics.add("request_throttle_wait_count", stalled);
        metrics.add("stale_requests", stale);
        metrics.add("stale_requests_dropped", staleDropped);
        metrics.add("stale_replies", staleReplies);
        metrics.add("large_requests_rejected", largeRejected);
        metrics.add("readlatency", readLatency);
        metrics.add("updatelatency", updateLatency);
    }

    /** A frame of a client, or a word, with its length. */
    public void received(long bytes) {
        received.increment();
        receivedBytes.add(bytes);
    }

    /** Something a client gets: a reply, an event, the answer to a word. */
    public void sent() {
        sent.increment();
    }

    void answered(long ms, OpCode operation) {
        latencies++;
        latencySumMs += ms;
        latencyMinMs = Math.min(latencyMinMs, ms);
        latencyMaxMs = Math.max(latencyMaxMs, ms);
        (isOrdered(operation) ? updateLatency : readLatency).record(ms);
    }

    private static boolean isOrdered(OpCode operation) {
        return switch (operation) {
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
                    RECONFIG,
                    CREATE_SESSION,
                    CLOSE_SESSION -> true;
            default -> false;
        };
    }

    /** A reply left, so long without its length; that to a ping is none that anybody waited for. */
    void responded(int code, int bytes) {
        if (code != OpCode.PING.code()) {
            responseBytes.add(bytes);
        }
        lastResponse = bytes;
        leastResponse = leastResponse < 0 ? bytes : Math.min(leastResponse, bytes);
        mostResponse = Math.max(mostResponse, bytes);
    }

    void notified(int bytes) {
        watchBytes.add(bytes);
    }

    void handshake() {
        handshakes.increment();
    }

    void reattached() {
        reattached.increment();
    }

    /** A connection was closed because there are too many, or too many handshakes. */
    void rejected() {
        rejected.increment();
    }

    /** A connection was closed because it did not say what it wants. */
    void keptSilent() {
        mute.increment();
    }

    /** A connection was ended by its client, or on the way, before this side ended it. */
    void dropped() {
        dropped.increment();
    }

    /** A request had to wait because too many are under way. */
    void stalled() {
        stalled.increment();
    }

    /** A request was carried out though its client could not use an answer any more. */
    void stale() {
        stale.increment();
    }

    /** A request was not carried out because its client could not use an answer any more. */
    void staleDropped() {
        staleDropped.increment();
    }

    /** An answer had nobody to go to. */
    void staleReply() {
        staleReplies.increment();
    }

    /** A connection was closed because large requests take too much already. */
    void largeRejected() {
        largeRejected.increment();
    }

    /** A request was answered with this error. */
    void failed(ErrorCode error) {
        if (error == ErrorCode.AUTH_FAILED) {
            authFailures++;
        } else if (error == ErrorCode.THROTTLED_OP) {
            throttled.increment();
        }
    }

    /** As {@code srst} does; what is registered is reset with the registry. */
    public void reset() {
        received.reset();
        sent.reset();
        clear();
    }

    private void clear() {
        latencies = 0;
        latencySumMs = 0;
        latencyMinMs = Long.MAX_VALUE;
        latencyMaxMs = 0;
        authFailures = 0;
        lastResponse = -1;
        leastResponse = -1;
        mostResponse = -1;
    }

    public long receivedCount() {
        return received.value();
    }

    public long sentCount() {
        return sent.value();
    }

    public long latencyMinMs() {
        return latencies == 0 ? 0 : latencyMinMs;
    }

    /** With four digits behind the point, as ZooKeeper has it. */
    public double latencyAverageMs() {
        return latencies == 0 ? 0 : Math.round(latencySumMs * TEN_THOUSAND / latencies) / TEN_THOUSAND;
    }

    public long latencyMaxMs() {
        return latencyMaxMs;
    }

    public long authFailedCount() {
        return authFailures;
    }

    /** Bytes of the last reply; -1 before the first one. */
    public long lastResponseBytes() {
        return lastResponse;
    }

    public long minResponseBytes() {
        return leastResponse;
    }

    public long maxResponseBytes() {
        return mostResponse;
    }

    static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }
}
