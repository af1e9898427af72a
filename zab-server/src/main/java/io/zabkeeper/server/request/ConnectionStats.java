package io.zabkeeper.server.request;

import io.zabkeeper.wire.OpCode;
import org.jspecify.annotations.Nullable;

/**
 * What {@code cons} says about one connection: a few numbers that each request overwrites. Belongs to the replica loop.
 */
public final class ConnectionStats {
    /** Nothing was answered since the numbers were reset. */
    private static final int NONE = Integer.MIN_VALUE;

    /** Nothing was answered since the connection began, which the reference tells from the other. */
    private static final int NOTHING_EVER = NONE + 1;

    private long received;
    private long sent;
    private int lastOperation;
    private int lastXid;
    private long lastZxid;
    private long lastResponseNanos;
    private long lastLatencyMs;
    private long minLatencyMs;
    private long maxLatencyMs;
    private long latencySumMs;
    private long answers;

    ConnectionStats() {
        reset();
        lastOperation = NOTHING_EVER;
        lastXid = 0;
        lastZxid = 0;
    }

    /** As {@code crst} does. */
    void reset() {
        received = 0;
        sent = 0;
        lastOperation = NONE;
        lastXid = -1;
        lastZxid = -1;
        lastResponseNanos = 0;
        lastLatencyMs = 0;
        minLatencyMs = Long.MAX_VALUE;
        maxLatencyMs = 0;
        latencySumMs = 0;
        answers = 0;
    }

    void received() {
        received++;
    }

    void sent() {
        sent++;
    }

    /** A request was answered; the xid of a ping or the like is none of the client's own and does not count. */
    void answered(int code, int xid, long zxid, long nowNanos, long latencyMs) {
        lastOperation = code;
        if (xid >= 0) {
            lastXid = xid;
        }
        lastZxid = zxid;
        lastResponseNanos = nowNanos;
        lastLatencyMs = latencyMs;
        minLatencyMs = Math.min(minLatencyMs, latencyMs);
        maxLatencyMs = Math.max(maxLatencyMs, latencyMs);
        latencySumMs += latencyMs;
        answers++;
    }

    public long receivedCount() {
        return received;
    }

    public long sentCount() {
        return sent;
    }

    /** ZooKeeper's short word for what was answered last; null when nothing ever was. */
    public @Nullable String lastOperation() {
        if (lastOperation == NOTHING_EVER) {
            return null;
        }
        return switch (OpCode.of(lastOperation)) {
            case CREATE_SESSION -> "SESS";
            case PING -> "PING";
            case CREATE, CREATE2, CREATE_CONTAINER, CREATE_TTL, CREATE_IF_NOT_EXISTS -> "CREA";
            case DELETE, DELETE_CONTAINER, REMOVE_RECURSIVE -> "DELE";
            case EXISTS -> "EXIS";
            case GET_DATA -> "GETD";
            case SET_DATA -> "SETD";
            case GET_ACL -> "GETA";
            case SET_ACL -> "SETA";
            case GET_CHILDREN, GET_CHILDREN2, FILTERED_LIST, DETAILED_LIST, LIST_PAGE -> "GETC";
            case GET_ALL_CHILDREN_NUMBER -> "GETACN";
            case SYNC -> "SYNC";
            case CHECK, CHECK_NOT_EXISTS -> "CHEC";
            case MULTI -> "MULT";
            case MULTI_READ -> "MLTR";
            case RECONFIG -> "RECO";
            case SET_WATCHES -> "SETW";
            case SET_WATCHES2 -> "STW2";
            case ADD_WATCH -> "ADDW";
            case CHECK_WATCHES -> "CHKW";
            case REMOVE_WATCHES -> "REMW";
            case GET_EPHEMERALS -> "GETE";
            case WHO_AM_I -> "HOMI";
            case CLOSE_SESSION -> "CLOS";
            default -> "NA";
        };
    }

    /** -1 when the client has used none of its own since the numbers were reset. */
    public int lastXid() {
        return lastXid;
    }

    /** -1 before the first answer since the numbers were reset. */
    public long lastZxid() {
        return lastZxid;
    }

    /** On the clock of elapsed time; 0 before the first answer. */
    public long lastResponseMillis() {
        return RequestCounters.millis(lastResponseNanos);
    }

    public long lastLatencyMs() {
        return lastLatencyMs;
    }

    public long minLatencyMs() {
        return answers == 0 ? 0 : minLatencyMs;
    }

    /** Cut to whole milliseconds, as in ZooKeeper. */
    public long averageLatencyMs() {
        return answers == 0 ? 0 : latencySumMs / answers;
    }

    public long maxLatencyMs() {
        return maxLatencyMs;
    }
}
