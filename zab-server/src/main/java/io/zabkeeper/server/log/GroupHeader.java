package io.zabkeeper.server.log;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The first bytes of a group: records that became durable together, on whole pages of their own.
 *
 * <p>The header's checksum stands apart from the payload's, so that a wrong length is never believed. It covers the
 * segment's id, the offset and the chain, and is itself the chain value for the next group: a group that was written to
 * the wrong place, twice, or not at all does not fit (D22, D23).
 *
 * @param number of the group; counts without a gap across segments. A mark has the number of the group that will
 *     overwrite it.
 * @param durableUpTo number of the last group known durable when this one was built
 * @param committed the commit point then, a hint
 * @param first zxid of the first entry in the group, 0 without one
 * @param last zxid of the last entry in the group, likewise
 * @param isMark nothing but a newer {@code durableUpTo}, not synced itself; the next group takes its place
 * @param previousChain the {@code chain} of the group before
 * @param chain this header's checksum
 */
record GroupHeader(
        long number,
        long durableUpTo,
        long committed,
        long first,
        long last,
        int records,
        boolean isMark,
        int payloadBytes,
        int payloadChecksum,
        int previousChain,
        int chain) {
    static final int PAGE = 4096;

    /** Bytes before the payload. */
    static final int SIZE = 80;

    private static final int MAGIC = 0x5a477270; // "ZGrp"

    static long pages(long bytes) {
        return (bytes + PAGE - 1) / PAGE * PAGE;
    }

    /** What the whole group takes in the segment. */
    long groupBytes() {
        return pages(SIZE + (long) payloadBytes);
    }

    /** Writes this header in front of its payload, with the checksum that belongs to the place. Returns the chain. */
    int encode(ByteBuffer group, long segmentId, long offset) {
        group.putInt(0, MAGIC);
        group.putInt(8, payloadBytes);
        group.putInt(12, payloadChecksum);
        group.putLong(16, number);
        group.putLong(24, durableUpTo);
        group.putLong(32, committed);
        group.putLong(40, first);
        group.putLong(48, last);
        group.putInt(56, records);
        group.putInt(60, isMark ? 1 : 0);
        group.putInt(64, previousChain);
        group.putInt(68, 0);
        group.putLong(72, 0);
        int checksum = checksum(group, 8, SIZE, segmentId, offset);
        group.putInt(4, checksum);
        return checksum;
    }

    /** The header at the start of a buffer, or null when there is none that was written for this place. */
    static @Nullable GroupHeader decode(ByteBuffer group, long segmentId, long offset) {
        if (group.remaining() < SIZE || group.getInt(0) != MAGIC) {
            return null;
        }
        int chain = group.getInt(4);
        if (checksum(group, 8, SIZE, segmentId, offset) != chain) {
            return null;
        }
        return new GroupHeader(
                group.getLong(16),
                group.getLong(24),
                group.getLong(32),
                group.getLong(40),
                group.getLong(48),
                group.getInt(56),
                group.getInt(60) == 1,
                group.getInt(8),
                group.getInt(12),
                group.getInt(64),
                chain);
    }

    /** CRC32C over a place and a part of a buffer, whose position and limit stay. */
    static int checksum(ByteBuffer group, int from, int to, long segmentId, long offset) {
        CRC32C crc = new CRC32C();
        seed(crc, segmentId);
        seed(crc, offset);
        crc.update(group.duplicate().limit(to).position(from));
        return (int) crc.getValue();
    }

    private static void seed(CRC32C crc, long value) {
        for (int shift = 56; shift >= 0; shift -= 8) {
            crc.update((int) (value >>> shift));
        }
    }
}
