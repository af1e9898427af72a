package io.zabkeeper.server.scale;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.zabkeeper.server.ensemble.Eventually;
import io.zabkeeper.server.loop.Transport;
import io.zabkeeper.server.oracle.Ask;
import io.zabkeeper.server.oracle.Handshake;
import io.zabkeeper.server.oracle.WireClient;
import io.zabkeeper.wire.OpCode;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** So many sessions on one thread; each is kept alive, what comes is counted by what it is and dropped. */
final class Crowd implements AutoCloseable {
    private static final int TIMEOUT_MS = 30_000;
    private static final int PING_MS = 2_000;
    private static final int WAVE = 250;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int EVENT = -1;
    private static final int PING = -2;

    private final EventLoopGroup loop;
    private final List<Channel> channels = new ArrayList<>();
    private final AtomicInteger sessions = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();
    private final AtomicLong events = new AtomicLong();
    private final AtomicLong replies = new AtomicLong();
    private final AtomicLong errors = new AtomicLong();
    private final AtomicLong pongs = new AtomicLong();

    private Crowd(EventLoopGroup loop) {
        this.loop = loop;
    }

    static Crowd open(InetSocketAddress server, int size) {
        Transport transport = new Transport();
        Crowd crowd = new Crowd(transport.group(1, task -> new Thread(task, "crowd")));
        Bootstrap bootstrap = new Bootstrap()
                .group(crowd.loop)
                .channel(transport.socketChannel())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_RCVBUF, 16 * 1024)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(crowd.new Frames());
                    }
                });
        byte[] handshake = WireClient.frame(Handshake.newSession(TIMEOUT_MS).payload());
        while (crowd.channels.size() < size) {
            for (int i = 0; i < WAVE && crowd.channels.size() < size; i++) {
                Channel channel =
                        bootstrap.connect(server).syncUninterruptibly().channel();
                channel.writeAndFlush(Unpooled.wrappedBuffer(handshake));
                crowd.channels.add(channel);
            }
            int expected = crowd.channels.size();
            Eventually.holds(expected + " sessions", PATIENCE, () -> crowd.sessions.get() == expected);
        }
        byte[] ping = WireClient.frame(Ask.of(OpCode.PING).payload(PING));
        crowd.loop.scheduleAtFixedRate(
                () -> crowd.channels.forEach(channel -> channel.writeAndFlush(Unpooled.wrappedBuffer(ping))),
                PING_MS,
                PING_MS,
                TimeUnit.MILLISECONDS);
        return crowd;
    }

    /** Everybody asks for the same and has got an answer when this returns. */
    void askAll(Ask... asks) {
        long expected = replies.get() + (long) channels.size() * asks.length;
        for (int from = 0; from < channels.size(); from += WAVE) {
            for (Channel channel : channels.subList(from, Math.min(channels.size(), from + WAVE))) {
                for (int i = 0; i < asks.length; i++) {
                    channel.write(Unpooled.wrappedBuffer(WireClient.frame(asks[i].payload(i + 1))));
                }
                channel.flush();
            }
        }
        Eventually.holds("answers", PATIENCE, () -> replies.get() == expected);
    }

    void awaitEvents(long count) {
        Eventually.holds(count + " events", PATIENCE, () -> events.get() >= count);
    }

    long events() {
        return events.get();
    }

    /** Everybody has been heard and answered once more. */
    void awaitPongs() {
        long expected = pongs.get() + channels.size();
        Eventually.holds("an answer to each ping", PATIENCE, () -> pongs.get() >= expected);
    }

    long errors() {
        return errors.get();
    }

    int lost() {
        return lost.get();
    }

    @Override
    public void close() {
        channels.forEach(Channel::close);
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private final class Frames extends ByteToMessageDecoder {
        private boolean connected;

        @Override
        protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
            while (in.readableBytes() >= Integer.BYTES) {
                int length = in.getInt(in.readerIndex());
                if (in.readableBytes() < Integer.BYTES + length) {
                    return;
                }
                in.skipBytes(Integer.BYTES);
                count(in.readSlice(length));
            }
        }

        private void count(ByteBuf frame) {
            if (!connected) {
                connected = true;
                sessions.incrementAndGet();
                return;
            }
            switch (frame.readInt()) {
                case EVENT -> events.incrementAndGet();
                case PING -> pongs.incrementAndGet();
                default -> {
                    errors.addAndGet(frame.getInt(Integer.BYTES + Long.BYTES) == 0 ? 0 : 1);
                    replies.incrementAndGet();
                }
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            lost.incrementAndGet();
        }
    }
}
