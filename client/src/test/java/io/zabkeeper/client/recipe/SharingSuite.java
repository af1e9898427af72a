package io.zabkeeper.client.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zabkeeper.client.Eventually;
import io.zabkeeper.client.ZabClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Locks that several hold at once, and several locks that one holds. */
abstract class SharingSuite extends RecipeSuite {
    private static final Duration AT_ONCE = Duration.ofMillis(200);
    private static final String PATH = "/shared/r";

    @Test
    void readers_read_together_and_a_writer_writes_alone() throws InterruptedException {
        ReadWriteLock one = ReadWriteLock.at(clientOf(1), PATH);
        ReadWriteLock other = ReadWriteLock.at(clientOf(2), PATH);
        Grant first = one.read().acquire();
        Grant second = other.read().acquire();

        CompletableFuture<Grant> writer = one.write().acquireAsync();
        assertThat(other.write().tryAcquire(AT_ONCE)).isEmpty();
        first.close();
        assertThat(writer).isNotDone();
        second.close();

        assertThat(writer).succeedsWithin(Eventually.SOON);
        assertThat(other.read().tryAcquire(AT_ONCE)).isEmpty();
        writer.join().close();
        assertThat(other.read().tryAcquire(Eventually.SOON)).isPresent();
    }

    @Test
    void a_reader_does_not_pass_a_writer_that_waits() throws InterruptedException {
        ZabClient client = client();
        ReadWriteLock lock = ReadWriteLock.at(client, PATH);
        Grant reader = lock.read().acquire();
        CompletableFuture<Grant> writer = lock.write().acquireAsync();
        Eventually.until("in line", () -> client.getChildren(PATH).size() == 2);

        CompletableFuture<Grant> late = lock.read().acquireAsync();
        Eventually.until("in line", () -> client.getChildren(PATH).size() == 3);
        assertThat(late).isNotDone();
        reader.close();
        assertThat(writer).succeedsWithin(Eventually.SOON);
        assertThat(late).isNotDone();
        writer.join().close();

        assertThat(late).succeedsWithin(Eventually.SOON);
        assertThat(late.join().fencingToken()).isGreaterThan(writer.join().fencingToken());
    }

    @Test
    void a_semaphore_has_as_many_leases_as_it_says() throws InterruptedException {
        ZabClient client = client();
        Semaphore one = Semaphore.at(clientOf(1), PATH, 2);
        Semaphore other = Semaphore.at(client, PATH, 2);
        Grant first = one.acquire();
        Grant second = other.acquire();
        assertThat(one.tryAcquire(AT_ONCE)).isEmpty();
        Eventually.until(
                "it has left", () -> client.getChildren(PATH + "/leases").size() == 2);

        CompletableFuture<Grant> third = other.acquireAsync();
        CompletableFuture<Grant> fourth = other.acquireAsync();
        first.close();
        assertThat(third).succeedsWithin(Eventually.SOON);
        assertThat(fourth).isNotDone();
        second.close();

        assertThat(fourth).succeedsWithin(Eventually.SOON);
        third.join().close();
        fourth.join().close();
        Eventually.until(
                "nothing is left", () -> children(client, PATH + "/leases") + children(client, PATH + "/locks") == 0);
    }

    @Test
    void a_lease_goes_to_the_next_when_its_session_ends() throws InterruptedException {
        ZabClient mortal = client();
        Grant lease = Semaphore.at(mortal, PATH, 1).acquire();
        CompletableFuture<Grant> next = Semaphore.at(client(), PATH, 1).acquireAsync();

        mortal.close();

        assertThat(next).succeedsWithin(Eventually.SOON);
        assertThat(lease.whenLost()).succeedsWithin(Eventually.SOON);
    }

    @Test
    void one_that_gives_up_a_lease_gives_up_its_turn() throws InterruptedException {
        ZabClient client = client();
        Grant lease = Semaphore.at(client, PATH, 1).acquire();
        CompletableFuture<Grant> leaving = Semaphore.at(client, PATH, 1).acquireAsync();
        Eventually.until(
                "it waits for a lease",
                () -> client.getChildren(PATH + "/leases").size() == 2);
        CompletableFuture<Grant> next = Semaphore.at(client, PATH, 1).acquireAsync();

        leaving.cancel(false);
        Eventually.until(
                "the next has its turn",
                () -> client.getChildren(PATH + "/locks").size() == 1);
        lease.close();

        assertThat(next).succeedsWithin(Eventually.SOON);
    }

    @Test
    void several_are_had_together_or_not_at_all() throws InterruptedException {
        ZabClient client = client();
        Mutex a = Mutex.at(client, "/m/a");
        Mutex b = Mutex.at(client, "/m/b");
        Grant busy = b.acquire();

        assertThat(MultiLock.of(List.of(b, a)).tryAcquire(AT_ONCE)).isEmpty();
        assertThat(a.tryAcquire(Eventually.SOON).map(grant -> {
                    grant.close();
                    return grant.standing();
                }))
                .contains(Grant.Standing.RELEASED);
        busy.close();
        try (MultiGrant both = MultiLock.of(List.of(b, a)).acquire()) {
            assertThat(both.isHeld()).isTrue();
            assertThat(both.grants().get(0).path()).startsWith("/m/a/");
            assertThat(a.tryAcquire(AT_ONCE)).isEmpty();
        }

        assertThat(a.tryAcquire(Eventually.SOON)).isPresent();
        assertThat(b.tryAcquire(Eventually.SOON)).isPresent();
    }

    @Test
    void mistakes_are_told_before_anything_is_asked() {
        ZabClient client = client();

        assertThatThrownBy(() -> Mutex.at(client, "locks")).hasMessageContaining("must start with '/'");
        assertThatThrownBy(() -> Mutex.at(client, "/")).hasMessageContaining("below the root");
        assertThatThrownBy(() -> Semaphore.at(client, PATH, 0)).hasMessageContaining("at least one lease");
        assertThatThrownBy(() -> MultiLock.of(List.of())).hasMessageContaining("nothing");
        assertThatThrownBy(() -> MultiLock.of(List.of(Mutex.at(client, PATH), Mutex.at(client, PATH))))
                .hasMessageContaining("twice");
    }

    private static int children(ZabClient client, String path) {
        return client.exists(path).map(stat -> stat.numChildren()).orElse(0);
    }
}
