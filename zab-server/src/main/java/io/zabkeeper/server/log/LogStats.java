package io.zabkeeper.server.log;

import io.zabkeeper.server.metrics.Summary;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Counters of the log, written by its threads and readable from any other. */
public final class LogStats {
    private static final long SLOW_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final AtomicLong syncs = new AtomicLong();
    private final AtomicLong syncNanos = new AtomicLong();
    private final AtomicLong lastSyncNanos = new AtomicLong();
    private final AtomicLong maxSyncNanos = new AtomicLong();
    private final AtomicLong syncBegan = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong records = new AtomicLong();
    private final AtomicLong queued = new AtomicLong();
    private final AtomicLong segments = new AtomicLong();
    private final AtomicLong room = new AtomicLong();
    private final AtomicLong slowSyncs = new AtomicLong();
    private final Summary syncTimes = new Summary(Summary.Detail.BASIC);
    private volatile boolean diskFull;

    /** Groups made durable. */
    public long syncs() {
        return syncs.get();
    }

    public long lastSyncNanos() {
        return lastSyncNanos.get();
    }

    public long maxSyncNanos() {
        return maxSyncNanos.get();
    }

    /** Groups whose sync took a second or longer. */
    public long slowSyncs() {
        return slowSyncs.get();
    }

    /** In milliseconds, of each group. */
    public Summary syncTimes() {
        return syncTimes;
    }

    public long averageSyncNanos() {
        long count = syncs.get();
        return count == 0 ? 0 : syncNanos.get() / count;
    }

    /** How long the sync under way has been running; 0 when there is none. A disk that hangs shows here alone. */
    public long pendingSyncNanos(long nowNanos) {
        long began = syncBegan.get();
        return began == 0 ? 0 : Math.max(0, nowNanos - began);
    }

    /** Written in groups, with their padding. */
    public long bytes() {
        return bytes.get();
    }

    public long records() {
        return records.get();
    }

    /** Calls of append that are not durable yet. */
    public long queueLength() {
        return queued.get();
    }

    /** Segments on the disk that hold records. */
    public long segments() {
        return segments.get();
    }

    /** Bytes that can be logged without asking the disk for more room. */
    public long roomBytes() {
        return room.get();
    }

    /** True while no spare can be made because the disk is full. */
    public boolean isDiskFull() {
        return diskFull;
    }

    void syncBegins(long nowNanos) {
        syncBegan.lazySet(nowNanos == 0 ? 1 : nowNanos);
    }

    /** Called by the log thread alone, as is everything about syncs. */
    void synced(long tookNanos, long groupBytes, long groupRecords) {
        syncBegan.lazySet(0);
        lastSyncNanos.lazySet(tookNanos);
        syncTimes.record(TimeUnit.NANOSECONDS.toMillis(tookNanos));
        if (tookNanos >= SLOW_NANOS) {
            slowSyncs.lazySet(slowSyncs.get() + 1);
        }
        maxSyncNanos.lazySet(Math.max(maxSyncNanos.get(), tookNanos));
        syncNanos.lazySet(syncNanos.get() + tookNanos);
        bytes.lazySet(bytes.get() + groupBytes);
        records.lazySet(records.get() + groupRecords);
        syncs.lazySet(syncs.get() + 1);
    }

    void queued(long calls) {
        queued.addAndGet(calls);
    }

    void segments(long count) {
        segments.set(count);
    }

    void room(long inBytes) {
        room.lazySet(inBytes);
    }

    void diskFull(boolean full) {
        diskFull = full;
    }
}
