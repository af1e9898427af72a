package io.zabkeeper.client.recipe;

import static io.zabkeeper.client.ZabClient.ANY_VERSION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zabkeeper.client.ConnectionState;
import io.zabkeeper.client.Eventually;
import io.zabkeeper.client.SessionLostException;
import io.zabkeeper.client.SessionTicket;
import io.zabkeeper.client.TransactionRefusedException;
import io.zabkeeper.client.WatchHandle;
import io.zabkeeper.client.ZabClient;
import io.zabkeeper.client.recipe.Grant.Standing;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.Stat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A mutex has one holder, whatever happens to it, and leaves nothing behind. */
abstract class MutexSuite extends RecipeSuite {
    private static final Duration AT_ONCE = Duration.ofMillis(200);
    private static final String PATH = "/locks/m";

    @Test
    void is_held_by_one_and_then_by_the_next() throws InterruptedException {
        ZabClient one = clientOf(1);
        ZabClient other = clientOf(2);
        Grant first = Mutex.at(one, PATH).acquire();

        assertThat(Mutex.at(other, PATH).tryAcquire(AT_ONCE)).isEmpty();
        CompletableFuture<Grant> second = Mutex.at(other, PATH).acquireAsync();
        first.close();

        assertThat(second).succeedsWithin(Eventually.SOON);
        assertThat(first.standing()).isEqualTo(Standing.RELEASED);
        assertThat(first.isHeld()).isFalse();
        assertThat(second.join().isHeld()).isTrue();
        assertThat(second.join().fencingToken()).isGreaterThan(first.fencingToken());
    }

    @Test
    void is_given_in_the_order_of_coming_and_wakes_one() throws InterruptedException {
        ZabClient client = client();
        Grant holder = Mutex.at(client, PATH).acquire();
        List<Integer> served = new CopyOnWriteArrayList<>();
        List<CompletableFuture<Grant>> waiters = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            int number = i;
            CompletableFuture<Grant> waiter = Mutex.at(client, PATH).acquireAsync();
            waiter.thenAccept(grant -> served.add(number));
            waiters.add(waiter);
            int expected = i + 2;
            Eventually.until("in line", () -> client.getChildren(PATH).size() == expected);
        }

        holder.close();
        for (int i = 0; i < waiters.size(); i++) {
            CompletableFuture<Grant> waiter = waiters.get(i);
            assertThat(waiter).succeedsWithin(Eventually.SOON);
            assertThat(waiters.stream().filter(CompletableFuture::isDone)).hasSize(i + 1);
            waiter.join().close();
        }

