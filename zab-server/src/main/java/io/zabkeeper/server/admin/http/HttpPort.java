package io.zabkeeper.server.admin.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.zabkeeper.server.loop.Transport;
import java.net.SocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens for HTTP and has pages answer. */
public final class HttpPort {
    private static final Logger LOG = LoggerFactory.getLogger(HttpPort.class);

    /** Operators and scrapers are few; more than that is no operator. */
    static final int MOST_CONNECTIONS = 32;

    static final int MOST_PER_SECOND = 100;

    /** Bytes of the first line, of all headers, and of a body. */
    static final int LINE_BYTES = 4_096;

    static final int HEADER_BYTES = 4_096;
    static final int BODY_BYTES = 8_192;

    private final EventLoopGroup loops;
    private final Transport transport;
    private final int idleMs;
    private final Pages pages;
    private final AtomicInteger connections = new AtomicInteger();
    private @Nullable Channel listener;

    /**
     * Accepts nobody before {@link #start}.
     *
     * @param loops of one thread
     * @param idleMs how long a request may take to come in, and an answer to be taken
     */
    public HttpPort(EventLoopGroup loops, Transport transport, int idleMs, Pages pages) {
        this.loops = loops;
        this.transport = transport;
        this.idleMs = idleMs;
        this.pages = pages;
    }

    /** Begins to accept; the future fails when the port is in use. */
    public ChannelFuture start(SocketAddress address) {
        Rate rate = new Rate(MOST_PER_SECOND, System.nanoTime());
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loops)
                .channel(transport.serverChannel())
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        accept(channel, rate);
                    }
                });
        ChannelFuture bound = bootstrap.bind(address);
        listener = bound.channel();
        return bound;
    }

    private void accept(Channel channel, Rate rate) {
        if (connections.incrementAndGet() > MOST_CONNECTIONS) {
            LOG.warn("too many connections for operators peer={} limit={}", channel.remoteAddress(), MOST_CONNECTIONS);
            connections.decrementAndGet();
            channel.close();
            return;
        }
        channel.closeFuture().addListener(closed -> connections.decrementAndGet());
        install(channel, idleMs, rate, pages);
    }

    /** What a connection is made of. */
    static void install(Channel channel, int idleMs, Rate rate, Pages pages) {
        HttpDecoderConfig limits =
                new HttpDecoderConfig().setMaxInitialLineLength(LINE_BYTES).setMaxHeaderSize(HEADER_BYTES);
        HttpConnection connection = new HttpConnection(channel, idleMs, rate, pages);
        channel.pipeline()
                .addLast(connection.foldedLines())
                .addLast(new HttpServerCodec(limits))
                .addLast(new HttpObjectAggregator(BODY_BYTES, true))
                .addLast(connection);
    }

    public void close() {
        Channel channel = listener;
        if (channel != null) {
            channel.close();
        }
    }
}
