package io.zabkeeper.client.internal;

import io.netty.buffer.ByteBuf;
import io.zabkeeper.wire.codec.ConnectCodec;
import io.zabkeeper.wire.codec.FrameLimit;
import io.zabkeeper.wire.codec.RequestCodec;
import io.zabkeeper.wire.request.ConnectRequest;
import io.zabkeeper.wire.request.Request;
import io.zabkeeper.wire.request.RequestHeader;
import org.jspecify.annotations.Nullable;

/**
 * The frames for one connection that have not left yet: many small requests leave in one buffer. Belongs to the loop.
 */
final class Outbox {
    /** A large request does not wait for others. */
    private static final int BATCH_BYTES = 64 * 1024;

    private final Connection connection;
    private final FrameLimit requestLimit;
    private @Nullable ByteBuf batch;

    Outbox(Connection connection, FrameLimit requestLimit) {
        this.connection = connection;
        this.requestLimit = requestLimit;
    }

    /** Sends the frame that comes before all others. */
    void open(ConnectRequest request) {
        ByteBuf frame = connection.allocate();
        int start = beginFrame(frame);
        ConnectCodec.encodeRequest(request, frame);
        endFrame(frame, start);
        connection.send(frame);
    }

    /**
     * Appends a request. False, and nothing is appended, if the application's frame is longer than servers take: they
     * would drop the connection.
     */
    boolean add(int xid, Request request) {
        ByteBuf frames = batch;
        if (frames == null) {
            frames = connection.allocate();
            batch = frames;
        }
        int start = beginFrame(frames);
        RequestCodec.encode(new RequestHeader(xid, request.op().code()), request, frames);
        boolean isTooLong = !requestLimit.allows(frames.writerIndex() - start - FrameLimit.PREFIX_SIZE);
        if (isTooLong && xid > 0) {
            frames.writerIndex(start);
            return false;
        }
        endFrame(frames, start);
        return true;
    }

    boolean isFull() {
        return batch != null && batch.readableBytes() >= BATCH_BYTES;
    }

    /** Returns whether anything has left. */
    boolean flush() {
        ByteBuf frames = batch;
        batch = null;
        if (frames == null) {
            return false;
        }
        if (!frames.isReadable()) {
            frames.release();
            return false;
        }
        connection.send(frames);
        return true;
    }

    /** The connection is gone, and what was for it. */
    void discard() {
        if (batch != null) {
            batch.release();
            batch = null;
        }
    }

    private static int beginFrame(ByteBuf out) {
        int start = out.writerIndex();
        out.writeInt(0);
        return start;
    }

    private static void endFrame(ByteBuf out, int start) {
        out.setInt(start, out.writerIndex() - start - FrameLimit.PREFIX_SIZE);
    }
}
