package io.zabkeeper.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.apache.zookeeper.server.NIOServerCnxnFactory;
import org.apache.zookeeper.server.ZooKeeperServer;

/** A standalone Apache ZooKeeper inside the test's process: what it does is right. */
final class ApacheServer implements AutoCloseable {
    /** The grain of session expiry; timeouts are from 2 of it on. */
    private static final int TICK_MS = 200;

    private static final int LONGEST_SESSION_MS = 60_000;

    private final ZooKeeperServer server;
    private final NIOServerCnxnFactory connections;

    private ApacheServer(ZooKeeperServer server, NIOServerCnxnFactory connections) {
        this.server = server;
        this.connections = connections;
    }

    static ApacheServer start(Path directory) throws IOException, InterruptedException {
        System.setProperty("zookeeper.extendedTypesEnabled", "true");
        System.setProperty("zookeeper.4lw.commands.whitelist", "isro");
        ZooKeeperServer server = new ZooKeeperServer(directory.toFile(), directory.toFile(), TICK_MS);
        server.setMaxSessionTimeout(LONGEST_SESSION_MS);
        NIOServerCnxnFactory connections = new NIOServerCnxnFactory();
        connections.configure(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        connections.startup(server);
        return new ApacheServer(server, connections);
    }

    String hosts() {
        return "127.0.0.1:" + connections.getLocalPort();
    }

    @Override
    public void close() {
        connections.shutdown();
        server.shutdown();
    }
}
