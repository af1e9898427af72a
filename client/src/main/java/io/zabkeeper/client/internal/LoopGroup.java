package io.zabkeeper.client.internal;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads of any number of sessions; each session stays on one of them. Names are resolved beside them. */
public final class LoopGroup implements AutoCloseable {
    private static final int RESOLVER_THREADS = 2;
    private static final int RESOLVER_IDLE_SECONDS = 5;

    private final EventLoopGroup group;
    private final ThreadPoolExecutor resolver;
    private final Set<SessionLoop> sessions = ConcurrentHashMap.newKeySet();

    public LoopGroup(int threads) {
        group = new MultiThreadIoEventLoopGroup(
                threads, new DefaultThreadFactory("zab-client", true), NioIoHandler.newFactory());
        resolver = new ThreadPoolExecutor(
                RESOLVER_THREADS,
                RESOLVER_THREADS,
                RESOLVER_IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                new DefaultThreadFactory("zab-client-resolver", true));
        resolver.allowCoreThreadTimeOut(true);
    }

    void add(SessionLoop session) {
        sessions.add(session);
    }

    void remove(SessionLoop session) {
        sessions.remove(session);
    }

    EventLoop next() {
        return group.next();
    }

    ExecutorService resolver() {
        return resolver;
    }

    /** Ends the sessions that are left and then the threads, soon; does not wait for them. */
    @Override
    public void close() {
        sessions.forEach(session -> session.abandon("the client's threads have ended"));
        resolver.shutdownNow();
        Future<?> unused = group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
