package io.zabkeeper.server.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zabkeeper.server.ensemble.ApacheSession;
import io.zabkeeper.server.ensemble.Eventually;
import io.zabkeeper.server.ensemble.MemberProcess;
import io.zabkeeper.server.ensemble.TestEnsemble;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.OpResult;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.apache.zookeeper.Watcher.WatcherType;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.ClientInfo;
import org.apache.zookeeper.data.Id;
import org.apache.zookeeper.data.Stat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Apache ZooKeeper's own Java client. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApacheClientTest {
    private static final List<ACL> OPEN = ZooDefs.Ids.OPEN_ACL_UNSAFE;

    private TestEnsemble ensemble;

    @BeforeAll
    void start() throws IOException {
        ensemble = TestEnsemble.started(3);
    }

    @AfterAll
    void stop() {
        ensemble.close();
    }

    @Test
    void a_write_through_one_member_is_read_through_another() throws Exception {
        try (ApacheSession first = ApacheSession.connect(ensemble.member(1).address());
                ApacheSession second = ApacheSession.connect(ensemble.member(2).address())) {
            ZooKeeper one = first.zk();
            ZooKeeper two = second.zk();
            assertThat(one.create("/seen", "hello".getBytes(UTF_8), OPEN, CreateMode.PERSISTENT))
                    .isEqualTo("/seen");
            two.sync("/", (rc, path, context) -> {}, null);
            Stat stat = new Stat();

            assertThat(two.getData("/seen", false, stat)).isEqualTo("hello".getBytes(UTF_8));

            assertThat(stat.getVersion()).isZero();
            assertThat(stat.getCzxid()).isEqualTo(stat.getMzxid()).isEqualTo(stat.getPzxid());
            assertThat(stat.getDataLength()).isEqualTo(5);
        }
    }

    @Test
    void operations_answer_as_documented() throws Exception {
        try (ApacheSession session = ApacheSession.connect(ensemble.connectString())) {
            ZooKeeper client = session.zk();
            client.create("/ops", new byte[0], OPEN, CreateMode.PERSISTENT);
            assertThat(client.create("/ops/s-", null, OPEN, CreateMode.PERSISTENT_SEQUENTIAL))
                    .isEqualTo("/ops/s-0000000000");
            assertThat(client.create("/ops/s-", null, OPEN, CreateMode.EPHEMERAL_SEQUENTIAL))
                    .isEqualTo("/ops/s-0000000001");
            assertThat(client.getChildren("/ops", false)).containsExactlyInAnyOrder("s-0000000000", "s-0000000001");
            assertThat(client.setData("/ops", "x".getBytes(UTF_8), 0).getVersion())
                    .isEqualTo(1);
            assertThatThrownBy(() -> client.setData("/ops", null, 0))
                    .isInstanceOf(KeeperException.BadVersionException.class);
            assertThatThrownBy(() -> client.delete("/ops", -1)).isInstanceOf(KeeperException.NotEmptyException.class);
            assertThatThrownBy(() -> client.getData("/none", false, null))
                    .isInstanceOf(KeeperException.NoNodeException.class);
            assertThat(client.exists("/none", false)).isNull();
            List<OpResult> done = client.multi(
                    List.of(Op.create("/ops/m", null, OPEN, CreateMode.PERSISTENT), Op.setData("/ops/m", null, 0)));
            assertThat(done).hasSize(2);
            assertThatThrownBy(() -> client.multi(
                            List.of(Op.create("/ops/n", null, OPEN, CreateMode.PERSISTENT), Op.check("/ops/m", 7))))
                    .isInstanceOf(KeeperException.BadVersionException.class);
            assertThat(client.exists("/ops/n", false)).isNull();
        }
    }

    @Test
    void several_reads_are_one_request() throws Exception {
        try (ApacheSession session = ApacheSession.connect(ensemble.connectString())) {
            ZooKeeper client = session.zk();
            client.create("/reads", "x".getBytes(UTF_8), OPEN, CreateMode.PERSISTENT);
            client.create("/reads/child", null, OPEN, CreateMode.EPHEMERAL);

            List<OpResult> results =
                    client.multi(List.of(Op.getChildren("/reads"), Op.getData("/none"), Op.getData("/reads")));

            assertThat(((OpResult.GetChildrenResult) results.get(0)).getChildren())
                    .containsExactly("child");
            assertThat(((OpResult.ErrorResult) results.get(1)).getErr())
                    .isEqualTo(KeeperException.Code.NONODE.intValue());
            assertThat(((OpResult.GetDataResult) results.get(2)).getData()).isEqualTo("x".getBytes(UTF_8));
            assertThat(client.getAllChildrenNumber("/reads")).isEqualTo(1);
            assertThat(client.getEphemerals()).containsExactly("/reads/child");
            assertThat(client.getEphemerals("/reads/other")).isEmpty();
            client.addAuthInfo("digest", "bob:pw".getBytes(UTF_8));
            assertThat(client.whoAmI())
                    .containsExactlyInAnyOrder(new ClientInfo("ip", "127.0.0.1"), new ClientInfo("digest", "bob"));
        }
    }

    @Test
    void watches_stay_until_they_are_removed() throws Exception {
        BlockingQueue<WatchedEvent> events = new LinkedBlockingQueue<>();
        try (ApacheSession session = ApacheSession.connect(ensemble.connectString())) {
            ZooKeeper client = session.zk();
            client.addWatch("/below", events::add, AddWatchMode.PERSISTENT_RECURSIVE);
            client.create("/below", null, OPEN, CreateMode.PERSISTENT);
            client.create("/below/child", null, OPEN, CreateMode.PERSISTENT);
            client.setData("/below/child", null, -1);
            assertThat(List.of(
                            events.take().getPath(),
                            events.take().getPath(),
                            events.take().getPath()))
                    .containsExactly("/below", "/below/child", "/below/child");
            assertThatThrownBy(() -> client.removeAllWatches("/below/child", WatcherType.Any, false))
                    .isInstanceOf(KeeperException.NoWatcherException.class);

            client.removeAllWatches("/below", WatcherType.PersistentRecursive, false);
            client.delete("/below/child", -1);

            assertThat(events.take().getType()).isEqualTo(EventType.PersistentWatchRemoved);
            client.exists("/", false);
            assertThat(events).isEmpty();
        }
    }

    @Test
    void digest_access_is_enforced() throws Exception {
        try (ApacheSession owning = ApacheSession.connect(ensemble.connectString());
                ApacheSession strange = ApacheSession.connect(ensemble.connectString())) {
            ZooKeeper owner = owning.zk();
            ZooKeeper stranger = strange.zk();
            owner.addAuthInfo("digest", "bob:pw".getBytes(UTF_8));
            owner.create("/secret", null, ZooDefs.Ids.CREATOR_ALL_ACL, CreateMode.PERSISTENT);

            stranger.sync("/", (rc, path, context) -> {}, null);
            assertThatThrownBy(() -> stranger.getData("/secret", false, null))
                    .isInstanceOf(KeeperException.NoAuthException.class);
            assertThat(owner.getACL("/secret", null))
                    .containsExactly(new ACL(ZooDefs.Perms.ALL, new Id("digest", "bob:ikIaKsbtGweaHnb/jKn7OHqbunM=")));
        }
    }

    @Test
    void session_watches_and_ephemerals_survive_the_leader() throws Exception {
        BlockingQueue<WatchedEvent> events = new LinkedBlockingQueue<>();
        try (ApacheSession session = ApacheSession.connect(ensemble.connectString());
                ApacheSession another = ApacheSession.connect(ensemble.connectString())) {
            ZooKeeper client = session.zk();
            ZooKeeper other = another.zk();
            client.create("/survives", null, OPEN, CreateMode.PERSISTENT);
            client.create("/survives/e", null, OPEN, CreateMode.EPHEMERAL);
            client.getData("/survives", events::add, null);
            long id = client.getSessionId();
            MemberProcess leader = ensemble.leader();

            leader.kill();

            Eventually.holds("a write through the new leader", Duration.ofSeconds(30), () -> {
                other.setData("/survives", "new".getBytes(UTF_8), -1);
                return true;
            });
            Eventually.holds("the watch fires", Duration.ofSeconds(20), () -> {
                WatchedEvent event = events.poll(1, TimeUnit.SECONDS);
                return event != null && event.getType() == EventType.NodeDataChanged;
            });
            assertThat(client.getSessionId()).isEqualTo(id);
            assertThat(client.exists("/survives/e", false)).isNotNull();
            leader.start();
            ensemble.awaitServing();
        }
    }
}
