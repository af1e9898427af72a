package io.zabkeeper.server.clients;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.recipes.atomic.DistributedAtomicLong;
import org.apache.curator.framework.recipes.barriers.DistributedBarrier;
import org.apache.curator.framework.recipes.cache.CuratorCache;
import org.apache.curator.framework.recipes.leader.LeaderLatch;
import org.apache.curator.framework.recipes.locks.InterProcessMutex;
import org.apache.curator.framework.recipes.locks.InterProcessReadWriteLock;
import org.apache.curator.framework.recipes.locks.InterProcessSemaphoreV2;
import org.apache.curator.framework.recipes.locks.Lease;
import org.apache.curator.framework.recipes.nodes.GroupMember;
import org.apache.curator.framework.recipes.nodes.PersistentNode;
import org.apache.curator.framework.recipes.queue.SimpleDistributedQueue;
import org.apache.curator.framework.recipes.shared.SharedCount;
import org.apache.curator.framework.recipes.watch.PersistentWatcher;
import org.apache.curator.framework.state.ConnectionState;
import org.apache.curator.retry.RetryNTimes;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;

/** Curator: its fluent operations, transactions, caches and recipes. */
public final class CuratorScript {
    private static final int SESSION_MS = 10_000;
    private static final int CONNECTION_MS = 10_000;
    private static final long WAIT_SECONDS = 30;

    private final Script script;
    private final String hosts;
    private final BlockingQueue<ConnectionState> states = new LinkedBlockingQueue<>();
    private final CuratorFramework curator;

    private CuratorScript(Script script, String hosts) throws Exception {
        this.script = script;
        this.hosts = hosts;
        // Otherwise it would go to the members themselves, where the script cannot take its connection away.
        this.curator = builder().ensembleTracker(false).build();
        curator.getConnectionStateListenable().addListener((client, state) -> states.add(state));
        curator.start();
        await(ConnectionState.CONNECTED);
    }

    public static void main(String[] arguments) {
        Script.play(script -> {
            CuratorScript curator = new CuratorScript(script, arguments[0]);
            curator.nodes();
            curator.transactions();
            curator.recipes();
            curator.ensembleTracker();
            curator.anotherMember();
            curator.end();
        });
    }

    private CuratorFrameworkFactory.Builder builder() {
        return CuratorFrameworkFactory.builder()
                .connectString(hosts)
                .sessionTimeoutMs(SESSION_MS)
                .connectionTimeoutMs(CONNECTION_MS)
                .retryPolicy(new RetryNTimes(20, 200));
    }

    private void await(ConnectionState wanted) throws InterruptedException {
        @Nullable ConnectionState state;
        do {
            state = states.poll(WAIT_SECONDS, TimeUnit.SECONDS);
            if (state == null) {
                throw new IllegalStateException("never " + wanted);
            }
        } while (state != wanted);
    }

    private void nodes() {
        script.gives("create", "/app", () -> curator.create().forPath("/app", bytes("one")));
        script.gives(
                "create with its parents",
                "/app/a/b/c",
                () -> curator.create().creatingParentsIfNeeded().forPath("/app/a/b/c"));
        script.gives(
                "create with containers",
                "/app/x/y",
                () -> curator.create().creatingParentContainersIfNeeded().forPath("/app/x/y"));
        script.gives("create with Stat", 3, () -> {
            Stat stat = new Stat();
            curator.create().storingStatIn(stat).forPath("/app/stat", bytes("abc"));
            return stat.getDataLength();
        });
        script.gives("create or set", 1, () -> {
            curator.create().orSetData().forPath("/app/stat", bytes("abcd"));
            return curator.checkExists().forPath("/app/stat").getVersion();
        });
        script.gives(
                "create with a time to live",
                "/app/ttl",
                () -> curator.create()
                        .withTtl(3_600_000)
                        .withMode(CreateMode.PERSISTENT_WITH_TTL)
                        .forPath("/app/ttl"));
        script.gives(
                "create protected",
                true,
                () -> curator.create()
                        .withProtection()
                        .withMode(CreateMode.EPHEMERAL_SEQUENTIAL)
                        .forPath("/app/a/p-")
                        .matches("/app/a/_c_[-0-9a-f]+-p-0000000001"));
        script.gives("create idempotent", "/app/i", () -> {
            curator.create().idempotent().forPath("/app/i", bytes("i"));
            return curator.create().idempotent().forPath("/app/i", bytes("i"));
        });
        script.gives(
                "checkExists of a missing node",
                null,
                () -> curator.checkExists().forPath("/none"));
        script.gives("getData with Stat", "one 0", () -> {
            Stat stat = new Stat();
            byte[] data = curator.getData().storingStatIn(stat).forPath("/app");
            return new String(data, UTF_8) + " " + stat.getVersion();
        });
        script.fails(
                "setData of another version",
                KeeperException.BadVersionException.class,
                () -> curator.setData().withVersion(5).forPath("/app", bytes("x")));
        script.gives("getChildren", new TreeSet<>(List.of("a", "i", "stat", "ttl", "x")), () -> {
            return new TreeSet<>(curator.getChildren().forPath("/app"));
        });
        script.gives("delete with children", null, () -> {
            curator.delete().guaranteed().deletingChildrenIfNeeded().forPath("/app/x");
            return curator.checkExists().forPath("/app/x");
        });
        script.gives("in background", "/app/later 0", () -> {
            BlockingQueue<String> answer = new LinkedBlockingQueue<>();
            curator.create()
                    .inBackground((client, event) -> answer.add(event.getPath() + " " + event.getResultCode()))
                    .forPath("/app/later");
            return answer.poll(WAIT_SECONDS, TimeUnit.SECONDS);
        });
        script.gives("sync", "/app", () -> {
            BlockingQueue<String> answer = new LinkedBlockingQueue<>();
            curator.sync()
                    .inBackground((client, event) -> answer.add(event.getPath()))
                    .forPath("/app");
            return answer.poll(WAIT_SECONDS, TimeUnit.SECONDS);
        });
        script.gives("a name space", "/app", () -> {
            return curator.usingNamespace("app").checkExists().forPath("/later") == null ? null : "/app";
        });
    }

