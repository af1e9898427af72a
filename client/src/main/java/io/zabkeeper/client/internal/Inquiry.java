package io.zabkeeper.client.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks one server with the four-letter word {@code isro}, on a channel of its own, whether it has a quorum. Tells so exactly
 * once; whatever is no clear yes is a no. Belongs to the loop.
 */
final class Inquiry extends SimpleChannelInboundHandler<ByteBuf> implements Dialer.Call {
    private static final String WORD = "isro";
    private static final String YES = "rw";

    private final HostAddress address;
    private final Consumer<Boolean> answer;
    private final StringBuilder said = new StringBuilder();
    private @Nullable Channel channel;
    private boolean isOver;

    Inquiry(HostAddress address, Consumer<Boolean> answer) {
        this.address = address;
        this.answer = answer;
    }

    @Override
    public HostAddress address() {
        return address;
    }

    @Override
    public boolean isOver() {
        return isOver;
    }

    @Override
    public void prepare(ChannelPipeline pipeline) {
        channel = pipeline.channel();
        pipeline.addLast(this);
    }

    @Override
    public void failed(String reason) {
        end();
    }

    /** There will be no answer, or nobody waits for it. */
    void end() {
        finish(false);
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        context.writeAndFlush(Unpooled.copiedBuffer(WORD, StandardCharsets.US_ASCII))
                .addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf bytes) {
        said.append(bytes.toString(StandardCharsets.US_ASCII));
        if (said.length() >= YES.length()) {
            finish(said.indexOf(YES) == 0);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        end();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        end();
    }

    private void finish(boolean isReadWrite) {
        if (isOver) {
            return;
        }
        isOver = true;
        if (channel != null) {
            ChannelFuture unused = channel.close();
        }
        answer.accept(isReadWrite);
    }
}
