package io.zabkeeper.server.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A segment as recovery reads it: through a window, in order. What the file does not hold reads as zeros. */
final class SegmentView {
    static final int WINDOW = 1 << 20;

    private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(WINDOW);

    private final String name;
    private final long number;
    private final DiskFile file;
    private final long sizeBytes;

    /** Null when the header block cannot be read. */
    private final @Nullable SegmentHeader header;

    private final ByteBuffer window;
    private long windowStart = -1;

    private SegmentView(
            String name,
            long number,
            DiskFile file,
            long sizeBytes,
            @Nullable SegmentHeader header,
            ByteBuffer window) {
        this.name = name;
        this.number = number;
        this.file = file;
        this.sizeBytes = sizeBytes;
        this.header = header;
        this.window = window;
    }

    static SegmentView open(Disk disk, long number, ByteBuffer window) throws IOException {
        String name = Segment.name(number);
        DiskFile file = disk.open(name);
        ByteBuffer block = ByteBuffer.allocate(GroupHeader.PAGE);
        file.read(block, 0);
        SegmentHeader header = SegmentHeader.decode(block.flip());
        if (header != null && header.version() > SegmentHeader.VERSION) {
            file.close();
            throw new UnusableDirectoryException(disk.locate(name) + " has format version " + header.version()
                    + ", this server knows up to " + SegmentHeader.VERSION);
        }
        boolean isOurs = header != null && header.number() == number;
        long sizeBytes = isOurs && header != null ? header.sizeBytes() : GroupHeader.pages(file.sizeBytes());
        return new SegmentView(name, number, file, sizeBytes, isOurs ? header : null, window);
    }

    String name() {
        return name;
    }

    long number() {
        return number;
    }

    DiskFile file() {
        return file;
    }

    long sizeBytes() {
        return sizeBytes;
    }

    @Nullable
    SegmentHeader header() {
        return header;
    }

    /** The window is shared between segments, so each one starts by forgetting it. */
    void rewind() {
        windowStart = -1;
    }

    /** The header of the group that was written for this place; null when there is none. */
    @Nullable
    GroupHeader groupAt(long offset) throws IOException {
        if (header == null || offset + GroupHeader.PAGE > sizeBytes) {
            return null;
        }
        return GroupHeader.decode(at(offset, GroupHeader.SIZE), header.segmentId(), offset);
    }

    /** So many bytes from there on. Valid until the next call. */
    ByteBuffer at(long offset, int bytes) throws IOException {
        if (bytes > window.capacity()) {
            ByteBuffer large = ByteBuffer.allocate(bytes);
            fill(large, offset);
            return large;
        }
        if (windowStart < 0 || offset < windowStart || offset + bytes > windowStart + window.limit()) {
            window.clear().limit((int) Math.min(WINDOW, Math.max(bytes, sizeBytes - offset)));
            fill(window, offset);
            windowStart = offset;
        }
        return window.slice((int) (offset - windowStart), bytes);
    }

    private void fill(ByteBuffer target, long offset) throws IOException {
        file.read(target, offset);
        while (target.hasRemaining()) {
            target.put(ZEROS.slice(0, Math.min(target.remaining(), WINDOW)));
        }
        target.flip();
    }

    boolean isZero(long offset, int bytes) throws IOException {
        ByteBuffer read = at(offset, bytes);
        while (read.hasRemaining()) {
            int length = Math.min(read.remaining(), WINDOW);
            if (read.slice(read.position(), length).mismatch(ZEROS.slice(0, length)) >= 0) {
                return false;
            }
            read.position(read.position() + length);
        }
        return true;
    }

    /** Zeros over all that is not, from there to the end; then durable. */
    void wipe(long from) throws IOException {
        rewind();
        boolean wiped = false;
        for (long at = from; at < sizeBytes; at += WINDOW) {
            int length = (int) Math.min(WINDOW, sizeBytes - at);
            if (!isZero(at, length)) {
                file.write(ZEROS.slice(0, length), at);
                wiped = true;
            }
        }
        rewind();
        if (wiped) {
            file.sync();
        }
    }

    /** Writes the same bytes again and syncs: what was read may have come from memory alone. */
    void rewrite(long offset, long bytes) throws IOException {
        rewind();
        for (long at = offset; at < offset + bytes; at += WINDOW) {
            int length = (int) Math.min(WINDOW, offset + bytes - at);
            file.write(at(at, length), at);
        }
        file.sync();
    }
}
