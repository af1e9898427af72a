package io.zabkeeper.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.apache.zookeeper.server.ServerCnxnFactory;
import org.apache.zookeeper.server.ZooKeeperServer;

/** A standalone server of Apache ZooKeeper in this process: the reference that the commands run against. */
final class ApacheZooKeeper implements AutoCloseable {
    private static final int TICK_MS = 500;

    private final ZooKeeperServer server;
    private final ServerCnxnFactory connections;

    private ApacheZooKeeper(ZooKeeperServer server, ServerCnxnFactory connections) {
        this.server = server;
        this.connections = connections;
    }

    static ApacheZooKeeper start(Path dataDir) throws IOException, InterruptedException {
        ZooKeeperServer server = new ZooKeeperServer(dataDir.toFile(), dataDir.toFile(), TICK_MS);
        ServerCnxnFactory connections =
                ServerCnxnFactory.createFactory(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        connections.startup(server);
        return new ApacheZooKeeper(server, connections);
    }

    String connectString() {
        return "127.0.0.1:" + connections.getLocalPort();
    }

    /** Ends one session as if it had been silent for too long. */
    void expire(long session) {
        server.closeSession(session);
    }

    /** Ends a session as if it had been silent for too long. */
    void expireAll() {
        server.getSessionTracker().globalSessions().forEach(server::closeSession);
    }

    @Override
    public void close() {
        connections.shutdown();
        server.shutdown();
    }
}
