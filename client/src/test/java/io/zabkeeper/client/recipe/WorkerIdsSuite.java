package io.zabkeeper.client.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.client.Eventually;
import io.zabkeeper.client.ZabClient;
import io.zabkeeper.wire.Stat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Numbers are small, and each has one owner. */
abstract class WorkerIdsSuite extends RecipeSuite {
    private static final Duration AT_ONCE = Duration.ofMillis(200);
    private static final String PATH = "/workers";

    @Test
    void are_the_smallest_that_are_free() throws InterruptedException {
        WorkerIds ids = WorkerIds.at(client(), PATH, 3);

        WorkerId zero = ids.claim("a", Eventually.SOON).orElseThrow();
        WorkerId one = ids.claim("b", Eventually.SOON).orElseThrow();
        zero.close();
        WorkerId again = ids.claim("c", Eventually.SOON).orElseThrow();

        assertThat(List.of(zero.number(), one.number(), again.number())).containsExactly(0, 1, 0);
        assertThat(again.grant().fencingToken()).isGreaterThan(zero.grant().fencingToken());
    }

    @Test
    void are_all_different_when_many_want_one_at_once() {
        List<CompletableFuture<WorkerId>> claims = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            claims.add(WorkerIds.at(clientOf(1 + i % 3), PATH, 10).claimAsync("worker " + i));
        }

        Eventually.until(
                "ten have one",
                () -> claims.stream().filter(CompletableFuture::isDone).count() == 10);
        List<Integer> numbers = claims.stream()
                .filter(CompletableFuture::isDone)
                .map(claim -> claim.join().number())
                .sorted()
                .toList();
        assertThat(numbers).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        claims.stream()
                .filter(CompletableFuture::isDone)
                .limit(2)
                .toList()
                .forEach(claim -> claim.join().close());

        claims.forEach(claim -> assertThat(claim).succeedsWithin(Eventually.SOON));
    }

    @Test
    void are_not_taken_from_the_next_owner_by_a_release_whose_answer_was_lost() throws Exception {
        ZabClient forgetful = relayed();
        ZabClient client = client();
        WorkerId before =
                WorkerIds.at(forgetful, PATH, 1).claim("a", Eventually.SOON).orElseThrow();

        relay.silence(true);
        CompletableFuture<Void> released = before.grant().releaseAsync();
        WorkerId next =
                WorkerIds.at(client, PATH, 1).claim("b", Eventually.SOON).orElseThrow();
        relay.cut();
        relay.silence(false);

        assertThat(released).succeedsWithin(Eventually.SOON);
        assertThat(client.exists(PATH + "/0").map(Stat::czxid))
                .contains(next.grant().fencingToken());
        assertThat(next.grant().standing()).isEqualTo(Grant.Standing.HELD);
    }

    @Test
    void are_free_again_when_the_session_of_the_owner_ends() throws InterruptedException {
        ZabClient mortal = client();
        WorkerIds others = WorkerIds.at(client(), PATH, 1);
        WorkerId lost =
                WorkerIds.at(mortal, PATH, 1).claim("a", Eventually.SOON).orElseThrow();
        assertThat(others.claim("b", AT_ONCE)).isEmpty();

        mortal.close();

        assertThat(others.claim("b", Eventually.SOON).map(WorkerId::number)).contains(0);
        assertThat(lost.grant().whenLost()).succeedsWithin(Eventually.SOON);
    }
}
