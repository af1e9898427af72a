package io.zabkeeper.server.request;

import java.util.concurrent.TimeUnit;

/** What {@code srvr} and {@code mntr} say about requests. Belongs to the replica loop. */
public final class RequestCounters {
    private long received;
    private long sent;
    private long latencies;
    private long latencySumMs;
    private long latencyMinMs = Long.MAX_VALUE;
    private long latencyMaxMs;

    void received() {
        received++;
    }

    void sent() {
        sent++;
    }

    void answered(long nanos) {
        long ms = TimeUnit.NANOSECONDS.toMillis(nanos);
        latencies++;
        latencySumMs += ms;
        latencyMinMs = Math.min(latencyMinMs, ms);
        latencyMaxMs = Math.max(latencyMaxMs, ms);
    }

    /** As {@code srst} does. */
    public void reset() {
        received = 0;
        sent = 0;
        latencies = 0;
        latencySumMs = 0;
        latencyMinMs = Long.MAX_VALUE;
        latencyMaxMs = 0;
    }

    public long receivedCount() {
        return received;
    }

    public long sentCount() {
        return sent;
    }

    public long latencyMinMs() {
        return latencies == 0 ? 0 : latencyMinMs;
    }

    public double latencyAverageMs() {
        return latencies == 0 ? 0 : (double) latencySumMs / latencies;
    }

    public long latencyMaxMs() {
        return latencyMaxMs;
    }
}
