package io.zabkeeper.server.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class SocketMemberTest {
    private static final int STRANGERS_BYTES = 4_000_000;
    private static final long PAUSE_NANOS = 1_000_000;
    private static final int MOST_STRANGERS = 100;

    /** Families of targets run side by side: threads of the other one begin at any time. */
    @Test
    void is_not_charged_for_threads_that_begin_while_it_starts() throws Exception {
        AtomicBoolean isUp = new AtomicBoolean();
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        Semaphore allocated = new Semaphore(0);
        AtomicReference<byte[]> kept = new AtomicReference<>(new byte[0]);
        List<Thread> strangers = new CopyOnWriteArrayList<>();
        Thread source = new Thread(() -> {
            while (!isUp.get() && strangers.size() < MOST_STRANGERS) {
                Thread stranger = new Thread(() -> {
                    awaitUninterruptibly(go);
                    kept.set(new byte[STRANGERS_BYTES]);
                    allocated.release();
                    awaitUninterruptibly(over); // What a thread has allocated is forgotten with it.
                });
                strangers.add(stranger);
                stranger.start();
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        });
        source.start();

        try (SocketMember member = new SocketMember()) {
            isUp.set(true);
            source.join();
            long before = member.allocatedBytes();
            go.countDown();
            allocated.acquire(strangers.size());

            assertThat(strangers).hasSizeGreaterThan(10);
            assertThat(kept.get()).hasSize(STRANGERS_BYTES);
            assertThat(member.allocatedBytes() - before)
                    .as("a member that has just started allocates some megabytes of its own")
                    .isLessThan((long) STRANGERS_BYTES * strangers.size() / 2);
        } finally {
            over.countDown();
        }
    }

    @Test
    void is_charged_for_what_it_does() throws Exception {
        try (SocketMember member = new SocketMember()) {
            long before = member.allocatedBytes();
            for (int i = 0; i < 100; i++) {
                member.askBystander();
            }

            assertThat(member.allocatedBytes()).isGreaterThan(before);
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
