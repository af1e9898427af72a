package io.zabkeeper.client.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class CallbacksTest {
    @Test
    void run_at_once_without_an_executor() {
        List<String> order = new ArrayList<>();

        new Callbacks(null).run(() -> order.add("callback"));

        assertThat(order).containsExactly("callback");
    }

    @Test
    void keep_their_order_on_many_threads_and_do_not_overlap() throws InterruptedException {
        ExecutorService executor = Executors.newFixedThreadPool(4);
        Callbacks callbacks = new Callbacks(executor);
        List<Integer> order = new ArrayList<>();
        AtomicInteger running = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(1000);

        for (int i = 0; i < 1000; i++) {
            int number = i;
            callbacks.run(() -> {
                assertThat(running.incrementAndGet()).isEqualTo(1);
                order.add(number);
                running.decrementAndGet();
                done.countDown();
            });
        }

        assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(order).hasSize(1000).isSorted();
        executor.shutdown();
    }

    @Test
    void go_on_behind_one_that_fails() {
        List<String> order = new ArrayList<>();
        Callbacks callbacks = new Callbacks(null);

        callbacks.run(() -> {
            throw new IllegalStateException("on purpose");
        });
        callbacks.run(() -> order.add("next"));

        assertThat(order).containsExactly("next");
    }

    @Test
    void run_on_the_spot_when_the_executor_takes_no_more() {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        executor.shutdown();
        List<String> order = new ArrayList<>();

        new Callbacks(executor).run(() -> order.add("callback"));

        assertThat(order).containsExactly("callback");
    }
}