    private void transactions() {
        script.gives(
                "transaction",
                List.of("/app/t", "/app/t/1"),
                () -> curator
                        .transaction()
                        .forOperations(
                                curator.transactionOp().create().forPath("/app/t"),
                                curator.transactionOp().create().forPath("/app/t/1"),
                                curator.transactionOp().check().forPath("/app/t"),
                                curator.transactionOp().setData().forPath("/app/t", bytes("t")))
                        .stream()
                        .map(result -> result.getResultPath())
                        .filter(path -> path != null)
                        .toList());
        script.fails(
                "a transaction that fails",
                KeeperException.BadVersionException.class,
                () -> curator.transaction()
                        .forOperations(
                                curator.transactionOp().delete().forPath("/app/t/1"),
                                curator.transactionOp().check().withVersion(7).forPath("/app/t")));
    }

    private void recipes() throws Exception {
        InterProcessMutex mutex = new InterProcessMutex(curator, "/app/mutex");
        script.gives("mutex", 1, () -> {
            mutex.acquire(WAIT_SECONDS, TimeUnit.SECONDS);
            mutex.acquire();
            mutex.release();
            int participants = mutex.getParticipantNodes().size();
            mutex.release();
            return participants;
        });
        script.gives("read write lock", true, () -> {
            InterProcessReadWriteLock lock = new InterProcessReadWriteLock(curator, "/app/rw");
            lock.writeLock().acquire();
            boolean isDowngraded = lock.readLock().acquire(WAIT_SECONDS, TimeUnit.SECONDS);
            lock.writeLock().release();
            lock.readLock().release();
            return isDowngraded;
        });
        script.gives("semaphore", 2, () -> {
            InterProcessSemaphoreV2 semaphore = new InterProcessSemaphoreV2(curator, "/app/semaphore", 2);
            List<Lease> leases = List.copyOf(semaphore.acquire(2));
            semaphore.returnAll(leases);
            return leases.size();
        });
        script.gives("atomic long", 42L, () -> {
            DistributedAtomicLong number = new DistributedAtomicLong(curator, "/app/number", new RetryNTimes(10, 100));
            number.add(40L);
            return number.add(2L).postValue();
        });
        script.gives("shared count", 7, () -> {
            try (SharedCount count = new SharedCount(curator, "/app/count", 3)) {
                count.start();
                count.trySetCount(count.getVersionedValue(), 7);
                return count.getCount();
            }
        });
        script.gives("queue", "first", () -> {
            SimpleDistributedQueue queue = new SimpleDistributedQueue(curator, "/app/queue");
            queue.offer(bytes("first"));
            queue.offer(bytes("second"));
            return new String(queue.take(), UTF_8);
        });
        script.gives("barrier", true, () -> {
            DistributedBarrier barrier = new DistributedBarrier(curator, "/app/barrier");
            barrier.setBarrier();
            script.ask("delete /app/barrier");
            return barrier.waitOnBarrier(WAIT_SECONDS, TimeUnit.SECONDS);
        });
        script.gives("group", 1, () -> {
            try (GroupMember member = new GroupMember(curator, "/app/group", "me")) {
                member.start();
                return member.getCurrentMembers().size();
            }
        });
        script.gives("leader latch", true, () -> {
            try (LeaderLatch latch = new LeaderLatch(curator, "/app/latch", "me")) {
                latch.start();
                return latch.await(WAIT_SECONDS, TimeUnit.SECONDS)
                        && latch.getLeader().getId().equals("me");
            }
        });
    }

