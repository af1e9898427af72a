package io.zabkeeper.test.example;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zabkeeper.test.TestEnsemble;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.Test;

class ApacheProgramTest {
    @Test
    void the_program_learns_that_its_session_has_expired() throws Exception {
        CountDownLatch connected = new CountDownLatch(1);
        CountDownLatch expired = new CountDownLatch(1);
        try (TestEnsemble ensemble = TestEnsemble.start(1)) {
            ZooKeeper program = new ZooKeeper(ensemble.connectString(), 10_000, event -> {
                if (event.getState() == KeeperState.SyncConnected) {
                    connected.countDown();
                } else if (event.getState() == KeeperState.Expired) {
                    expired.countDown();
                }
            });
            assertTrue(connected.await(10, TimeUnit.SECONDS));

            ensemble.expireSession(program.getSessionId(), program.getSessionPasswd());

            assertTrue(expired.await(10, TimeUnit.SECONDS));
        }
    }
}
