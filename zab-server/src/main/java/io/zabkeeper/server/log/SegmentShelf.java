package io.zabkeeper.server.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The segments that are not written to: spares ahead, sealed ones behind.
 *
 * <p>{@link #attend} makes spares and deletes what was released, on a thread of its own, and slowly (see {@link ZeroingPace}),
 * because the zeros go through the same disk as the log's syncs. Only when the log waits for a spare, or soon will, it
 * hurries. Without an
 * attendant {@link #take} makes what it needs itself. Files are touched outside the lock.
 */
final class SegmentShelf implements Closeable {
    private static final int CHUNK = 256 << 10;
    private static final long RETRY_MS = 500;

    private final Disk disk;
    private final Identity identity;
    private final LogSettings settings;
    private final LogStats stats;
    private final RandomGenerator random;

    private final ArrayDeque<Segment> ready = new ArrayDeque<>();
    private final ArrayDeque<Segment.Sealed> sealed = new ArrayDeque<>();

    /** Of the next segment to be made. */
    private long nextNumber;

    /** What the log thread waits for; 0 while it does not. */
    private long wantedBytes;

    /** Written in the segment in use, and left there. */
    private long activeUsed;

    private long activeRoom;

    /** The last two checkpoints; only up to the older one anything is deleted. */
    private long released;

    private long releasedBefore;

    private boolean attended;
    private boolean closed;
    private @Nullable Throwable failure;

    SegmentShelf(
            Disk disk,
            Identity identity,
            LogSettings settings,
            LogStats stats,
            RandomGenerator random,
            RecoveredLog recovered) {
        this.disk = disk;
        this.identity = identity;
        this.settings = settings;
        this.stats = stats;
        this.random = random;
        this.sealed.addAll(recovered.sealed());
        this.ready.addAll(recovered.spares());
        this.nextNumber = recovered.nextSegment();
        this.released = recovered.checkpoint();
    }

    /** The next segment, with room for a group of this size behind its head. Waits until there is one. */
    Segment take(long groupBytes) throws IOException {
        long needed = groupBytes + 2 * GroupHeader.PAGE;
        while (true) {
            synchronized (this) {
                Segment next = takeReady(needed);
                if (next != null) {
                    wantedBytes = 0;
                    notifyAll();
                    return next;
                }
                if (failure != null) {
                    throw new IOException("no segment could be made", failure);
                }
                if (closed) {
                    throw new IOException("the log was closed while it waited for a segment");
                }
                wantedBytes = needed;
                if (attended) {
                    notifyAll();
                    await(0);
                    continue;
                }
            }
            makeSpare();
        }
    }

    /** One that is too small stays behind empty; that happens only with records near the size of a segment. */
    private @Nullable Segment takeReady(long needed) throws IOException {
        for (Segment next = ready.poll(); next != null; next = ready.poll()) {
            if (next.header().sizeBytes() >= needed) {
                return next;
            }
            sealed.add(next.sealed());
            next.close();
        }
        return null;
    }

    synchronized void seal(Segment segment) {
        sealed.add(segment.sealed());
    }

    /** How far the segment in use is written. */
    synchronized void progress(long usedBytes, long roomBytes) {
        activeUsed = usedBytes;
        activeRoom = roomBytes;
        stats.room(room());
        stats.segments(sealed.size() + 1);
    }

    /** What can be logged without another spare, in bytes. */
    private synchronized long room() {
        long room = activeRoom;
        for (Segment spare : ready) {
            room += spare.header().sizeBytes() - 2 * GroupHeader.PAGE;
        }
        return room;
    }

    /** A checkpoint is durable at this position. */
    synchronized void release(long checkpoint) {
        if (checkpoint > released) {
            releasedBefore = released;
            released = checkpoint;
            notifyAll();
        }
    }

    /** From here on only the attendant makes spares. To be called before it and the log thread start. */
    synchronized void expectAttendant() {
        attended = true;
    }

    /** The attendant's life. Returns when the shelf is closed; what it throws is final for the log. */
    void attend() throws IOException {
        while (true) {
            boolean spareNeeded;
            List<Segment.Sealed> victims;
            synchronized (this) {
                victims = victims();
                spareNeeded = ready.size() < settings.spares() || wantedBytes > 0;
                if (closed) {
                    return;
                }
                if (victims.isEmpty() && !spareNeeded) {
                    await(0);
                    continue;
                }
            }
            purge(victims);
            if (spareNeeded) {
                makeSpareOrWait();
            }
        }
    }

    private void makeSpareOrWait() throws IOException {
        try {
            makeSpare();
            stats.diskFull(false);
        } catch (DiskFullException e) {
            stats.diskFull(true);
            disk.delete(Segment.DRAFT);
            synchronized (this) {
                await(RETRY_MS);
            }
        }
    }

    /** Deletes what was released, oldest first, so that a crash in between leaves no gap (D27). */
    void purge() throws IOException {
        List<Segment.Sealed> victims;
        synchronized (this) {
            victims = victims();
        }
        purge(victims);
    }

    private void purge(List<Segment.Sealed> victims) throws IOException {
        for (Segment.Sealed victim : victims) {
            disk.delete(Segment.name(victim.number()));
        }
        if (!victims.isEmpty()) {
            disk.syncDirectory(Segment.DIRECTORY);
        }
    }

    private List<Segment.Sealed> victims() {
        long behind = activeUsed;
        for (Segment.Sealed segment : sealed) {
            behind += segment.usedBytes();
        }
        List<Segment.Sealed> victims = new ArrayList<>();
        for (Segment.Sealed oldest = sealed.peek(); oldest != null; oldest = sealed.peek()) {
            behind -= oldest.usedBytes();
            if (oldest.lastZxid() > releasedBefore || behind < settings.tailBytes()) {
                break;
            }
            victims.add(sealed.remove());
        }
        return victims;
    }

    /** Zeros first, then the header, then the name: a segment that has its name is whole (D26). */
    private void makeSpare() throws IOException {
        long number;
        long size;
        synchronized (this) {
            number = nextNumber;
            size = GroupHeader.pages(Math.max(settings.sizeOfSegment(number), wantedBytes));
        }
        if (disk.freeBytes() < size) {
            if (!disk.exists(Segment.DRAFT)) {
                disk.create(Segment.DRAFT).close();
            }
            throw new DiskFullException("no room for a segment of " + size + " bytes in " + disk.locate(""));
        }
        SegmentHeader header = new SegmentHeader(
                SegmentHeader.VERSION,
                identity.nodeId(),
                identity.clusterId(),
                identity.incarnation(),
                identity.diskId(),
                random.nextLong(),
                number,
                size);
        DiskFile file = disk.create(Segment.DRAFT);
        boolean made = false;
        try {
            if (!fill(file, size)) {
                return;
            }
            file.write(header.encode(), 0);
            file.sync();
            disk.rename(Segment.DRAFT, Segment.name(number));
            disk.syncDirectory(Segment.DIRECTORY);
            made = true;
        } finally {
            if (!made) {
                file.close();
            }
        }
        synchronized (this) {
            nextNumber = number + 1;
            ready.add(new Segment(header, file, GroupHeader.PAGE, 0));
            stats.room(stats.roomBytes() + size - 2 * GroupHeader.PAGE);
            notifyAll();
        }
    }

    /** False when the shelf was closed meanwhile. */
    private boolean fill(DiskFile file, long size) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocateDirect(CHUNK);
        ZeroingPace pace = new ZeroingPace(settings.zeroingBytesPerSecond(), stats.bytes(), room(), System.nanoTime());
        for (long at = 0; at < size; at += CHUNK) {
            zeros.clear().limit((int) Math.min(CHUNK, size - at));
            file.write(zeros, at);
            synchronized (this) {
                if (closed) {
                    return false;
                }
                if (!attended || hurried()) {
                    continue;
                }
            }
            file.sync(); // In small portions, or a sync of the log waits behind all of it.
            synchronized (this) {
                await(pace.restMs(CHUNK, size - at, stats.bytes(), room(), System.nanoTime()));
            }
        }
        file.sync();
        return true;
    }

    private boolean hurried() {
        return wantedBytes > 0 || (ready.isEmpty() && activeRoom < activeUsed);
    }

    /** Waits for a change; false alarms are fine, every caller looks again. */
    // The loop is in the callers.
    @SuppressWarnings("WaitNotInLoop")
    private synchronized void await(long ms) throws IOException {
        try {
            wait(ms);
        } catch (InterruptedException e) {
            throw new IOException("a thread of the log was interrupted", e);
        }
    }

    /** Nothing more can come from here. */
    synchronized void fail(Throwable cause) {
        failure = cause;
        notifyAll();
    }

    @Override
    public void close() throws IOException {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
    }

    /** Once nobody attends and nobody takes. */
    synchronized void closeFiles() throws IOException {
        for (Segment spare : ready) {
            spare.close();
        }
        ready.clear();
    }
}
