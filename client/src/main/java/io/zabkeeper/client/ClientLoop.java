package io.zabkeeper.client;

import io.zabkeeper.client.internal.LoopGroup;

/**
 * Threads that any number of clients share. A client without one has a thread of its own.
 *
 * <p>Close it behind its clients; sessions that are still open then are lost to the client at once and end at the
 * server by their timeouts.
 */
public final class ClientLoop implements AutoCloseable {
    private final LoopGroup group;

    private ClientLoop(int threads) {
        group = new LoopGroup(threads);
    }

    /** Daemon threads; each client stays on one of them. */
    public static ClientLoop ofThreads(int threads) {
        return new ClientLoop(threads);
    }

    LoopGroup group() {
        return group;
    }

    /** Returns at once. */
    @Override
    public void close() {
        group.close();
    }
}
