package io.zabkeeper.client.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.client.Relay;
import io.zabkeeper.client.ZabClient;
import io.zabkeeper.client.ZabClientBuilder;
import io.zabkeeper.server.ensemble.MemberProcess;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.Stat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * Eight clients on three members want the same, and the history of who had it is checked.
 *
 * <p>{@code recipe.acquisitions} is how many are waited for in each part of a test.
 */
abstract class ContentionSuite extends RecipeSuite {
    private static final int CLIENTS = 8;
    private static final int SERVED = Integer.getInteger("recipe.acquisitions", 200);
    private static final Duration GOES_ON = Duration.ofSeconds(60);
    private static final Duration SESSION = Duration.ofSeconds(2);
    private static final String PATH = "/contended";
    private static final Duration BRIEFLY = Duration.ofNanos(200_000);

    /** Others come meanwhile if they can. */
    private static final Duration LONG = Duration.ofMillis(20);

    private static final int CUTS = 20;
    private static final long CUT_EVERY_NANOS = 100_000_000;

    @Test
    void of_a_mutex_has_one_holder_at_a_time() throws Exception {
        assertThat(contend(BRIEFLY, client -> Mutex.at(client, PATH).acquireAsync())
                        .faults(1))
                .isEmpty();
    }

    @Test
    void of_a_semaphore_has_no_more_holders_than_leases() throws Exception {
        History history =
                contend(BRIEFLY, client -> Semaphore.at(client, PATH, 3).acquireAsync());

        assertThat(history.faults(3)).isEmpty();
    }

    @Test
    void of_something_broken_is_caught() throws Exception {
        Line blind = new Line("lock-", Set.of("nobody-"));
        History everybody = contend(LONG, client -> Contender.enter(client, PATH, blind, Bytes.EMPTY));
        History two = contend(LONG, client -> Semaphore.at(client, "/two", 2).acquireAsync());

        assertThat(everybody.faults(1)).isNotEmpty();
        assertThat(two.faults(1)).isNotEmpty();
    }

    @Test
    void of_a_mutex_has_one_holder_while_the_leader_is_killed_and_paused() throws Exception {
        try (Crowd crowd = new Crowd(BRIEFLY)) {
            for (int i = 0; i < CLIENTS; i++) {
                crowd.join(
                        "client " + i,
                        shortLived(),
                        client -> Mutex.at(client, PATH).acquireAsync());
            }
            crowd.awaitServed(SERVED, GOES_ON);
            MemberProcess killed = ensemble().leader();
            killed.kill();
            crowd.awaitServed(SERVED, GOES_ON);
            killed.start();
            ensemble().awaitServing();
            MemberProcess paused = ensemble().leader();
            paused.pause();
            try {
                crowd.awaitServed(SERVED, GOES_ON);
            } finally {
                paused.goOn();
            }
            ensemble().awaitServing();
            crowd.awaitServed(SERVED, GOES_ON);

            assertThat(crowd.stop().faults(1)).isEmpty();
        } finally {
            restore();
        }
        assertNothingIsLeft();
    }

    @Test
    void of_a_mutex_has_one_holder_while_connections_break_and_replies_are_lost() throws Exception {
        List<Relay> relays = new ArrayList<>();
        try (Crowd crowd = new Crowd(BRIEFLY)) {
            for (int i = 0; i < CLIENTS; i++) {
                Relay broken = Relay.to(ensemble().member(1 + i % 3).address());
                relays.add(broken);
                crowd.join(
                        "client " + i,
                        builder(broken.hosts()),
                        client -> Mutex.at(client, PATH).acquireAsync());
            }
            for (int i = 0; i < CUTS; i++) {
                Relay victim = relays.get(i % CLIENTS);
                victim.silence(true);
                LockSupport.parkNanos(CUT_EVERY_NANOS);
                victim.cut();
                victim.silence(false);
            }
            crowd.awaitServed(SERVED, GOES_ON);

            assertThat(crowd.stop().faults(1)).isEmpty();
        } finally {
            for (Relay broken : relays) {
                broken.close();
            }
        }
        assertNothingIsLeft();
    }

    private History contend(Duration held, Function<ZabClient, CompletableFuture<Grant>> recipe) throws Exception {
        try (Crowd crowd = new Crowd(held)) {
            for (int i = 0; i < CLIENTS; i++) {
                crowd.join("client " + i, shortLived(), recipe);
            }
            crowd.awaitServed(SERVED, GOES_ON);
            return crowd.stop();
        }
    }

    private ZabClientBuilder shortLived() {
        return builder().sessionTimeout(SESSION);
    }

    private void restore() throws Exception {
        for (MemberProcess member : ensemble().members()) {
            if (!member.isAlive()) {
                member.start();
            }
        }
        ensemble().awaitServing();
    }

    /** The directory is a container: when it has gone, all have gone before. */
    private void assertNothingIsLeft() {
        ZabClient client = client();
        client.sync("/");
        assertThat(client.exists(PATH).map(Stat::numChildren).orElse(0)).isZero();
    }
}
