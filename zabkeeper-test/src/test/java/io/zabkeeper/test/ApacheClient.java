package io.zabkeeper.test;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooKeeper;

/** Apache's client, connected, with the states that it went through. */
final class ApacheClient implements AutoCloseable {
    private static final int SESSION_MS = 10_000;

    private final List<KeeperState> states = new CopyOnWriteArrayList<>();
    private final ZooKeeper zookeeper;

    ApacheClient(String connectString) throws IOException {
        zookeeper = new ZooKeeper(connectString, SESSION_MS, event -> states.add(event.getState()));
        awaitState(KeeperState.SyncConnected, 1);
    }

    ZooKeeper zookeeper() {
        return zookeeper;
    }

    /** Waits until it has been told so often. */
    void awaitState(KeeperState state, int times) {
        Await.until(
                "Apache's client has been told " + times + " times that it is " + state,
                () -> states.stream().filter(state::equals).count() >= times,
                states::toString);
    }

    @Override
    public void close() {
        try {
            zookeeper.close();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
