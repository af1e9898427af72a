package io.zabkeeper.server.log;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A segment that is open, and how far it is written. One without groups is a spare. */
final class Segment implements Closeable {
    static final String DIRECTORY = "log";
    static final String DRAFT = DIRECTORY + "/spare.tmp";

    private static final String SUFFIX = ".seg";
    private static final int DIGITS = 12;

    private final SegmentHeader header;
    private final DiskFile file;

    /** Where the next group goes. */
    private long position;

    /** The highest zxid among the entries; 0 without one. */
    private long lastZxid;

    Segment(SegmentHeader header, DiskFile file, long position, long lastZxid) {
        this.header = header;
        this.file = file;
        this.position = position;
        this.lastZxid = lastZxid;
    }

    /** A segment that is full, or was left for a larger one. */
    record Sealed(long number, long lastZxid, long usedBytes) {}

    static String name(long number) {
        String digits = Long.toString(number);
        return DIRECTORY + "/" + "0".repeat(Math.max(0, DIGITS - digits.length())) + digits + SUFFIX;
    }

    /** The number in a plain file name, or null when it is not that of a segment. */
    static @Nullable Long number(String name) {
        if (!name.endsWith(SUFFIX) || name.length() < DIGITS + SUFFIX.length()) {
            return null;
        }
        try {
            return Long.valueOf(name.substring(0, name.length() - SUFFIX.length()));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    SegmentHeader header() {
        return header;
    }

    DiskFile file() {
        return file;
    }

    long position() {
        return position;
    }

    boolean isEmpty() {
        return position == GroupHeader.PAGE;
    }

    boolean hasRoomFor(long groupBytes) {
        return position + groupBytes <= header.sizeBytes();
    }

    long remaining() {
        return header.sizeBytes() - position;
    }

    void advance(long groupBytes, long groupLastZxid) {
        position += groupBytes;
        lastZxid = Math.max(lastZxid, groupLastZxid);
    }

    Sealed sealed() {
        return new Sealed(header.number(), lastZxid, position);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
