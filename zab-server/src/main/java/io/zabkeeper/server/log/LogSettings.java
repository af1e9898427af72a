package io.zabkeeper.server.log;

/**
 * How large things are in the log.
 *
 * @param segmentBytes of a full-sized segment
 * @param firstSegmentBytes of the first one of a new log; each next one is twice as large until {@code segmentBytes}. A
 *     new member must not wait until 64 MiB of zeros are on its disk, nor should an idle one occupy them.
 * @param spares segments kept ready behind the one in use; they are also the reserve for a full disk
 * @param groupBytes what one group takes at most, unless a single record is larger
 * @param tailBytes of log kept behind what a purge could take, so that lagging peers get a DIFF
 * @param windowBytes of history before the checkpoint that recovery keeps in memory, for the same reason
 * @param idleMarkMs without work after which the last group is declared durable on the disk
 * @param zeroingBytesPerSecond the pace of making spares while nothing is logged; otherwise {@link ZeroingPace} decides
 */
public record LogSettings(
        long segmentBytes,
        long firstSegmentBytes,
        int spares,
        int groupBytes,
        long tailBytes,
        long windowBytes,
        long idleMarkMs,
        long zeroingBytesPerSecond) {
    private static final long MIB = 1L << 20;

    public static final LogSettings DEFAULT =
            new LogSettings(64 * MIB, 4 * MIB, 2, 256 << 10, 64 * MIB, 16 * MIB, 50, 16 * MIB);

    public LogSettings {
        if (firstSegmentBytes < 2 * GroupHeader.PAGE || segmentBytes < firstSegmentBytes) {
            throw new IllegalArgumentException(
                    "segments of " + segmentBytes + " bytes, the first of " + firstSegmentBytes + ", do not work");
        }
        if (spares < 1 || groupBytes < GroupHeader.PAGE || zeroingBytesPerSecond < 1 || idleMarkMs < 1) {
            throw new IllegalArgumentException("spares, groupBytes, zeroingBytesPerSecond or idleMarkMs is too small");
        }
    }

    /** Where in the life of a log a segment stands decides how large it is. */
    long sizeOfSegment(long number) {
        long size = firstSegmentBytes;
        for (long earlier = 1; earlier < number && size < segmentBytes; earlier++) {
            size *= 2;
        }
        return GroupHeader.pages(Math.min(size, segmentBytes));
    }
}
