package io.zabkeeper.server.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.server.ensemble.Eventually;
import io.zabkeeper.server.ensemble.MemberProcess;
import io.zabkeeper.server.ensemble.TestEnsemble;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.recipes.leader.LeaderLatch;
import org.apache.curator.framework.recipes.locks.InterProcessMutex;
import org.apache.curator.retry.ExponentialBackoffRetry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Curator's recipes while the leader dies. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CuratorTest {
    private static final int CLIENTS = 4;
    private static final int ROUNDS = 25;

    private TestEnsemble ensemble;
    private final List<CuratorFramework> clients = new ArrayList<>();

    @BeforeAll
    void start() throws IOException {
        ensemble = TestEnsemble.started(3);
        for (int i = 0; i < CLIENTS; i++) {
            CuratorFramework client = CuratorFrameworkFactory.newClient(
                    ensemble.connectString(), 20_000, 10_000, new ExponentialBackoffRetry(50, 15));
            client.start();
            clients.add(client);
        }
    }

    @AfterAll
    void stop() {
        clients.forEach(CuratorFramework::close);
        ensemble.close();
    }

    @Test
    void a_mutex_excludes_though_the_leader_is_killed_in_the_middle() throws Exception {
        AtomicInteger holders = new AtomicInteger();
        AtomicInteger overlaps = new AtomicInteger();
        AtomicInteger acquired = new AtomicInteger();
        ExecutorService workers = Executors.newFixedThreadPool(CLIENTS);
        List<Future<?>> done = new ArrayList<>();
        for (CuratorFramework client : clients) {
            done.add(workers.submit(() -> {
                InterProcessMutex mutex = new InterProcessMutex(client, "/mutex");
                for (int round = 0; round < ROUNDS; round++) {
                    assertThat(mutex.acquire(60, TimeUnit.SECONDS)).isTrue();
                    if (holders.incrementAndGet() > 1) {
                        overlaps.incrementAndGet();
                    }
                    acquired.incrementAndGet();
                    holders.decrementAndGet();
                    mutex.release();
                }
                return null;
            }));
        }
        Eventually.holds("half way", Duration.ofSeconds(60), () -> acquired.get() >= CLIENTS * ROUNDS / 2);

        MemberProcess leader = ensemble.leader();
        leader.kill();
        for (Future<?> worker : done) {
            worker.get(120, TimeUnit.SECONDS);
        }

        workers.shutdown();
        assertThat(acquired).hasValue(CLIENTS * ROUNDS);
        assertThat(overlaps).hasValue(0);
        leader.start();
        ensemble.awaitServing();
    }

    @Test
    void a_latch_has_one_leader_and_finds_the_next_though_the_leader_is_killed() throws Exception {
        List<LeaderLatch> latches = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            LeaderLatch latch = new LeaderLatch(clients.get(i), "/latch", "participant-" + i);
            latch.start();
            latches.add(latch);
        }
        Eventually.holds("one leads", Duration.ofSeconds(30), () -> leading(latches) == 1);

        MemberProcess leader = ensemble.leader();
        leader.kill();
        // Taken when it is seen: the one that led before may be about to learn that its connection is gone.
        LeaderLatch first = Eventually.get("one leads again", Duration.ofSeconds(60), () -> {
            List<LeaderLatch> leading =
                    latches.stream().filter(LeaderLatch::hasLeadership).toList();
            return leading.size() == 1 ? leading.get(0) : null;
        });
        first.close();
        latches.remove(first);

        Eventually.holds("another one leads", Duration.ofSeconds(60), () -> leading(latches) == 1);
        for (LeaderLatch latch : latches) {
            latch.close();
        }
        leader.start();
        ensemble.awaitServing();
    }

    private static long leading(List<LeaderLatch> latches) {
        return latches.stream().filter(LeaderLatch::hasLeadership).count();
    }
}
