package io.zabkeeper.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The ends of one connection through a relay. */
final class RelayConnectionTest {
    private static final int NOBODY_LISTENS = 1;

    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final EventLoop loop = loops.next();
    private final Relay relay = Relay.open(loop, NOBODY_LISTENS);

    @AfterEach
    void end() {
        relay.close();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test
    void a_connection_whose_client_has_gone_can_be_broken() {
        SocketChannel client = new NioSocketChannel();
        loop.register(client).syncUninterruptibly();
        RelayConnection connection = new RelayConnection(relay, client, over -> {});
        client.close().syncUninterruptibly();

        assertThat(loop.submit(connection::reset).awaitUninterruptibly().cause())
                .isNull();
    }
}
