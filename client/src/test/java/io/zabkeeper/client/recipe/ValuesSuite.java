package io.zabkeeper.client.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zabkeeper.client.Eventually;
import io.zabkeeper.client.Relay;
import io.zabkeeper.client.ZabClient;
import io.zabkeeper.wire.Bytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Each change of a shared value is made once, whoever else changes it, and whatever happens to the connection. */
abstract class ValuesSuite extends RecipeSuite {
    private static final int CLIENTS = 8;
    private static final int EACH = 25;
    private static final int CUTS = 10;
    private static final long CUT_EVERY_NANOS = 50_000_000;

    @Test
    void a_value_is_empty_until_it_is_changed() {
        AtomicValue value = AtomicValue.at(client(), "/values/v");

        assertThat(value.get()).isEqualTo(Bytes.EMPTY);
        assertThat(value.update(old -> Bytes.ofUtf8(old.utf8() + "a"))).isEqualTo(Bytes.ofUtf8("a"));
        assertThat(value.update(old -> Bytes.ofUtf8(old.utf8() + "b"))).isEqualTo(Bytes.ofUtf8("ab"));
        assertThat(value.get()).isEqualTo(Bytes.ofUtf8("ab"));
    }

    @Test
    void a_change_that_fails_writes_nothing_and_hinders_nobody() {
        AtomicValue value = AtomicValue.at(client(), "/v");

        assertThatThrownBy(() -> value.update(old -> {
                    throw new IllegalArgumentException("no");
                }))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(value.update(old -> Bytes.ofUtf8("yes"))).isEqualTo(Bytes.ofUtf8("yes"));
    }

    @Test
    void additions_of_many_are_all_there() {
        List<CompletableFuture<Long>> additions = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            Counter counter = Counter.at(clientOf(1 + i % 3), "/counter");
            for (int j = 0; j < EACH; j++) {
                additions.add(counter.addAsync(1));
            }
        }
        additions.forEach(addition -> assertThat(addition).succeedsWithin(Eventually.SOON));

        ZabClient client = client();
        client.sync("/counter");
        assertThat(Counter.at(client, "/counter").get()).isEqualTo(CLIENTS * EACH);
        assertThat(additions.stream().map(CompletableFuture::join))
                .doesNotHaveDuplicates()
                .hasSize(CLIENTS * EACH);
    }

    @Test
    void additions_are_made_once_though_answers_are_lost() throws IOException {
        List<Relay> relays = new ArrayList<>();
        List<CompletableFuture<Long>> additions = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            relays.add(Relay.to(ensemble().member(1 + i).address()));
            Counter counter = Counter.at(open(builder(relays.get(i).hosts())), "/counter");
            for (int j = 0; j < 20 * EACH; j++) {
                additions.add(counter.addAsync(1));
            }
        }

        for (int i = 0; i < CUTS; i++) {
            Relay victim = relays.get(i % relays.size());
            victim.silence(true);
            LockSupport.parkNanos(CUT_EVERY_NANOS);
            victim.cut();
            victim.silence(false);
        }
        additions.forEach(addition -> assertThat(addition).succeedsWithin(Eventually.SOON));

        ZabClient client = client();
        client.sync("/counter");
        assertThat(Counter.at(client, "/counter").get()).isEqualTo(additions.size());
        for (Relay each : relays) {
            each.close();
        }
    }

    @Test
    void something_else_is_no_counter() {
        ZabClient client = client();
        client.create("/text", Bytes.ofUtf8("hello"));
        Counter counter = Counter.at(client, "/text");

        assertThatThrownBy(counter::get).hasMessageContaining("no counter at /text");
        assertThatThrownBy(() -> counter.add(1)).hasMessageContaining("no counter at /text");
        assertThat(client.getData("/text").utf8()).isEqualTo("hello");
    }
}
