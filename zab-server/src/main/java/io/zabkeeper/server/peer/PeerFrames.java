package io.zabkeeper.server.peer;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.MessageLite;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.CRC32C;

/**
 * The frame between members: four bytes of length, four of CRC32C over the payload, the payload.
 *
 * <p>TCP's own checksum lets one damaged segment in some ten thousand million through; a member must not act on it (N18).
 */
final class PeerFrames {
    /** Until a peer has introduced itself it may not make us hold more than this. */
    static final int HELLO_LIMIT = 4 * 1024;

    /** The largest frame of an established link: a full window of proposals and some. */
    static final int LINK_LIMIT = 64 * 1024 * 1024;

    private static final int HEADER = 8;

    private PeerFrames() {}

    /** Cuts the stream into frames of at most {@code limit} bytes, CRC still in front; longer ones are refused unread. */
    static LengthFieldBasedFrameDecoder decoder(int limit) {
        return new LengthFieldBasedFrameDecoder(limit, 0, 4, 4, 4, true);
    }

    /** The payload of a frame, copied once. */
    static byte[] open(ByteBuf frame) throws DamagedFrameException {
        int claimed = frame.readInt();
        byte[] payload = new byte[frame.readableBytes()];
        frame.readBytes(payload);
        CRC32C crc = new CRC32C();
        crc.update(payload, 0, payload.length);
        if ((int) crc.getValue() != claimed) {
            throw new DamagedFrameException("checksum of a frame of " + payload.length + " bytes does not match");
        }
        return payload;
    }

    static ByteBuf seal(MessageLite message, ByteBufAllocator allocator) {
        int size = message.getSerializedSize();
        byte[] payload = new byte[size];
        try {
            CodedOutputStream out = CodedOutputStream.newInstance(payload);
            message.writeTo(out);
            out.checkNoSpaceLeft();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible); // The array has exactly the size that the message asked for.
        }
        return seal(payload, allocator);
    }

    static ByteBuf seal(byte[] payload, ByteBufAllocator allocator) {
        CRC32C crc = new CRC32C();
        crc.update(payload, 0, payload.length);
        ByteBuf frame = allocator.directBuffer(HEADER + payload.length);
        frame.writeInt(payload.length);
        frame.writeInt((int) crc.getValue());
        frame.writeBytes(payload);
        return frame;
    }
}