    /** What the tracker reads from {@code /zookeeper/config} must not lead a client away from its ensemble. */
    private void ensembleTracker() {
        script.gives("ensemble tracker", "one", () -> {
            try (CuratorFramework tracking = builder().ensembleTracker(true).build()) {
                tracking.start();
                tracking.blockUntilConnected();
                BlockingQueue<Integer> read = new LinkedBlockingQueue<>();
                tracking.getConfig()
                        .inBackground((client, event) -> read.add(event.getResultCode()))
                        .forEnsemble();
                read.poll(WAIT_SECONDS, TimeUnit.SECONDS);
                tracking.getZookeeperClient().reset();
                return new String(tracking.getData().forPath("/app"), UTF_8);
            }
        });
    }

    private void anotherMember() throws Exception {
        BlockingQueue<String> cached = new LinkedBlockingQueue<>();
        CuratorCache cache = CuratorCache.build(curator, "/app/t");
        cache.listenable().addListener((type, old, data) -> {
            String path = (data == null ? old : data).getPath();
            cached.add(type + " " + path + " " + (data == null ? "" : new String(data.getData(), UTF_8)).strip());
        });
        BlockingQueue<String> watched = new LinkedBlockingQueue<>();
        PersistentWatcher watcher = new PersistentWatcher(curator, "/app/a", true);
        watcher.getListenable().addListener((WatchedEvent event) -> {
            if (event.getType() != EventType.None) {
                watched.add(event.getType() + " " + event.getPath());
            }
        });
        PersistentNode node = new PersistentNode(curator, CreateMode.EPHEMERAL, false, "/app/here", bytes("me"));
        node.start();
        node.waitForInitialCreate(WAIT_SECONDS, TimeUnit.SECONDS);
        script.gives("cache", new TreeSet<>(List.of("NODE_CREATED /app/t t", "NODE_CREATED /app/t/1 ")), () -> {
            curator.setData().forPath("/app/t/1", new byte[0]);
            cache.start();
            return new TreeSet<>(List.of(next(cached), next(cached) + " "));
        });
        script.gives("cache of a change", "NODE_CHANGED /app/t away", () -> {
            script.ask("set /app/t away");
            return next(cached);
        });
        script.gives("persistent watcher", "NodeCreated /app/a/w", () -> {
            BlockingQueue<Integer> reset = new LinkedBlockingQueue<>();
            watcher.getResetListenable().addListener(() -> reset.add(1));
            watcher.start();
            reset.poll(WAIT_SECONDS, TimeUnit.SECONDS);
            script.ask("create /app/a/w");
            return next(watched);
        });
        long id = session();

        script.ask("hold");
        await(ConnectionState.SUSPENDED);
        script.ask("set /app/t farther");
        script.ask("create /app/t/2");
        script.ask("release");
        await(ConnectionState.RECONNECTED);

        script.gives("the session is the same at another member", id, this::session);
        script.gives(
                "the cache finds what changed meanwhile", "NODE_CHANGED /app/t farther, NODE_CREATED /app/t/2", () -> {
                    TreeSet<String> both = new TreeSet<>(List.of(next(cached), next(cached)));
                    return String.join(", ", both);
                });
        script.gives("the watcher goes on", "NodeDataChanged /app/a/w", () -> {
            script.ask("set /app/a/w x");
            return next(watched);
        });
        script.gives(
                "the ephemeral is there",
                id,
                () -> curator.checkExists().forPath("/app/here").getEphemeralOwner());

        script.ask("kill");
        await(ConnectionState.SUSPENDED);
        await(ConnectionState.RECONNECTED);

        script.gives("the session outlives a member", id, this::session);
        script.gives("the cache outlives a member", "NODE_CHANGED /app/t home", () -> {
            script.ask("set /app/t home");
            return next(cached);
        });
        script.gives("the watcher outlives a member", "NodeDeleted /app/a/w", () -> {
            script.ask("delete /app/a/w");
            return next(watched);
        });
        script.gives("a write after the death", "two", () -> {
            curator.setData().forPath("/app", bytes("two"));
            return new String(curator.getData().forPath("/app"), UTF_8);
        });
        cache.close();
        watcher.close();
        node.close();
    }

    private void end() {
        script.gives(
                "the persistent node goes when it is closed",
                null,
                () -> curator.checkExists().forPath("/app/here"));
        curator.close();
        script.gives("close takes the ephemerals", "true", () -> script.ask("exists /app/a"));
    }

    private long session() throws Exception {
        return curator.getZookeeperClient().getZooKeeper().getSessionId();
    }

    private static String next(BlockingQueue<String> queue) throws InterruptedException {
        return String.valueOf(queue.poll(WAIT_SECONDS, TimeUnit.SECONDS)).strip();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
