package io.zabkeeper.client.internal;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.ssl.SslContext;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.ScheduledFuture;
import io.zabkeeper.wire.codec.FrameLimit;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Looks for a server that answers: one host after another, at once within a round, with growing and jittered pauses
 * between rounds, for as long as it is told to.
 *
 * <p>An attempt ends well with {@link #attached}, otherwise its connection is closed by whoever notices, also by the
 * time limit that covers name resolution, TCP and the handshake.
 */
final class Connector {
    /** Replies are as large as the server makes them; this only stops nonsense. */
    private static final int LARGEST_REPLY = 256 * 1024 * 1024;

    /** Before the first attempt after a loss: clients of a failed server do not all arrive at once. */
    private static final int SPREAD_MS = 100;

    private static final int FIRST_PAUSE_MS = 100;
    private static final int LONGEST_PAUSE_MS = 2000;

    private static final int SHORTEST_ATTEMPT_MS = 2000;
    private static final int LONGEST_ATTEMPT_MS = 10_000;

    private final EventLoop loop;
    private final ExecutorService resolver;
    private final HostList hosts;
    private final @Nullable SslContext tls;
    private final RandomGenerator random;
    private final int attemptTimeoutMs;
    private final Connection.Receiver receiver;

    /** Since a session was attached last, or since the start. */
    private int attempts;

    private boolean hasEverAttached;
    private boolean isStopped;
    private @Nullable ScheduledFuture<?> pause;
    private @Nullable ScheduledFuture<?> attemptLimit;
    private @Nullable Connection attempt;

    Connector(
            EventLoop loop,
            ExecutorService resolver,
            HostList hosts,
            SessionSettings settings,
            RandomGenerator random,
            Connection.Receiver receiver) {
        this.loop = loop;
        this.resolver = resolver;
        this.hosts = hosts;
        this.random = random;
        this.attemptTimeoutMs =
                Math.min(LONGEST_ATTEMPT_MS, Math.max(SHORTEST_ATTEMPT_MS, settings.sessionTimeoutMs() / hosts.size()));
        this.tls = settings.tls();
        this.receiver = receiver;
    }

    /** Makes the next attempt, now or after a pause. */
    void seek() {
        endAttempt();
        if (!isStopped) {
            pause = loop.schedule(this::attempt, pauseMs(), TimeUnit.MILLISECONDS);
        }
    }

    /** The attempt has led to a session. */
    void attached() {
        endAttempt();
        attempts = 0;
        hasEverAttached = true;
    }

    void stop() {
        isStopped = true;
        Connection unfinished = attempt;
        endAttempt();
        if (unfinished != null) {
            unfinished.close("the session has ended");
        }
        if (pause != null) {
            pause.cancel(false);
        }
    }

    private int pauseMs() {
        if (attempts == 0) {
            return hasEverAttached ? random.nextInt(SPREAD_MS) : 0;
        }
        if (attempts % hosts.size() != 0) {
            return 0;
        }
        int round = Math.min(attempts / hosts.size() - 1, 8);
        int longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS << round);
        return longest / 2 + random.nextInt(longest / 2);
    }

    private void attempt() {
        attempts++;
        Connection connection = new Connection(hosts.next(), receiver);
        attempt = connection;
        attemptLimit = loop.schedule(
                () -> connection.close("no session within " + attemptTimeoutMs + " ms"),
                attemptTimeoutMs,
                TimeUnit.MILLISECONDS);
        byte[] literal =
                NetUtil.createByteArrayFromIpAddressString(connection.address().host());
        if (literal != null) {
            openTo(connection, literal);
            return;
        }
        try {
            resolver.execute(() -> resolve(connection));
        } catch (RejectedExecutionException e) {
            connection.close("the client's threads have ended");
        }
    }

    /** Blocks, hence off the loop. */
    private void resolve(Connection connection) {
        byte[] address;
        try {
            InetAddress[] found = InetAddress.getAllByName(connection.address().host());
            address = found[Math.floorMod(System.identityHashCode(connection), found.length)].getAddress();
        } catch (UnknownHostException e) {
            loop.execute(() -> connection.close("unknown host"));
            return;
        }
        loop.execute(() -> openTo(connection, address));
    }

    private void openTo(Connection connection, byte[] address) {
        if (connection.isClosed()) {
            return;
        }
        try {
            open(connection, InetAddress.getByAddress(connection.address().host(), address));
        } catch (UnknownHostException e) {
            connection.close(e.toString());
        }
    }

    private void open(Connection connection, InetAddress address) {
        ChannelFuture opening = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .disableResolver()
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, attemptTimeoutMs)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        encrypt(channel, connection.address());
                        channel.pipeline()
                                .addLast(new LengthFieldBasedFrameDecoder(
                                        LARGEST_REPLY, 0, FrameLimit.PREFIX_SIZE, 0, FrameLimit.PREFIX_SIZE))
                                .addLast(connection);
                    }
                })
                .connect(new InetSocketAddress(address, connection.address().port()));
        opening.addListener(done -> {
            Throwable cause = done.cause();
            if (cause != null) {
                connection.close(cause.getMessage() == null ? cause.toString() : cause.getMessage());
            }
        });
    }

    /** The name that the server must prove is the one in the connect string, not the address that it led to. */
    private void encrypt(Channel channel, HostAddress server) {
        if (tls != null) {
            channel.pipeline().addLast(tls.newHandler(channel.alloc(), server.host(), server.port()));
        }
    }

    private void endAttempt() {
        attempt = null;
        if (attemptLimit != null) {
            attemptLimit.cancel(false);
            attemptLimit = null;
        }
    }
}
