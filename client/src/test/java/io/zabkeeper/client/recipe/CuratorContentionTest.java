package io.zabkeeper.client.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.client.Eventually;
import io.zabkeeper.client.ZabClient;
import io.zabkeeper.client.recipe.History.Tenure;
import io.zabkeeper.server.ensemble.Program;
import io.zabkeeper.server.ensemble.TestEnsemble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.recipes.leader.LeaderLatch;
import org.apache.curator.framework.recipes.locks.InterProcessMutex;
import org.apache.curator.framework.recipes.locks.InterProcessReadWriteLock;
import org.apache.curator.framework.recipes.locks.InterProcessSemaphoreV2;
import org.apache.curator.framework.recipes.locks.Lease;
import org.apache.curator.retry.RetryOneTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Programs with Curator and programs with this client want the same, and take turns. */
final class CuratorContentionTest extends RecipeSuite {
    @RegisterExtension
    static final SharedEnsemble MEMBERS = new SharedEnsemble(Program.ZABKEEPER);

    private static final int EACH = 4;
    private static final int ROUNDS = 25;
    private static final long HELD_NANOS = 5_000_000;

    /** Others come meanwhile, also when it takes them long. */
    private static final long SHARED_NANOS = 4 * HELD_NANOS;

    private static final String PATH = "/mixed";

    private final List<CuratorFramework> curators = new ArrayList<>();

    /** Curator's grants have no token that a test could read: those of its tenures count down instead. */
    private final AtomicLong noToken = new AtomicLong();

    @Override
    TestEnsemble ensemble() {
        return MEMBERS.ensemble();
    }

    @BeforeEach
    void connectCurators() {
        for (int i = 0; i < EACH; i++) {
            CuratorFramework curator = CuratorFrameworkFactory.builder()
                    .connectString(ensemble().connectString() + chroot())
                    .sessionTimeoutMs(6_000)
                    .retryPolicy(new RetryOneTime(100))
                    .build();
            curator.start();
            curators.add(curator);
        }
    }

    @AfterEach
    void closeCurators() {
        curators.forEach(CuratorFramework::close);
    }

    @Test
    void for_a_mutex() throws Exception {
        History history = contend(
                curator -> {
                    InterProcessMutex mutex = new InterProcessMutex(curator, PATH);
                    mutex.acquire();
                    return mutex::release;
                },
                client -> Mutex.at(client, PATH),
                HELD_NANOS);

        assertThat(history.overlaps(1)).isEmpty();
    }

    @Test
    void for_the_write_side_of_a_lock() throws Exception {
        History history = contend(
                curator -> {
                    InterProcessMutex mutex = new InterProcessReadWriteLock(curator, PATH).writeLock();
                    mutex.acquire();
                    return mutex::release;
                },
                client -> ReadWriteLock.at(client, PATH).write(),
                HELD_NANOS);

        assertThat(history.overlaps(1)).isEmpty();
    }

    @Test
    void for_a_semaphore() throws Exception {
        History history = contend(
                curator -> {
                    InterProcessSemaphoreV2 semaphore = new InterProcessSemaphoreV2(curator, PATH, 3);
                    Lease lease = semaphore.acquire();
                    return () -> semaphore.returnLease(lease);
                },
                client -> Semaphore.at(client, PATH, 3),
                SHARED_NANOS);

        assertThat(history.overlaps(3)).isEmpty();
        assertThat(history.overlaps(2)).isNotEmpty();
    }

