package io.zabkeeper.server.log;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The first block of a segment, durable before the segment gets its name.
 *
 * @param segmentId random; part of every checksum in the segment, so that no bytes from elsewhere pass for a group
 * @param number the place among the segments, without a gap
 * @param sizeBytes of the file, all of which was filled with zeros
 */
record SegmentHeader(
        int version,
        int nodeId,
        long clusterId,
        long incarnation,
        long diskId,
        long segmentId,
        long number,
        long sizeBytes) {
    static final int VERSION = 1;

    private static final long MAGIC = 0x5a61624c6f675365L; // "ZabLogSe"
    private static final int BODY = 72;

    ByteBuffer encode() {
        ByteBuffer block = ByteBuffer.allocate(GroupHeader.PAGE);
        block.putLong(MAGIC).putInt(version).putInt(nodeId);
        block.putLong(clusterId).putLong(incarnation).putLong(diskId);
        block.putLong(segmentId).putLong(number).putLong(sizeBytes);
        block.putInt(BODY, checksum(block));
        return block.clear();
    }

    /** Null when the block is no valid header. */
    static @Nullable SegmentHeader decode(ByteBuffer block) {
        if (block.remaining() < BODY + 4 || block.getLong(0) != MAGIC || checksum(block) != block.getInt(BODY)) {
            return null;
        }
        return new SegmentHeader(
                block.getInt(8),
                block.getInt(12),
                block.getLong(16),
                block.getLong(24),
                block.getLong(32),
                block.getLong(40),
                block.getLong(48),
                block.getLong(56));
    }

    private static int checksum(ByteBuffer block) {
        CRC32C crc = new CRC32C();
        crc.update(block.duplicate().position(0).limit(BODY));
        return (int) crc.getValue();
    }
}
