package io.zabkeeper.client.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zabkeeper.client.Eventually;
import io.zabkeeper.client.Relay;
import io.zabkeeper.client.TransactionRefusedException;
import io.zabkeeper.client.ZabClient;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.Stat;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Queues and barriers. Nothing that was offered is lost, and nothing that was acknowledged comes again. */
abstract class QueueSuite extends RecipeSuite {
    private static final Duration AT_ONCE = Duration.ofMillis(200);
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(20);
    private static final String PATH = "/queues/q";
    private static final int ITEMS = 100;
    private static final int CUTS = 10;
    private static final int ROUNDS = 5;
    private static final long CUT_EVERY_NANOS = 50_000_000;

    @Test
    void items_come_in_the_order_in_which_they_were_offered() throws InterruptedException {
        Queue queue = Queue.at(client(), PATH);
        for (String item : List.of("a", "b", "c")) {
            queue.offer(Bytes.ofUtf8(item));
        }

        assertThat(queue.sizeAsync().join()).isEqualTo(3);
        assertThat(takeAndAcknowledge(queue)).contains("a");
        assertThat(takeAndAcknowledge(queue)).contains("b");
        assertThat(takeAndAcknowledge(queue)).contains("c");
        assertThat(queue.take(AT_ONCE)).isEmpty();
        assertThat(queue.sizeAsync().join()).isZero();
    }

