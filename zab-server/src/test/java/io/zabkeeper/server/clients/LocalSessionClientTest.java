package io.zabkeeper.server.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zabkeeper.server.ensemble.ApacheSession;
import io.zabkeeper.server.ensemble.Eventually;
import io.zabkeeper.server.ensemble.TestEnsemble;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.ZooKeeper.States;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Stat;
import org.junit.jupiter.api.Test;

/** Local sessions as Apache's client has them (client protocol §6). */
class LocalSessionClientTest {
    private static final List<ACL> OPEN = ZooDefs.Ids.OPEN_ACL_UNSAFE;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int TIMEOUT_MS = 10_000;

    @Test
    void a_session_is_local_until_it_wants_an_ephemeral_and_then_everybodys() throws Exception {
        try (TestEnsemble ensemble =
                        TestEnsemble.started(3, "localSessionsEnabled=true", "localSessionsUpgradingEnabled=true");
                ApacheSession witness = ApacheSession.connect(ensemble.member(3).address());
                ApacheSession local = ApacheSession.connect(ensemble.member(1).address());
                ApacheSession upgraded =
                        ApacheSession.connect(ensemble.member(1).address())) {
            local.zk().create("/p", null, OPEN, CreateMode.PERSISTENT);
            upgraded.zk().create("/q", null, OPEN, CreateMode.PERSISTENT);
            upgraded.zk().create("/q/e-", null, OPEN, CreateMode.EPHEMERAL_SEQUENTIAL);
            Stat stat = upgraded.zk().exists("/q/e-0000000000", false);

            assertThat(stat.getEphemeralOwner()).isEqualTo(upgraded.zk().getSessionId());
            Eventually.holds("seen elsewhere", PATIENCE, () -> witness.zk().exists("/q/e-0000000000", false) != null);
            assertThat(moved(ensemble, local)).isEqualTo(States.CLOSED);
            assertThat(moved(ensemble, upgraded)).isEqualTo(States.CONNECTED);
            Eventually.holds(
                    "gone with its session", PATIENCE, () -> witness.zk().exists("/q/e-0000000000", false) == null);
        }
    }

    @Test
    void an_ephemeral_is_refused_and_the_session_goes_on_where_it_stays_local() throws Exception {
        try (TestEnsemble ensemble = TestEnsemble.started(1, "localSessionsEnabled=true");
                ApacheSession session = ApacheSession.connect(ensemble.connectString())) {
            ZooKeeper client = session.zk();

            assertThatThrownBy(() -> client.create("/e", null, OPEN, CreateMode.EPHEMERAL))
                    .isInstanceOf(KeeperException.EphemeralOnLocalSessionException.class);
            assertThatThrownBy(() -> client.multi(List.of(
                            Op.create("/p", null, OPEN, CreateMode.PERSISTENT),
                            Op.create("/p/e", null, OPEN, CreateMode.EPHEMERAL))))
                    .isInstanceOf(KeeperException.EphemeralOnLocalSessionException.class);

            assertThat(client.exists("/p", false)).isNull();
            assertThat(client.create("/p", null, OPEN, CreateMode.PERSISTENT)).isEqualTo("/p");
        }
    }

    /** What becomes of a client that brings a session to another member; its session ends with it. */
    private static States moved(TestEnsemble ensemble, ApacheSession session) throws IOException {
        ZooKeeper elsewhere = new ZooKeeper(
                ensemble.member(2).address(),
                TIMEOUT_MS,
                event -> {},
                session.zk().getSessionId(),
                session.zk().getSessionPasswd());
        try (ApacheSession closing = new ApacheSession(elsewhere)) {
            return Eventually.get("an answer", PATIENCE, () -> {
                States state = closing.zk().getState();
                return state == States.CLOSED || state == States.CONNECTED ? state : null;
            });
        }
    }
}