    @Test
    void readers_of_both_read_together_and_wait_for_writers_of_both() throws Exception {
        ZabClient client = client();
        InterProcessReadWriteLock theirs = new InterProcessReadWriteLock(curators.get(0), PATH);
        ReadWriteLock ours = ReadWriteLock.at(client, PATH);

        Grant reader = ours.read().acquire();
        assertThat(theirs.readLock().acquire(10, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Grant> writer = ours.write().acquireAsync();
        reader.close();
        Eventually.until("the writer waits", () -> client.getChildren(PATH).size() == 2);
        assertThat(writer).isNotDone();
        theirs.readLock().release();
        assertThat(writer).succeedsWithin(Eventually.SOON);
        assertThat(theirs.readLock().acquire(100, TimeUnit.MILLISECONDS)).isFalse();
        writer.join().close();

        assertThat(theirs.writeLock().acquire(10, TimeUnit.SECONDS)).isTrue();
        assertThat(ours.read().tryAcquire(Duration.ofMillis(100))).isEmpty();
        theirs.writeLock().release();
        assertThat(ours.read().tryAcquire(Eventually.SOON)).isPresent();
    }

    @Test
    void in_the_order_of_coming() throws Exception {
        ZabClient client = client();
        Grant holder = Mutex.at(client, PATH).acquire();
        List<String> served = new CopyOnWriteArrayList<>();
        ExecutorService threads = Executors.newCachedThreadPool();
        List<Future<?>> theirs = new ArrayList<>();
        for (int i = 0; i < EACH; i++) {
            String name = "curator " + i;
            CuratorFramework curator = curators.get(i);
            theirs.add(threads.submit(() -> {
                InterProcessMutex mutex = new InterProcessMutex(curator, PATH);
                mutex.acquire();
                served.add(name);
                mutex.release();
                return null;
            }));
            int afterTheirs = 2 + 2 * i;
            Eventually.until(name + " waits", () -> client.getChildren(PATH).size() == afterTheirs);
            String ours = "zabkeeper " + i;
            CompletableFuture<Void> unused = Mutex.at(client, PATH)
                    .acquireAsync()
                    .thenAccept(grant -> {
                        served.add(ours);
                        CompletableFuture<Void> unusedToo = grant.releaseAsync();
                    });
            Eventually.until(ours + " waits", () -> client.getChildren(PATH).size() == afterTheirs + 1);
        }

        holder.close();
        for (Future<?> their : theirs) {
            their.get(20, TimeUnit.SECONDS);
        }
        Eventually.until("all are served", () -> served.size() == 2 * EACH);

        threads.shutdown();
        assertThat(served)
                .containsExactly(
                        "curator 0",
                        "zabkeeper 0",
                        "curator 1",
                        "zabkeeper 1",
                        "curator 2",
                        "zabkeeper 2",
                        "curator 3",
                        "zabkeeper 3");
    }

    @Test
    void for_the_leadership() throws Exception {
        LeadershipListener nobody = new LeadershipListener() {
            @Override
            public void elected(Grant leadership) {}

            @Override
            public void deposed(String reason) {}
        };
        LeaderLatch theirs = new LeaderLatch(curators.get(0), PATH, "theirs");
        try (LeaderElection first = LeaderElection.join(client(), PATH, "ours", nobody)) {
            Eventually.until("ours leads", first::isLeader);
            theirs.start();
            Eventually.until("theirs waits", () -> first.candidates().join().size() == 2);
            assertThat(theirs.hasLeadership()).isFalse();
            assertThat(theirs.getLeader().getId()).isEqualTo("ours");

            first.resign().join();
            Eventually.until("theirs leads", theirs::hasLeadership);
            Eventually.until("ours waits", () -> first.candidates().join().size() == 2);
            assertThat(first.isLeader()).isFalse();
            assertThat(first.candidates().join().get(0).label()).isEqualTo("theirs");
            theirs.close();

            Eventually.until("ours leads again", first::isLeader);
        }
    }

    private interface Acquisition {
        /** Returns what gives it back. */
        Release by(CuratorFramework curator) throws Exception;
    }

    private interface Release {
        void run() throws Exception;
    }

    private interface Recipe {
        Grantor of(ZabClient client);
    }

    private History contend(Acquisition theirs, Recipe ours, long heldNanos) throws Exception {
        History history = new History();
        List<Callable<Void>> workers = new ArrayList<>();
        for (int i = 0; i < EACH; i++) {
            CuratorFramework curator = curators.get(i);
            Grantor grantor = ours.of(client());
            workers.add(() -> {
                for (int round = 0; round < ROUNDS; round++) {
                    Release release = theirs.by(curator);
                    long from = System.nanoTime();
                    LockSupport.parkNanos(heldNanos);
                    history.add(new Tenure("curator", noToken.decrementAndGet(), from, System.nanoTime()));
                    release.run();
                }
                return null;
            });
            workers.add(() -> {
                for (int round = 0; round < ROUNDS; round++) {
                    try (Grant grant = grantor.acquire()) {
                        long from = System.nanoTime();
                        LockSupport.parkNanos(heldNanos);
                        history.add(new Tenure("zabkeeper", grant.fencingToken(), from, System.nanoTime()));
                    }
                }
                return null;
            });
        }
        ExecutorService threads = Executors.newFixedThreadPool(workers.size());
        for (Future<Void> worker : threads.invokeAll(workers, 60, TimeUnit.SECONDS)) {
            worker.get();
        }
        threads.shutdown();
        assertThat(history.size()).isEqualTo(2 * EACH * ROUNDS);
        return history;
    }
}
