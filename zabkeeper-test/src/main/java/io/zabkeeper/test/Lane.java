package io.zabkeeper.test;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a connection: nothing is lost, nothing overtakes, and everything takes as long as the relay says at the
 * time. The handler of the channel that is read from; belongs to the relay's loop.
 */
final class Lane extends ChannelInboundHandlerAdapter {
    private final Relay relay;
    private final Consumer<ByteBuf> observer;
    private final ArrayDeque<Parcel> waiting = new ArrayDeque<>();
    private @Nullable Channel source;
    private @Nullable Channel target;
    private @Nullable ScheduledFuture<?> timer;

    /** @param bytes null for the end of the stream */
    private record Parcel(@Nullable ByteBuf bytes, long arrivedNanos) {}

    /** @param observer sees all bytes as they arrive, and leaves them as they are */
    Lane(Relay relay, Consumer<ByteBuf> observer) {
        this.relay = relay;
        this.observer = observer;
    }

    /** Begins: until now nothing was read. */
    void join(Channel from, Channel to) {
        source = from;
        target = to;
        update();
    }

    /** Looks at what the relay says now. */
    void update() {
        Channel from = source;
        Channel to = target;
        if (from == null || to == null) {
            return;
        }
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
        from.config().setAutoRead(to.isWritable() && !relay.isIsolated());
        for (Parcel parcel = waiting.peek(); parcel != null && !relay.isIsolated(); parcel = waiting.peek()) {
            long remaining = parcel.arrivedNanos() + relay.delayNanos() - System.nanoTime();
            if (remaining > 0) {
                timer = from.eventLoop().schedule(this::update, remaining, TimeUnit.NANOSECONDS);
                return;
            }
            waiting.remove();
            deliver(parcel.bytes(), to);
        }
    }

    private static void deliver(@Nullable ByteBuf bytes, Channel to) {
        if (bytes != null) {
            to.writeAndFlush(bytes);
        } else {
            to.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }

    /** Forgets what has not arrived yet. */
    void discard() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
        for (Parcel parcel = waiting.poll(); parcel != null; parcel = waiting.poll()) {
            ByteBuf bytes = parcel.bytes();
            if (bytes != null) {
                bytes.release();
            }
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        observer.accept(bytes);
        waiting.add(new Parcel(bytes, System.nanoTime()));
        update();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        waiting.add(new Parcel(null, System.nanoTime()));
        update();
    }

    /** The other lane writes into the channel that this one reads from. */
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (target != null) {
            target.config().setAutoRead(context.channel().isWritable() && !relay.isIsolated());
        }
    }

    /** A connection that the other side has broken is at its end, nothing more. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
