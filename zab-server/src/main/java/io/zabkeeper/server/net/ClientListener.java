package io.zabkeeper.server.net;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.zabkeeper.server.config.ServerConfig;
import io.zabkeeper.server.loop.Transport;
import io.zabkeeper.server.loop.Turn;
import io.zabkeeper.server.request.ConnectedClients;
import io.zabkeeper.server.request.RequestRouter;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** Accepts clients. */
public final class ClientListener {
    private final EventLoop replicaLoop;
    private final EventLoopGroup sockets;
    private final Transport transport;
    private final Turn turn;
    private final ConnectedClients clients;
    private final RequestRouter router;
    private final AdminWords words;
    private final ServerConfig.Limits limits;
    private final int handshakeMs;
    private @Nullable Channel listener;

    /**
     * Accepts nobody before {@link #start}.
     *
     * @param sockets where connections live: the replica loop itself, or loops of their own
     * @param handshakeMs a connection that has not said what it wants by then is closed (M6)
     */
    public ClientListener(
            EventLoop replicaLoop,
            EventLoopGroup sockets,
            Transport transport,
            Turn turn,
            ConnectedClients clients,
            RequestRouter router,
            AdminWords words,
            ServerConfig.Limits limits,
            int handshakeMs) {
        this.replicaLoop = replicaLoop;
        this.sockets = sockets;
        this.transport = transport;
        this.turn = turn;
        this.clients = clients;
        this.router = router;
        this.words = words;
        this.limits = limits;
        this.handshakeMs = handshakeMs;
    }

    /**
     * Begins to accept; the future fails when the port is in use.
     *
     * @param backlog connections that may wait to be accepted; -1 leaves it to the system
     * @param keepAlive whether the system probes connections that are silent
     */
    public ChannelFuture start(SocketAddress address, int backlog, boolean keepAlive) {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(replicaLoop, sockets)
                .channel(transport.serverChannel())
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, keepAlive)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(new ClientChannel(
                                        replicaLoop, turn, clients, router, words, limits, handshakeMs, channel));
                    }
                });
        if (backlog > 0) {
            bootstrap.option(ChannelOption.SO_BACKLOG, backlog);
        }
        ChannelFuture bound = bootstrap.bind(address);
        listener = bound.channel();
        return bound;
    }

    public void close() {
        Channel channel = listener;
        if (channel != null) {
            channel.close();
        }
    }
}
