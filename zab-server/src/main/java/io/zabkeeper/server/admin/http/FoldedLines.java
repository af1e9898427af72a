package io.zabkeeper.server.admin.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Refuses a request with many lines that begin with a blank. In front of a body such a line goes on with the header above it
 * (RFC 9112, 5.2), and to put many together costs the square of their length.
 *
 * <p>Lines of a body count as well: where it begins is known behind this, and no command wants one. For one connection, on its
 * loop.
 */
final class FoldedLines extends ChannelInboundHandlerAdapter {
    /** Of one request; more than any client of our time folds. */
    static final int MOST = 16;

    private final Runnable refuse;
    private int count;
    private boolean isLineBegun = true;
    private boolean isRefused;

    /** @param refuse answers, and ends the connection */
    FoldedLines(Runnable refuse) {
        this.refuse = refuse;
    }

    /** What comes from now on belongs to another request. */
    void begin() {
        count = 0;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!isRefused && message instanceof ByteBuf bytes && count(bytes) > MOST) {
            isRefused = true;
            refuse.run();
        }
        if (isRefused && message instanceof ByteBuf bytes) {
            bytes.release();
        } else {
            ctx.fireChannelRead(message);
        }
    }

    private int count(ByteBuf bytes) {
        for (int i = bytes.readerIndex(); i < bytes.writerIndex(); i++) {
            byte b = bytes.getByte(i);
            if (!isLineBegun && (b == ' ' || b == '\t')) {
                count++;
            }
            isLineBegun = b != '\n';
        }
        return count;
    }
}