        assertThat(served).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    }

    @Test
    void leaves_nothing_of_one_that_lost_patience() throws InterruptedException {
        ZabClient client = client();
        Grant holder = Mutex.at(client, PATH).acquire();

        Optional<Grant> none = Mutex.at(client, PATH).tryAcquire(AT_ONCE);

        assertThat(none).isEmpty();
        Eventually.until(
                "only the holder is there", () -> client.getChildren(PATH).size() == 1);
        assertThat(holder.isHeld()).isTrue();
    }

    @Test
    void leaves_nothing_of_one_that_was_interrupted() throws InterruptedException {
        ZabClient client = client();
        Grant holder = Mutex.at(client, PATH).acquire();
        FutureTask<Grant> waiter = new FutureTask<>(() -> Mutex.at(client, PATH).acquire());
        Thread thread = new Thread(waiter);
        thread.start();
        Eventually.until("in line", () -> client.getChildren(PATH).size() == 2);

        thread.interrupt();

        assertThatThrownBy(waiter::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(InterruptedException.class);
        Eventually.until(
                "only the holder is there", () -> client.getChildren(PATH).size() == 1);
        holder.close();
        assertThat(Mutex.at(client, PATH).tryAcquire(Eventually.SOON)).isPresent();
    }

    @Test
    void serves_the_next_when_one_in_between_leaves() throws InterruptedException {
        ZabClient client = client();
        Grant holder = Mutex.at(client, PATH).acquire();
        CompletableFuture<Grant> leaving = Mutex.at(client, PATH).acquireAsync();
        Eventually.until("in line", () -> client.getChildren(PATH).size() == 2);
        CompletableFuture<Grant> last = Mutex.at(client, PATH).acquireAsync();
        Eventually.until("in line", () -> client.getChildren(PATH).size() == 3);

        assertThat(leaving.cancel(false)).isTrue();
        Eventually.until("it has left", () -> client.getChildren(PATH).size() == 2);
        assertThat(last).isNotDone();
        holder.close();

        assertThat(last).succeedsWithin(Eventually.SOON);
    }

    @Test
    void knows_its_znode_again_when_the_answer_was_lost() throws IOException {
        ZabClient client = relayed();
        ZabClient other = clientOf(2);
        other.create("/locks", null);
        other.create(PATH, null);
        relay.silence(true);
        CompletableFuture<Grant> grant = Mutex.at(client, PATH).acquireAsync();
        Eventually.until("created", () -> other.getChildren(PATH).size() == 1);
        String name = other.getChildren(PATH).get(0);

        relay.cut();
        relay.silence(false);

        assertThat(grant).succeedsWithin(Eventually.SOON);
        assertThat(grant.join().path()).isEqualTo(PATH + "/" + name);
        other.sync(PATH);
        assertThat(other.getChildren(PATH)).containsExactly(name);
        assertThat(grant.join().fencingToken())
                .isEqualTo(other.exists(PATH + "/" + name).orElseThrow().czxid());
    }

    @Test
    void leaves_nothing_when_it_is_given_up_while_the_answer_is_lost() throws IOException {
        ZabClient client = relayed();
        ZabClient other = clientOf(2);
        other.create("/locks", null);
        other.create(PATH, null);
        relay.silence(true);
        CompletableFuture<Grant> grant = Mutex.at(client, PATH).acquireAsync();
        Eventually.until("created", () -> other.getChildren(PATH).size() == 1);

        grant.cancel(false);
        relay.cut();
        relay.silence(false);

        Eventually.until("gone", () -> other.getChildren(PATH).isEmpty());
    }

    @Test
    void is_released_though_the_answer_was_lost() throws IOException, InterruptedException {
        ZabClient client = relayed();
        ZabClient other = clientOf(2);
        Grant grant = Mutex.at(client, PATH).acquire();
        CompletableFuture<Grant> next = Mutex.at(other, PATH).acquireAsync();
        relay.silence(true);

        CompletableFuture<Void> released = grant.releaseAsync();
        assertThat(next).succeedsWithin(Eventually.SOON);
        relay.cut();
        relay.silence(false);

        assertThat(released).succeedsWithin(Eventually.SOON);
    }

    @Test
    void is_in_doubt_without_a_connection_and_confirmed_behind_it() throws IOException, InterruptedException {
        ZabClient client = relayed();
        Grant grant = Mutex.at(client, PATH).acquire();
        List<Standing> changes = new CopyOnWriteArrayList<>();
        grant.addListener((standing, reason) -> changes.add(standing));

        relay.refuse(true);
        Eventually.until("in doubt", () -> grant.standing() == Standing.IN_DOUBT);
        assertThat(grant.isHeld()).isFalse();
        relay.refuse(false);
        Eventually.until("confirmed", grant::isHeld);
        Eventually.until("it is told", () -> changes.size() >= 2);

        assertThat(changes).containsExactly(Standing.IN_DOUBT, Standing.HELD);
        assertThat(grant.whenLost()).isNotDone();
        assertThat(Mutex.at(clientOf(2), PATH).tryAcquire(AT_ONCE)).isEmpty();
    }

    /** The listener's own thread tells it of the doubt, and another one of the end of the doubt. */
    @Test
    void tells_a_listener_one_change_after_the_other() throws IOException, InterruptedException {
        Grant grant = Mutex.at(relayed(), PATH).acquire();
        relay.refuse(true);
        Eventually.until("in doubt", () -> grant.standing() == Standing.IN_DOUBT);
        List<Standing> changes = new CopyOnWriteArrayList<>();

        grant.addListener((standing, reason) -> {
            if (standing == Standing.IN_DOUBT) {
                reconnect();
                Eventually.until("confirmed meanwhile", () -> grant.standing() == Standing.HELD);
            }
            changes.add(standing);
        });

        Eventually.until("both are told", () -> changes.size() == 2);
        assertThat(changes).containsExactly(Standing.IN_DOUBT, Standing.HELD);
    }

    private void reconnect() {
        try {
            relay.refuse(false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void is_lost_when_the_session_expires_and_the_next_one_has_it() throws IOException, InterruptedException {
        ZabClient client = open(builder(relay.hosts()).sessionTimeout(Duration.ofSeconds(3)));
        Grant grant = Mutex.at(client, PATH).acquire();
        CompletableFuture<Grant> next = Mutex.at(clientOf(2), PATH).acquireAsync();
        List<Standing> changes = new CopyOnWriteArrayList<>();
        grant.addListener((standing, reason) -> changes.add(standing));

        relay.refuse(true);

        assertThat(next).succeedsWithin(Eventually.SOON);
        assertThat(grant.isHeld()).isFalse();
        assertThat(changes).first().isEqualTo(Standing.IN_DOUBT);
        relay.refuse(false);
        assertThat(grant.whenLost()).succeedsWithin(Eventually.SOON);
        assertThat(changes).containsExactly(Standing.IN_DOUBT, Standing.LOST);
        assertThat(next.join().fencingToken()).isGreaterThan(grant.fencingToken());
        grant.close();
    }

    /** As in CURATOR-498 and CURATOR-604, where a znode of the session before was taken for the present one's. */
    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void is_not_had_through_the_znode_of_a_session_before() throws IOException, InterruptedException {
        ZabClient before = open(builder(relay.hosts()).sessionTimeout(Duration.ofSeconds(5)));
        Grant first = Mutex.at(before, PATH).labelled("a program").acquire();
        relay.refuse(true);

        // The same program, started again before its old session has expired.
        ZabClient after = clientOf(2);
        CompletableFuture<Grant> second =
                Mutex.at(after, PATH).labelled("a program").acquireAsync();
        Eventually.until("both are in line", () -> after.getChildren(PATH).size() == 2);
        assertThat(second).isNotDone();

        assertThat(second).succeedsWithin(Eventually.SOON);
        Grant grant = second.join();
        assertThat(after.exists(grant.path()).map(Stat::ephemeralOwner)).contains(after.sessionId());
        assertThat(grant.path()).isNotEqualTo(first.path());
        assertThat(grant.fencingToken()).isGreaterThan(first.fencingToken());
        assertThat(first.isHeld()).isFalse();
    }

    @Test
    void is_lost_when_the_session_is_ended_by_another_client() throws InterruptedException {
        ZabClient client = client();
        Grant grant = Mutex.at(client, PATH).acquire();
        SessionTicket ticket = client.ticket();

        builder().session(ticket).connect().close();

        assertThat(grant.whenLost()).succeedsWithin(Eventually.SOON);
        Eventually.until("lost", () -> client.state() == ConnectionState.LOST);
        assertThatThrownBy(() -> Mutex.at(client, PATH).acquire()).isInstanceOf(SessionLostException.class);
    }

    @Test
    void is_lost_when_somebody_deletes_the_znode() throws InterruptedException {
        ZabClient client = client();
        Grant grant = Mutex.at(client, PATH).acquire();

        clientOf(2).delete(grant.path(), ANY_VERSION);

        assertThat(grant.whenLost()).succeedsWithin(Eventually.SOON).isEqualTo("its znode was deleted");
        assertThat(grant.isHeld()).isFalse();
        assertThat(grant.standing()).isEqualTo(Standing.LOST);
    }

    @Test
    void stays_when_somebody_writes_to_the_znode_and_is_lost_when_it_is_deleted_then() throws InterruptedException {
        ZabClient client = client();
        Grant grant = Mutex.at(client, PATH).acquire();
        ZabClient other = clientOf(2);

        other.setData(grant.path(), Bytes.ofUtf8("hello"), ANY_VERSION);
        assertThat(grant.isHeld()).isTrue();
        other.delete(grant.path(), ANY_VERSION);

        assertThat(grant.whenLost()).succeedsWithin(Eventually.SOON);
    }

    @Test
    void waits_on_when_somebody_deletes_the_znode_of_one_in_line() throws InterruptedException {
        ZabClient client = client();
        Grant holder = Mutex.at(client, PATH).acquire();
        CompletableFuture<Grant> waiter = Mutex.at(client, PATH).acquireAsync();
        Eventually.until("in line", () -> client.getChildren(PATH).size() == 2);
        ZabClient other = clientOf(2);
        other.sync(PATH);
        String own = other.getChildren(PATH).stream()
                .filter(name -> !holder.path().endsWith(name))
                .findFirst()
                .orElseThrow();

        other.delete(PATH + "/" + own, ANY_VERSION);
        holder.close();

        assertThat(waiter).succeedsWithin(Eventually.SOON);
        assertThat(waiter.join().path()).doesNotEndWith(own);
        assertThat(waiter.join().isHeld()).isTrue();
    }

    @Test
    void guards_writes() throws InterruptedException {
        ZabClient client = client();
        client.create("/ledger", null);
        Grant grant = Mutex.at(client, PATH).acquire();

        grant.transaction().setData("/ledger", Bytes.ofUtf8("1"), 0).commit();
        clientOf(2).delete(grant.path(), ANY_VERSION);

        assertThatThrownBy(() -> grant.transaction()
                        .setData("/ledger", Bytes.ofUtf8("2"), ANY_VERSION)
                        .commit())
                .isInstanceOfSatisfying(TransactionRefusedException.class, refused -> {
                    assertThat(refused.failedIndex()).isZero();
                    assertThat(refused.code()).isEqualTo(ErrorCode.NONODE);
                });
        assertThat(client.getData("/ledger").utf8()).isEqualTo("1");
    }

    @Test
    void does_not_wait_where_waiting_would_hinder_it() {
        ZabClient client = client();
        CompletableFuture<Grant> nested = new CompletableFuture<>();
        client.exists("/signal", WatchHandle.of(event -> {
            try {
                nested.complete(Mutex.at(client, PATH).acquire());
            } catch (IllegalStateException | InterruptedException refused) {
                nested.completeExceptionally(refused);
            }
        }));

        client.create("/signal", null);

        assertThat(nested)
                .failsWithin(Eventually.SOON)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(IllegalStateException.class)
                .withMessageContaining("callback thread");
        assertThat(Mutex.at(client, PATH).acquireAsync()).succeedsWithin(Eventually.SOON);
    }

    @Test
    void can_be_given_back_on_the_callback_thread() throws InterruptedException {
        ZabClient client = client();
        Grant grant = Mutex.at(client, PATH).acquire();

        client.exists("/signal", WatchHandle.of(event -> grant.close()));
        client.create("/signal", null);

        assertThat(Mutex.at(client, PATH).tryAcquire(Eventually.SOON)).isPresent();
    }

    @Test
    void carries_a_label_for_people() throws InterruptedException {
        ZabClient client = client();
        Grant grant = Mutex.at(client, PATH).labelled("worker 7").acquire();

        assertThat(client.getData(grant.path()).utf8()).isEqualTo("worker 7");
    }

    @Test
    void may_be_taken_again_by_the_thread_that_has_it() throws Exception {
        ZabClient client = client();
        ReentrantMutex mutex = new ReentrantMutex(Mutex.at(client, PATH));
        ReentrantMutex.Hold outer = mutex.acquire();
        ReentrantMutex.Hold inner = mutex.tryAcquire(Duration.ZERO).orElseThrow();
        FutureTask<Boolean> stranger =
                new FutureTask<>(() -> mutex.tryAcquire(AT_ONCE).isPresent());
        new Thread(stranger).start();

        assertThat(inner.grant()).isSameAs(outer.grant());
        assertThat(stranger.get()).isFalse();
        inner.close();
        assertThat(outer.grant().isHeld()).isTrue();
        outer.close();

        assertThat(outer.grant().standing()).isEqualTo(Standing.RELEASED);
        assertThatThrownBy(outer::close).isInstanceOf(IllegalMonitorStateException.class);
    }
}
