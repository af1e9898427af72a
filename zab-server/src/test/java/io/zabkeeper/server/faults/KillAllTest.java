package io.zabkeeper.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.server.ensemble.ApacheSession;
import io.zabkeeper.server.ensemble.Eventually;
import io.zabkeeper.server.ensemble.MemberProcess;
import io.zabkeeper.server.ensemble.TestEnsemble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * P3: every member is killed at the same moment under load; what was acknowledged is there after the restart.
 *
 * <p>{@code -Dkillall.rounds=20} runs as many rounds as an acceptance asks for.
 */
@Tag("alone")
class KillAllTest {
    private static final int ROUNDS = Integer.getInteger("killall.rounds", 3);
    private static final int IN_FLIGHT = 200;

    private final Set<String> acknowledged = new HashSet<>();

    @Test
    void every_acknowledged_write_survives() throws Exception {
        try (TestEnsemble ensemble = TestEnsemble.started(3)) {
            try (ApacheSession client = ApacheSession.connect(ensemble.connectString())) {
                client.zk().create("/k", null, ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
            }
            for (int round = 0; round < ROUNDS; round++) {
                try (ApacheSession client = ApacheSession.connect(ensemble.connectString())) {
                    // One parent for each: all of them together would be more than a client takes in one reply.
                    client.zk().create("/k/" + round, null, ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
                }
                List<String> written = writeUntilKilled(ensemble, round);
                acknowledged.addAll(written);
                assertThat(written).as("round %d writes something", round).hasSizeGreaterThan(100);

                for (MemberProcess member : ensemble.members()) {
                    member.start();
                }
                ensemble.awaitServing();

                Set<String> present = read(ensemble);
                Set<String> lost = new HashSet<>(acknowledged);
                lost.removeAll(present);
                assertThat(lost)
                        .as("acknowledged and lost after round %d", round)
                        .isEmpty();
            }
        }
    }

    private static List<String> writeUntilKilled(TestEnsemble ensemble, int round) throws Exception {
        ConcurrentLinkedQueue<String> written = new ConcurrentLinkedQueue<>();
        Semaphore window = new Semaphore(IN_FLIGHT);
        ApacheSession session = ApacheSession.connect(ensemble.connectString());
        ZooKeeper client = session.zk();
        Thread writer = new Thread(() -> {
            for (int i = 0; !Thread.currentThread().isInterrupted(); i++) {
                window.acquireUninterruptibly();
                client.create(
                        "/k/" + round + "/" + i,
                        new byte[100],
                        ZooDefs.Ids.OPEN_ACL_UNSAFE,
                        CreateMode.PERSISTENT,
                        (rc, path, context, name) -> {
                            if (rc == KeeperException.Code.OK.intValue()) {
                                written.add(name.substring("/k/".length()));
                            }
                            window.release();
                        },
                        null);
            }
        });
        writer.setDaemon(true);
        writer.start();
        Eventually.holds("load", Duration.ofSeconds(30), () -> written.size() > 1_000 + 500 * round);
        List<Thread> killers = new ArrayList<>();
        for (MemberProcess member : ensemble.members()) {
            killers.add(new Thread(member::kill));
        }
        killers.forEach(Thread::start);
        for (Thread killer : killers) {
            killer.join();
        }
        writer.interrupt();
        session.close();
        return List.copyOf(written);
    }

    private static Set<String> read(TestEnsemble ensemble) throws Exception {
        try (ApacheSession session = ApacheSession.connect(ensemble.connectString())) {
            ZooKeeper client = session.zk();
            return Eventually.get("the children", Duration.ofSeconds(30), () -> {
                client.sync("/k", (rc, path, context) -> {}, null);
                Set<String> present = new HashSet<>();
                for (String round : client.getChildren("/k", false)) {
                    client.getChildren("/k/" + round, false).forEach(name -> present.add(round + "/" + name));
                }
                return present;
            });
        }
    }
}
