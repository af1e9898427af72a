package io.zabkeeper.client.recipe;

import io.zabkeeper.client.SessionLostException;
import io.zabkeeper.client.ZabClient;
import io.zabkeeper.client.ZabClientBuilder;
import io.zabkeeper.client.recipe.History.Tenure;
import io.zabkeeper.server.ensemble.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/** Clients that all want the same thing again and again, each in a thread of its own. */
final class Crowd implements AutoCloseable {
    private static final int LIMIT_SECONDS = 120;

    private final long heldNanos;
    private final History history = new History();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Future<?>> members = new ArrayList<>();
    private final AtomicBoolean isOver = new AtomicBoolean();

    /** @param held how long each holds what it wants */
    Crowd(Duration held) {
        this.heldNanos = held.toNanos();
    }

    /** Starts one that goes on until the crowd is stopped; a lost session is followed by another one. */
    void join(String name, ZabClientBuilder builder, Function<ZabClient, CompletableFuture<Grant>> recipe) {
        members.add(threads.submit(() -> {
            ZabClient client = builder.connect();
            try {
                while (!isOver.get()) {
                    try {
                        once(name, Waiting.toHave(client, recipe.apply(client), Grant::close));
                    } catch (SessionLostException lost) {
                        client.close();
                        client = builder.connect();
                    }
                }
            } finally {
                client.close();
            }
            return null;
        }));
    }

    private void once(String name, Grant grant) {
        long from = System.nanoTime();
        AtomicLong until = new AtomicLong();
        grant.addListener((standing, reason) -> until.compareAndSet(0, System.nanoTime()));
        LockSupport.parkNanos(heldNanos);
        until.compareAndSet(0, System.nanoTime());
        history.add(new Tenure(name, grant.fencingToken(), from, until.get()));
        grant.close();
    }

    /** Waits until so many more have been served. */
    void awaitServed(int more, Duration within) {
        int goal = history.size() + more;
        Eventually.holds(more + " more are served", within, () -> {
            for (Future<?> member : members) {
                if (member.isDone()) {
                    member.get();
                }
            }
            return history.size() >= goal;
        });
    }

    /** Lets everybody finish what it has begun, and tells what failed. */
    History stop() throws ExecutionException, InterruptedException, TimeoutException {
        isOver.set(true);
        for (Future<?> member : members) {
            member.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        }
        return history;
    }

    @Override
    public void close() {
        isOver.set(true);
        threads.shutdownNow();
    }
}
