package io.zabkeeper.client.recipe;

import io.zabkeeper.client.recipe.History.Tenure;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** The promise of each recipe that clients share. */
final class Promises {
    static final long HELD_NANOS = 200_000;
    static final long PAUSE_NANOS = 20_000_000;
    static final Duration AT_LAST = Duration.ofSeconds(60);
    static final Duration SOON = Duration.ofMillis(500);
    static final int LEASES = 3;

    private Promises() {}

    static Map<String, Promise> all() {
        Map<String, Promise> all = new LinkedHashMap<>();
        all.put("mutex", new ExclusionPromise(1, client -> Mutex.at(client, "/mutex")));
        all.put("re-entrant mutex", new ReentrancePromise());
        all.put("semaphore", new ExclusionPromise(LEASES, client -> Semaphore.at(client, "/semaphore", LEASES)));
        all.put("read-write lock", new ReadWritePromise());
        all.put("multi-lock", new MultiLockPromise());
        all.put("election", new ElectionPromise());
        all.put("worker ids", new WorkerIdPromise());
        all.put("barrier", new BarrierPromise());
        all.put("double barrier", new DoubleBarrierPromise());
        all.put("queue", new QueuePromise());
        all.put("counter", new CounterPromise());
        all.put("config", new ConfigPromise());
        all.put("membership", new MembershipPromise());
        all.put("cache", new CachePromise());
        return all;
    }

    /** Holds all of them for a moment and notes from when to when that was sure. */
    static void hold(History history, int who, List<Grant> grants) {
        long from = System.nanoTime();
        AtomicLong until = new AtomicLong();
        for (Grant grant : grants) {
            grant.addListener((standing, reason) -> until.compareAndSet(0, System.nanoTime()));
        }
        LockSupport.parkNanos(HELD_NANOS);
        until.compareAndSet(0, System.nanoTime());
        history.add(new Tenure("client " + who, grants.get(0).fencingToken(), from, until.get()));
    }
}
