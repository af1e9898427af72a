package io.zabkeeper.test;

import io.zabkeeper.server.ZabServer;
import io.zabkeeper.server.config.ServerConfig;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One member of a {@link TestEnsemble}: a handle that stays the same when the member is killed and starts again. */
public final class EnsembleMember {
    private final int id;
    private final ServerConfig config;
    private final Relay relay;
    private volatile @Nullable ZabServer server;

    EnsembleMember(int id, ServerConfig config, Relay relay) {
        this.id = id;
        this.config = config;
        this.relay = relay;
    }

    /** Its number, from 1. */
    public int id() {
        return id;
    }

    /** {@code host:port}; a client that is given nothing else talks to this member alone. */
    public String connectString() {
        return relay.address();
    }

    /** Whether it has been started and not been killed since. */
    public boolean isRunning() {
        return server != null;
    }

    @Override
    public String toString() {
        return "member " + id;
    }

    /** Past the relay. */
    String directConnectString() {
        return "127.0.0.1:" + config.listeners().client().port();
    }

    Relay relay() {
        return relay;
    }

    MemberMode mode() {
        return isRunning() ? MemberMode.ask(config.listeners().client().port()) : MemberMode.DOWN;
    }

    /** Returns when it listens; it looks for its ensemble then. */
    synchronized void start() {
        if (server != null) {
            return;
        }
        try {
            server = ZabServer.start(config, System::currentTimeMillis, System::nanoTime);
        } catch (IOException failure) {
            throw new TestEnsembleException(this + " cannot start: " + failure.getMessage(), failure);
        }
        relay.serve();
    }

    /** As abruptly as can be within a process: its clients' connections break before it knows that it ends. */
    synchronized void kill() {
        relay.refuse();
        ZabServer running = server;
        if (running != null) {
            running.stop();
            server = null;
        }
    }
}
