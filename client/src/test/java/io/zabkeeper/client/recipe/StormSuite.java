package io.zabkeeper.client.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.client.ConnectionState;
import io.zabkeeper.client.Relay;
import io.zabkeeper.client.SessionLostException;
import io.zabkeeper.client.ZabClient;
import io.zabkeeper.client.ZabClientBuilder;
import io.zabkeeper.server.ensemble.Eventually;
import io.zabkeeper.server.ensemble.MemberProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Eight clients on three members use every recipe at once while the service fails them, and each recipe keeps its promise.
 *
 * <p>{@code recipe.storm} is how often each recipe is used in each part of a test.
 */
abstract class StormSuite extends RecipeSuite {
    private static final int CLIENTS = 8;
    private static final int USED = Integer.getInteger("recipe.storm", 30);
    private static final Duration GOES_ON = Duration.ofSeconds(60).plusMillis(100L * USED);
    private static final Duration SESSION = Duration.ofSeconds(2);
    private static final int CUTS = 16;
    private static final long CUT_EVERY_NANOS = 100_000_000;

    /** Longer than sessions last. */
    private static final long OUTAGE_NANOS = 4_000_000_000L;

    private final Map<String, Promise> promises = Promises.all();
    private final Map<String, AtomicInteger> uses = new HashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Future<?>> users = new ArrayList<>();
    private final AtomicBoolean isOver = new AtomicBoolean();
    private final AtomicInteger sessionsLost = new AtomicInteger();

    @AfterEach
    void stopThreads() {
        isOver.set(true);
        threads.shutdownNow();
    }

    @Test
    void promises_are_kept_while_nothing_fails() throws Exception {
        for (int who = 0; who < CLIENTS; who++) {
            join(who, builder());
        }
        awaitUses();

        assertPromisesAreKept();
    }

    @Test
    void promises_are_kept_while_the_leader_is_killed_and_paused() throws Exception {
        try {
            for (int who = 0; who < CLIENTS; who++) {
                join(who, builder().sessionTimeout(SESSION));
            }
            awaitUses();
            MemberProcess killed = ensemble().leader();
            killed.kill();
            awaitUses();
            killed.start();
            ensemble().awaitServing();
            MemberProcess paused = ensemble().leader();
            paused.pause();
            try {
                awaitUses();
            } finally {
                paused.goOn();
            }
            ensemble().awaitServing();
            awaitUses();

            assertPromisesAreKept();
        } finally {
            restore();
        }
    }

    @Test
    void promises_are_kept_while_replies_are_lost_and_sessions_expire() throws Exception {
        List<Relay> relays = new ArrayList<>();
        try {
            for (int who = 0; who < CLIENTS; who++) {
                Relay broken = Relay.to(ensemble().member(1 + who % 3).address());
                relays.add(broken);
                join(who, builder(broken.hosts()).sessionTimeout(SESSION));
            }
            awaitUses();
            for (int i = 0; i < CUTS; i++) {
                Relay victim = relays.get(i % CLIENTS);
                victim.silence(true);
                LockSupport.parkNanos(CUT_EVERY_NANOS);
                victim.cut();
                victim.silence(false);
            }
            relays.get(0).refuse(true);
            relays.get(1).refuse(true);
            LockSupport.parkNanos(OUTAGE_NANOS);
            relays.get(0).refuse(false);
            relays.get(1).refuse(false);
            awaitUses();

            assertPromisesAreKept();
            assertThat(sessionsLost).hasPositiveValue();
        } finally {
            for (Relay broken : relays) {
                broken.close();
            }
        }
    }

    /** One client for each recipe: a recipe must not wait for another one's. */
    private void join(int who, ZabClientBuilder builder) {
        promises.forEach((name, promise) -> {
            AtomicInteger used = uses.computeIfAbsent(name, unused -> new AtomicInteger());
            users.add(threads.submit(() -> {
                use(who, builder, promise, used);
                return null;
            }));
        });
    }

    private void use(int who, ZabClientBuilder builder, Promise promise, AtomicInteger used) throws Exception {
        ZabClient client = builder.connect();
        try {
            while (!isOver.get()) {
                if (client.state() == ConnectionState.LOST) {
                    sessionsLost.incrementAndGet();
                    client.close();
                    client = connected(builder);
                }
                try {
                    promise.use(who, client);
                    used.incrementAndGet();
                } catch (SessionLostException lost) {
                    // Another session is next.
                }
            }
        } finally {
            client.close();
        }
    }

    /** The service may be out for longer than one attempt takes. */
    private ZabClient connected(ZabClientBuilder builder) {
        while (true) {
            try {
                return builder.connect();
            } catch (SessionLostException e) {
                if (isOver.get()) {
                    throw e;
                }
            }
        }
    }

    /** Waits until every recipe has been used so often again. */
    private void awaitUses() {
        Map<String, Integer> before = counted();
        Eventually.holds("every recipe is used again, behind " + before, GOES_ON, () -> {
            requireNoFailure();
            return counted().entrySet().stream()
                    .allMatch(use -> use.getValue() >= before.getOrDefault(use.getKey(), 0) + USED);
        });
    }

    private Map<String, Integer> counted() {
        Map<String, Integer> counted = new HashMap<>();
        uses.forEach((name, used) -> counted.put(name, used.get()));
        return counted;
    }

    private void requireNoFailure() throws InterruptedException {
        for (Future<?> user : users) {
            if (user.isDone()) {
                try {
                    user.get();
                } catch (ExecutionException e) {
                    throw new AssertionError("a client has failed", e.getCause());
                }
            }
        }
    }

    private void assertPromisesAreKept() throws Exception {
        isOver.set(true);
        for (Future<?> user : users) {
            user.get(GOES_ON.toSeconds(), TimeUnit.SECONDS);
        }
        ZabClient witness = client();
        for (Map.Entry<String, Promise> promise : promises.entrySet()) {
            assertThat(promise.getValue().faults(witness)).as(promise.getKey()).isEmpty();
        }
    }

    private void restore() throws IOException {
        for (MemberProcess member : ensemble().members()) {
            if (!member.isAlive()) {
                member.start();
            }
        }
        ensemble().awaitServing();
    }
}
