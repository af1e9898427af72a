package io.zabkeeper.server.ensemble;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Stat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Client protocol §4.5, with a look at the candidates five times a second. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReapingTest {
    private static final List<ACL> OPEN = ZooDefs.Ids.OPEN_ACL_UNSAFE;
    private static final Duration SOON = Duration.ofSeconds(30);

    private TestEnsemble ensemble;

    @BeforeAll
    void start() throws IOException {
        ensemble = TestEnsemble.started(3, "znode.container.checkIntervalMs=200");
    }

    @AfterAll
    void stop() {
        ensemble.close();
    }

    /** Gotcha 70. */
    @Test
    void an_emptied_container_goes_everywhere_and_a_new_one_stays() throws Exception {
        BlockingQueue<WatchedEvent> events = new LinkedBlockingQueue<>();
        try (ApacheSession session = ApacheSession.connect(ensemble.member(1).address());
                ApacheSession another = ApacheSession.connect(ensemble.member(2).address())) {
            ZooKeeper client = session.zk();
            ZooKeeper other = another.zk();
            client.create("/used", null, OPEN, CreateMode.CONTAINER);
            client.create("/unused", null, OPEN, CreateMode.CONTAINER);
            other.sync("/", (rc, path, context) -> {}, null);
            // Only of this one: the containers of other tests may go now, too.
            other.addWatch("/used", events::add, AddWatchMode.PERSISTENT_RECURSIVE);
            client.create("/used/child", null, OPEN, CreateMode.PERSISTENT);
            Stat stat = client.exists("/used", false);
            assertThat(stat.getEphemeralOwner()).isZero();

            client.delete("/used/child", -1);

            Eventually.holds("the container goes", SOON, () -> other.exists("/used", false) == null);
            assertThat(take(events).getPath()).isEqualTo("/used/child");
            assertThat(take(events).getType()).isEqualTo(EventType.NodeDeleted);
            WatchedEvent gone = take(events);
            assertThat(gone.getPath()).isEqualTo("/used");
            assertThat(gone.getType()).isEqualTo(EventType.NodeDeleted);
            assertThat(client.exists("/unused", false)).isNotNull();
            client.delete("/unused", -1);
        }
    }

    /** Gotcha 71: a create below a container that goes at the same time succeeds or says that it is gone. */
    @Test
    void a_container_is_never_removed_under_a_child() throws Exception {
        try (ApacheSession session = ApacheSession.connect(ensemble.connectString())) {
            ZooKeeper client = session.zk();
            int lost = 0;
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
            while (System.nanoTime() < end) {
                try {
                    client.create("/busy", null, OPEN, CreateMode.CONTAINER);
                } catch (KeeperException.NodeExistsException present) {
                    // Not gone yet.
                }
                try {
                    client.create("/busy/child", null, OPEN, CreateMode.PERSISTENT);
                } catch (KeeperException.NoNodeException gone) {
                    lost++;
                    continue;
                }
                assertThat(client.exists("/busy/child", false)).isNotNull();
                client.delete("/busy/child", -1);
            }
            System.out.println("creates that came too late for their container: " + lost);
        }
    }

    @Test
    void a_new_leader_goes_on_and_nothing_goes_early() throws Exception {
        try (ApacheSession session = ApacheSession.connect(ensemble.connectString())) {
            ZooKeeper client = session.zk();
            client.create("/container", null, OPEN, CreateMode.CONTAINER);
            client.create("/container/child", null, OPEN, CreateMode.PERSISTENT);
            client.create("/long", null, OPEN, CreateMode.PERSISTENT_WITH_TTL, null, 600_000);
            long born = System.nanoTime();
            client.create("/short", null, OPEN, CreateMode.PERSISTENT_WITH_TTL, null, 3_000);
            client.create("/kept", null, OPEN, CreateMode.PERSISTENT_WITH_TTL, null, 3_000);
            client.create("/kept/child", null, OPEN, CreateMode.PERSISTENT);
            MemberProcess leader = ensemble.leader();

            leader.kill();

            Eventually.holds("the short one goes", SOON, () -> client.exists("/short", false) == null);
            assertThat(System.nanoTime() - born).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(3_000));
            assertThat(client.exists("/kept", false)).isNotNull();
            assertThat(client.exists("/long", false)).isNotNull();
            client.delete("/container/child", -1);
            Eventually.holds("the container goes", SOON, () -> client.exists("/container", false) == null);
            long changed = System.nanoTime();
            client.setData("/kept", "younger".getBytes(UTF_8), -1);
            client.delete("/kept/child", -1);
            Eventually.holds("the other one goes", SOON, () -> client.exists("/kept", false) == null);
            assertThat(System.nanoTime() - changed).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(3_000));
            leader.start();
            ensemble.awaitServing();
        }
    }

    private static WatchedEvent take(BlockingQueue<WatchedEvent> events) throws InterruptedException {
        WatchedEvent event = events.poll(10, TimeUnit.SECONDS);
        assertThat(event).isNotNull();
        return event;
    }
}