    @Test
    void one_that_waits_gets_what_is_offered() {
        Queue queue = Queue.at(clientOf(1), PATH);
        CompletableFuture<Taken> first = queue.takeAsync();
        CompletableFuture<Taken> second = Queue.at(clientOf(2), PATH).takeAsync();

        queue.offer(Bytes.ofUtf8("a"));
        queue.offer(Bytes.ofUtf8("b"));

        assertThat(first).succeedsWithin(Eventually.SOON);
        assertThat(second).succeedsWithin(Eventually.SOON);
        assertThat(List.of(first.join().data().utf8(), second.join().data().utf8()))
                .containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void an_item_that_is_taken_is_nobody_elses_until_it_is_given_back() throws InterruptedException {
        Queue queue = Queue.at(client(), PATH);
        Queue other = Queue.at(clientOf(2), PATH);
        queue.offer(Bytes.ofUtf8("a"));
        Taken taken = queue.take(Eventually.SOON).orElseThrow();

        assertThat(other.take(AT_ONCE)).isEmpty();
        taken.close();

        assertThat(takeAndAcknowledge(other)).contains("a");
        assertThatThrownBy(taken::acknowledge).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void an_item_comes_again_when_the_session_of_its_taker_ends() throws InterruptedException {
        ZabClient mortal = client();
        Queue.at(mortal, PATH).offer(Bytes.ofUtf8("a"));
        Taken taken = Queue.at(mortal, PATH).take(Eventually.SOON).orElseThrow();

        mortal.close();

        assertThat(takeAndAcknowledge(Queue.at(client(), PATH))).contains("a");
        assertThat(taken.claim().isHeld()).isFalse();
    }

    @Test
    void an_item_whose_claim_is_lost_cannot_be_acknowledged() throws InterruptedException {
        ZabClient client = client();
        Queue queue = Queue.at(client, PATH);
        queue.offer(Bytes.ofUtf8("a"));
        Taken taken = queue.take(Eventually.SOON).orElseThrow();

        client.delete(taken.claim().path(), ZabClient.ANY_VERSION);

        assertThatThrownBy(taken::acknowledge).isInstanceOf(TransactionRefusedException.class);
        assertThat(queue.sizeAsync().join()).isEqualTo(1);
    }

    @Test
    void one_that_waits_gets_what_was_offered_while_it_had_no_connection() throws IOException {
        CompletableFuture<Taken> waiting = Queue.at(relayed(), PATH).takeAsync();
        ZabClient other = clientOf(2);
        Eventually.until("it waits", () -> other.exists(PATH + "/items").isPresent() && !waiting.isDone());

        relay.refuse(true);
        Queue.at(other, PATH).offer(Bytes.ofUtf8("a"));
        relay.refuse(false);

        assertThat(waiting).succeedsWithin(Eventually.SOON);
    }

    @Test
    void an_item_that_was_taken_before_its_offerer_knows_that_it_is_there_is_not_offered_again() throws Exception {
        Queue silenced = Queue.at(relayed(), PATH);
        Queue queue = Queue.at(clientOf(2), PATH);
        silenced.offer(Bytes.ofUtf8("before"));
        queue.take(LONG_ENOUGH).orElseThrow().acknowledge();

        relay.silence(true);
        CompletableFuture<Void> offer = silenced.offerAsync(Bytes.ofUtf8("once"));
        queue.take(LONG_ENOUGH).orElseThrow().acknowledge();
        assertThat(offer).isNotDone();
        relay.cut();
        relay.silence(false);

        assertThat(offer).succeedsWithin(Eventually.SOON);
        assertThat(queue.take(AT_ONCE)).isEmpty();
    }

    @Test
    void every_item_is_worked_on_though_connections_break_and_answers_are_lost() throws Exception {
        List<Relay> relays = List.of(
                Relay.to(ensemble().member(1).address()),
                Relay.to(ensemble().member(2).address()));
        java.util.Queue<String> done = new ConcurrentLinkedQueue<>();
        ExecutorService threads = Executors.newCachedThreadPool();
        List<Future<?>> takers = new ArrayList<>();
        List<CompletableFuture<Void>> offers = new ArrayList<>();
        for (Relay each : relays) {
            Queue queue = Queue.at(open(builder(each.hosts())), PATH);
            for (int i = 0; i < ITEMS / 2; i++) {
                offers.add(queue.offerAsync(Bytes.ofUtf8(each.hosts() + " " + i)));
            }
            takers.add(threads.submit(() -> {
                while (done.size() < ITEMS) {
                    queue.take(AT_ONCE).ifPresent(taken -> {
                        taken.acknowledge();
                        done.add(taken.data().utf8());
                    });
                }
                return null;
            }));
        }

        for (int i = 0; i < CUTS; i++) {
            Relay victim = relays.get(i % relays.size());
            victim.silence(true);
            LockSupport.parkNanos(CUT_EVERY_NANOS);
            victim.cut();
            victim.silence(false);
        }
        for (Future<?> taker : takers) {
            taker.get(60, TimeUnit.SECONDS);
        }

        threads.shutdown();
        offers.forEach(offer -> assertThat(offer).succeedsWithin(Eventually.SOON));
        assertThat(done).hasSize(ITEMS).doesNotHaveDuplicates();
        for (Relay each : relays) {
            each.close();
        }
    }

    @Test
    void a_barrier_holds_everybody_up_until_it_is_lifted() throws InterruptedException, IOException {
        Barrier barrier = Barrier.at(client(), "/barriers/b");
        Barrier other = Barrier.at(clientOf(2), "/barriers/b");
        assertThat(other.await(LONG_ENOUGH)).isTrue();
        barrier.raise();
        barrier.raise();
        clientOf(2).sync("/");

        CompletableFuture<Boolean> waiting = barrier.awaitAsync();
        assertThat(barrier.await(AT_ONCE)).isFalse();
        assertThat(waiting).isNotDone();
        other.lift();
        other.lift();

        assertThat(waiting).succeedsWithin(Eventually.SOON);
    }

    @Test
    void a_barrier_is_waited_for_over_a_broken_connection() throws IOException {
        Barrier barrier = Barrier.at(relayed(), "/b");
        barrier.raise();
        CompletableFuture<Boolean> waiting = barrier.awaitAsync();
        Eventually.until("it waits", () -> !waiting.isDone());

        relay.refuse(true);
        Barrier.at(clientOf(2), "/b").lift();
        relay.refuse(false);

        assertThat(waiting).succeedsWithin(Eventually.SOON);
    }

    @Test
    void rounds_begin_together_and_end_together() throws Exception {
        int participants = 4;
        AtomicInteger inside = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(participants);
        List<Callable<Void>> all = new ArrayList<>();
        for (int i = 0; i < participants; i++) {
            DoubleBarrier barrier = DoubleBarrier.at(clientOf(1 + i % 3), "/rounds", participants);
            all.add(() -> {
                for (int round = 1; round <= ROUNDS; round++) {
                    inside.incrementAndGet();
                    assertThat(barrier.enter(Eventually.SOON)).isTrue();
                    assertThat(inside.get()).isGreaterThanOrEqualTo(participants * (2 * round - 1));
                    inside.incrementAndGet();
                    assertThat(barrier.leave(Eventually.SOON)).isTrue();
                    assertThat(inside.get()).isGreaterThanOrEqualTo(participants * 2 * round);
                }
                return null;
            });
        }

        for (Future<Void> each : threads.invokeAll(all, 60, TimeUnit.SECONDS)) {
            each.get();
        }

        threads.shutdown();
        assertThat(inside).hasValue(participants * 2 * ROUNDS);
    }

    @Test
    void a_round_that_not_all_come_to_does_not_begin() throws InterruptedException {
        ZabClient client = client();
        DoubleBarrier barrier = DoubleBarrier.at(client, "/rounds", 2);

        assertThat(barrier.enter(AT_ONCE)).isFalse();

        // It may have been too late for there to be a round at all.
        Eventually.until(
                "it has left",
                () -> client.exists("/rounds/round").map(Stat::numChildren).orElse(0) == 0);
    }

    @Test
    void one_that_gave_up_does_not_come_to_a_later_round() throws Exception {
        DoubleBarrier one = DoubleBarrier.at(client(), "/rounds", 2);
        DoubleBarrier other = DoubleBarrier.at(client(), "/rounds", 2);
        DoubleBarrier late = DoubleBarrier.at(client(), "/rounds", 2);
        CompletableFuture<Boolean> first = one.enterAsync();
        assertThat(other.enter(LONG_ENOUGH)).isTrue();
        assertThat(first).succeedsWithin(LONG_ENOUGH).isEqualTo(true);

        assertThat(late.enter(AT_ONCE)).isFalse(); // It waits for the end of the round.
        CompletableFuture<Boolean> end = one.leaveAsync();
        assertThat(other.leave(LONG_ENOUGH)).isTrue();
        assertThat(end).succeedsWithin(LONG_ENOUGH).isEqualTo(true);

        assertThat(one.enter(AT_ONCE)).isFalse();
        // And yet it can come when it wants to.
        CompletableFuture<Boolean> again = late.enterAsync();
        assertThat(one.enter(LONG_ENOUGH)).isTrue();
        assertThat(again).succeedsWithin(LONG_ENOUGH).isEqualTo(true);
    }

    @Test
    void a_participant_whose_session_ends_has_left() throws Exception {
        ZabClient mortal = client();
        DoubleBarrier one = DoubleBarrier.at(client(), "/rounds", 2);
        CompletableFuture<Boolean> first = one.enterAsync();
        assertThat(DoubleBarrier.at(mortal, "/rounds", 2).enter(Eventually.SOON))
                .isTrue();
        assertThat(first).succeedsWithin(Eventually.SOON);

        CompletableFuture<Boolean> left = one.leaveAsync();
        assertThat(left).isNotDone();
        mortal.close();

        assertThat(left).succeedsWithin(Eventually.SOON);
    }

    @Test
    void a_round_that_everybody_deserted_does_not_hold_up_the_next() throws Exception {
        List<ZabClient> mortals = List.of(client(), client());
        List<CompletableFuture<Boolean>> entered = mortals.stream()
                .map(mortal -> DoubleBarrier.at(mortal, "/rounds", 2).enterAsync())
                .toList();
        for (CompletableFuture<Boolean> each : entered) {
            assertThat(each).succeedsWithin(Eventually.SOON).isEqualTo(true);
        }
        CompletableFuture<Boolean> early =
                DoubleBarrier.at(clientOf(2), "/rounds", 2).enterAsync();

        mortals.forEach(ZabClient::close);

        assertThat(DoubleBarrier.at(clientOf(3), "/rounds", 2).enter(Eventually.SOON))
                .isTrue();
        assertThat(early).succeedsWithin(Eventually.SOON).isEqualTo(true);
    }

    private static Optional<String> takeAndAcknowledge(Queue queue) throws InterruptedException {
        Optional<Taken> taken = queue.take(Eventually.SOON);
        taken.ifPresent(Taken::acknowledge);
        return taken.map(item -> item.data().utf8());
    }
}
