package io.zabkeeper.client.internal;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** Opens channels to servers: from a name to an address, TCP, and TLS where that is spoken. Belongs to the loop. */
final class Dialer {
    private final EventLoop loop;
    private final ExecutorService resolver;
    private final @Nullable SslContext tls;

    Dialer(EventLoop loop, ExecutorService resolver, @Nullable SslContext tls) {
        this.loop = loop;
        this.resolver = resolver;
        this.tls = tls;
    }

    /** @param timeoutMs for TCP; whoever calls looks to the rest */
    void dial(Call call, int timeoutMs) {
        byte[] literal =
                NetUtil.createByteArrayFromIpAddressString(call.address().host());
        if (literal != null) {
            openTo(call, literal, timeoutMs);
            return;
        }
        try {
            resolver.execute(() -> resolve(call, timeoutMs));
        } catch (RejectedExecutionException e) {
            call.failed("the client's threads have ended");
        }
    }

    /** Blocks, hence off the loop. */
    private void resolve(Call call, int timeoutMs) {
        byte[] address;
        try {
            InetAddress[] found = InetAddress.getAllByName(call.address().host());
            address = found[Math.floorMod(System.identityHashCode(call), found.length)].getAddress();
        } catch (UnknownHostException e) {
            loop.execute(() -> call.failed("unknown host"));
            return;
        }
        loop.execute(() -> openTo(call, address, timeoutMs));
    }

    private void openTo(Call call, byte[] address, int timeoutMs) {
        if (call.isOver()) {
            return;
        }
        try {
            open(call, InetAddress.getByAddress(call.address().host(), address), timeoutMs);
        } catch (UnknownHostException e) {
            call.failed(e.toString());
        }
    }

    private void open(Call call, InetAddress address, int timeoutMs) {
        ChannelFuture opening = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .disableResolver()
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, timeoutMs)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        encrypt(channel, call.address());
                        call.prepare(channel.pipeline());
                    }
                })
                .connect(new InetSocketAddress(address, call.address().port()));
        opening.addListener(done -> {
            Throwable cause = done.cause();
            if (cause != null) {
                call.failed(cause.getMessage() == null ? cause.toString() : cause.getMessage());
            }
        });
    }

    /** The name that the server must prove is the one in the connect string, not the address that it led to. */
    private void encrypt(Channel channel, HostAddress server) {
        if (tls != null) {
            channel.pipeline().addLast(tls.newHandler(channel.alloc(), server.host(), server.port()));
        }
    }

    /** One channel that somebody wants. */
    interface Call {
        HostAddress address();

        /** Whether nobody wants it any more. */
        boolean isOver();

        /** Adds what handles the channel, which is told of everything from then on. */
        void prepare(ChannelPipeline pipeline);

        /** There is no channel, or it could not be opened. */
        void failed(String reason);
    }
}
