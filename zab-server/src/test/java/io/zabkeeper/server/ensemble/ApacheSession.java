package io.zabkeeper.server.ensemble;

import java.io.IOException;
import java.time.Duration;
import org.apache.zookeeper.ZooKeeper;

/** A connected session of Apache's own client, for a block that closes it. */
public record ApacheSession(ZooKeeper zk) implements AutoCloseable {
    private static final int TIMEOUT_MS = 10_000;

    public static ApacheSession connect(String hosts) throws IOException {
        ZooKeeper client = new ZooKeeper(hosts, TIMEOUT_MS, event -> {});
        Eventually.holds(
                "connected", Duration.ofSeconds(30), () -> client.getState().isConnected());
        return new ApacheSession(client);
    }

    @Override
    public void close() {
        try {
            zk.close(2_000);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
