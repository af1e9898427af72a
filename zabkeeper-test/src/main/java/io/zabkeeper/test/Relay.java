package io.zabkeeper.test;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Stands between the clients and one member, where a network would, and can be as slow or as broken as one. Its port stays
 * the same while the member comes and goes.
 *
 * <p>One loop carries all connections of an ensemble. Methods may be called by any thread but the loop's and return when
 * what they ask for is the case.
 */
final class Relay {
    private final EventLoop loop;
    private final InetSocketAddress target;
    private final Channel entrance;

    // Of the loop.
    private final Set<RelayConnection> connections = new LinkedHashSet<>();
    private boolean isRefusing = true;
    private boolean isIsolated;
    private long delayNanos;

    private Relay(EventLoop loop, InetSocketAddress target) {
        this.loop = loop;
        this.target = target;
        ChannelFuture bound = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel client) {
                        accept(client);
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        await(bound, "a relay listens");
        entrance = bound.channel();
    }

    /** Listens, and refuses everybody until it {@linkplain #serve serves}. */
    static Relay open(EventLoop loop, int memberPort) {
        return new Relay(loop, new InetSocketAddress(InetAddress.getLoopbackAddress(), memberPort));
    }

    String address() {
        return "127.0.0.1:" + ((InetSocketAddress) entrance.localAddress()).getPort();
    }

    /** The member is there. */
    void serve() {
        run(() -> isRefusing = false);
    }

    /** The member is gone: all connections break, and each new one at once. */
    void refuse() {
        run(() -> {
            isRefusing = true;
            reset(connection -> true);
        });
    }

    /** Whether connections stay open but nothing passes. */
    void isolate(boolean isolated) {
        run(() -> {
            isIsolated = isolated;
            update();
        });
    }

    /** How much longer everything takes, in either direction; what is under way, too. */
    void delay(long nanos) {
        run(() -> {
            delayNanos = nanos;
            update();
        });
    }

    /** Breaks all connections. */
    void drop() {
        run(() -> reset(connection -> true));
    }

    /** Breaks the connections of a session, and tells how many there were. */
    int drop(long sessionId) {
        return call(() -> reset(connection -> connection.sessionId() == sessionId));
    }

    /** Ends for good. */
    void close() {
        refuse();
        await(entrance.close(), "a relay has closed its port");
    }

    /** On the loop only. */
    boolean isIsolated() {
        return isIsolated;
    }

    /** On the loop only. */
    long delayNanos() {
        return delayNanos;
    }

    private void accept(Channel client) {
        RelayConnection connection = new RelayConnection(this, client, connections::remove);
        if (isRefusing) {
            connection.reset();
            return;
        }
        connections.add(connection);
        if (!isIsolated) {
            connection.connect(target);
        }
    }

    private void update() {
        for (RelayConnection connection : List.copyOf(connections)) {
            if (!isIsolated) {
                connection.connect(target);
            }
            connection.update();
        }
    }

    private int reset(Predicate<RelayConnection> wanted) {
        List<RelayConnection> found = connections.stream().filter(wanted).toList();
        found.forEach(RelayConnection::reset);
        return found.size();
    }

    private void run(Runnable task) {
        await(loop.submit(task), "a relay has done what it was told");
    }

    private <T extends @Nullable Object> T call(Callable<T> task) {
        Future<T> done = loop.submit(task);
        await(done, "a relay has done what it was told");
        return done.getNow();
    }

    private static void await(Future<?> done, String what) {
        if (!done.awaitUninterruptibly(Await.LIMIT.toMillis())) {
            throw new TestEnsembleException("waited " + Await.LIMIT.toMillis() + " ms until " + what);
        }
        if (!done.isSuccess()) {
            throw new TestEnsembleException("failed before " + what + ": " + done.cause(), done.cause());
        }
    }
}
