package io.zabkeeper.wire.codec;

/**
 * How long a frame may be, without the four bytes of its length.
 *
 * @param sizeBytes the longest that is accepted
 */
public record FrameLimit(int sizeBytes) {
    /** ZooKeeper's {@code jute.maxbuffer}. */
    public static final FrameLimit DEFAULT = new FrameLimit(0xfffff);

    /** Bytes of the length in front of a frame. */
    public static final int PREFIX_SIZE = Integer.BYTES;

    public FrameLimit {
        if (sizeBytes < 0) {
            throw new IllegalArgumentException("a frame limit must not be negative: " + sizeBytes);
        }
    }

    public boolean allows(int length) {
        return length >= 0 && length <= sizeBytes;
    }

    /** The length, if it is allowed; otherwise the connection is beyond saving. */
    public int require(int length) {
        if (!allows(length)) {
            throw new MalformedFrameException("a frame of " + length + " bytes, allowed are 0 to " + sizeBytes);
        }
        return length;
    }
}
