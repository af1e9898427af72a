package io.zabkeeper.server.log;

import io.zabkeeper.consensus.SnapshotMeta;
import io.zabkeeper.consensus.WalRecord;
import io.zabkeeper.consensus.driver.Log;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The one write-ahead log, with the only thread that writes to it.
 *
 * <p>While one group is being synced the next one gathers in the queue; a group takes all that is there, up to its limit,
 * and never waits for more. What one call appends is in one group, unless it is larger than a group: so a snapshot mark
 * and the records that come with it survive together or not at all.
 *
 * <p>The first error is the last thing that happens here: {@link LogListener#failed} once, and nothing is written or
 * reported durable after it.
 */
public final class SegmentedLog implements Log, AutoCloseable {
    private static final long PATIENCE_MS = 5_000;

    private record Batch(long sequence, List<WalRecord> records, long committed) {}

    private final LogSettings settings;
    private final LogListener listener;
    private final LogStats stats;
    private final SegmentShelf shelf;
    private final GroupWriter writer;
    private final Thread writing;
    private final Thread attending;

    /** Guards the fields below; held for moments only, never while a file is touched. */
    private final Object lock = new Object();

    private ArrayDeque<Batch> incoming = new ArrayDeque<>();
    private boolean idle;
    private boolean closing;
    private @Nullable Throwable failure;

    /** Owned by the log thread, as is what it points to. */
    private ArrayDeque<Batch> taken = new ArrayDeque<>();

    private boolean marked = true;

    private SegmentedLog(
            LogSettings settings, LogListener listener, LogStats stats, SegmentShelf shelf, GroupWriter writer) {
        this.settings = settings;
        this.listener = listener;
        this.stats = stats;
        this.shelf = shelf;
        this.writer = writer;
        this.writing = new Thread(this::write, "log");
        this.attending = new Thread(this::attend, "log-segments");
    }

    /**
     * Goes on where recovery ended, and takes over the files that it opened. A new log is on the disk when this returns;
     * so is the record that takes the vote from a disk which lost something.
     */
    public static SegmentedLog open(
            Disk disk, Identity identity, RecoveredLog recovered, LogSettings settings, LogListener listener)
            throws IOException {
        LogStats stats = new LogStats();
        SegmentShelf shelf = new SegmentShelf(disk, identity, settings, stats, new SecureRandom(), recovered);
        GroupWriter writer = GroupWriter.open(identity, shelf, settings, stats, recovered);
        shelf.expectAttendant();
        SegmentedLog log = new SegmentedLog(settings, listener, stats, shelf, writer);
        log.writing.start();
        log.attending.setDaemon(true);
        log.attending.start();
        return log;
    }

    public LogStats stats() {
        return stats;
    }

    @Override
    public void append(long sequence, List<WalRecord> records, long committed) {
        Batch batch = new Batch(sequence, records, committed);
        stats.queued(1);
        synchronized (lock) {
            if (failure == null && !closing) {
                incoming.add(batch);
                if (idle) {
                    idle = false;
                    lock.notifyAll();
                }
            }
        }
    }

    @Override
    public void release(SnapshotMeta checkpoint) {
        shelf.release(checkpoint.zxid());
    }

    private void write() {
        try {
            while (gather()) {
                writeGroup();
            }
            writer.mark();
            writer.finish();
        } catch (Throwable cause) {
            fail(cause);
            listener.failed(cause);
        }
    }

    /** Waits for work. False when the log is closed and all is written. */
    private boolean gather() throws IOException, InterruptedException {
        while (true) {
            synchronized (lock) {
                if (failure != null) {
                    throw new IOException("segments can no longer be made", failure);
                }
                if (taken.isEmpty()) {
                    ArrayDeque<Batch> empty = taken;
                    taken = incoming;
                    incoming = empty;
                } else {
                    taken.addAll(incoming);
                    incoming.clear();
                }
                if (!taken.isEmpty()) {
                    return true;
                }
                if (closing) {
                    return false;
                }
                idle = true;
                lock.wait(marked ? 0 : settings.idleMarkMs());
                if (!idle || marked) {
                    continue;
                }
                idle = false;
            }
            writer.mark();
            marked = true;
        }
    }

    private void writeGroup() throws IOException {
        long committed = 0;
        long sequence = 0;
        int calls = 0;
        for (Batch batch = taken.peek(); batch != null; batch = taken.peek()) {
            long bytes = 0;
            for (WalRecord record : batch.records) {
                bytes += RecordCodec.size(record);
            }
            if (!writer.isEmpty() && writer.payloadBytes() + bytes > settings.groupBytes()) {
                break;
            }
            taken.remove();
            committed = Math.max(committed, batch.committed);
            put(batch.records, bytes <= settings.groupBytes(), committed);
            sequence = batch.sequence;
            calls++;
        }
        if (!writer.isEmpty()) {
            writer.commit(committed);
            marked = false;
        }
        stats.queued(-calls);
        listener.persisted(sequence);
    }

    /** A call that is larger than a group is split between records. */
    private void put(List<WalRecord> records, boolean fits, long committed) throws IOException {
        for (WalRecord record : records) {
            if (!fits
                    && !writer.isEmpty()
                    && writer.payloadBytes() + RecordCodec.size(record) > settings.groupBytes()) {
                writer.commit(committed);
            }
            writer.put(record);
        }
    }

    private void attend() {
        try {
            shelf.attend();
        } catch (Throwable cause) {
            shelf.fail(cause);
            fail(cause);
        }
    }

    private void fail(Throwable cause) {
        synchronized (lock) {
            failure = cause;
            incoming.clear();
            idle = false;
            lock.notifyAll();
        }
    }

    /** Makes durable what was appended, as far as the disk has room, and closes the files; the identity stays open. */
    @Override
    public void close() throws IOException {
        synchronized (lock) {
            closing = true;
            idle = false;
            lock.notifyAll();
        }
        try {
            long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
            while (writing.isAlive() && !stats.isDiskFull() && System.nanoTime() - deadline < 0) {
                writing.join(20);
            }
            shelf.close();
            writing.join();
            attending.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the log was closing", e);
        }
        writer.close();
        shelf.closeFiles();
    }
}
