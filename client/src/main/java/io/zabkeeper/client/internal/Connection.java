package io.zabkeeper.client.internal;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.zabkeeper.wire.codec.FrameLimit;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to reach a server and, if it succeeds, the connection.
 *
 * <p>Tells its receiver of the end exactly once, and of nothing afterwards.
 */
final class Connection extends SimpleChannelInboundHandler<ByteBuf> implements Dialer.Call {
    /** Replies are as large as the server makes them; this only stops nonsense. */
    private static final int LARGEST_REPLY = 256 * 1024 * 1024;

    private final HostAddress address;
    private final Receiver receiver;
    private @Nullable Channel channel;
    private boolean isClosed;

    Connection(HostAddress address, Receiver receiver) {
        this.address = address;
        this.receiver = receiver;
    }

    @Override
    public HostAddress address() {
        return address;
    }

    @Override
    public boolean isOver() {
        return isClosed;
    }

    @Override
    public void prepare(ChannelPipeline pipeline) {
        pipeline.addLast(
                new LengthFieldBasedFrameDecoder(LARGEST_REPLY, 0, FrameLimit.PREFIX_SIZE, 0, FrameLimit.PREFIX_SIZE),
                this);
    }

    @Override
    public void failed(String reason) {
        close(reason);
    }

    ByteBuf allocate() {
        return open().alloc().buffer();
    }

    /** Takes the buffer over. A failure closes the channel, which arrives as its end, later. */
    void send(ByteBuf frames) {
        open().writeAndFlush(frames).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }

    void close(String reason) {
        if (!isClosed) {
            isClosed = true;
            closeChannel();
            receiver.onClosed(this, address + ": " + reason);
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        channel = context.channel();
        if (isClosed) {
            closeChannel();
        } else {
            receiver.onOpened(this);
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf frame) {
        if (!isClosed) {
            receiver.onFrame(this, frame);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        close("the server closed the connection");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        close(cause.toString());
    }

    private void closeChannel() {
        if (channel != null) {
            ChannelFuture unused = channel.close();
        }
    }

    private Channel open() {
        if (channel == null) {
            throw new IllegalStateException("not connected yet to " + address);
        }
        return channel;
    }

    /** The session. */
    interface Receiver {
        void onOpened(Connection connection);

        void onFrame(Connection connection, ByteBuf frame);

        void onClosed(Connection connection, String reason);
    }
}
