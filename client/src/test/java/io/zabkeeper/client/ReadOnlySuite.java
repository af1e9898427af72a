package io.zabkeeper.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zabkeeper.client.recipe.Grant;
import io.zabkeeper.client.recipe.Mutex;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.EventType;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client that takes a member without a quorum, whichever program that runs. */
abstract class ReadOnlySuite {
    private final List<AutoCloseable> toClose = new ArrayList<>();
    final List<ConnectionState> states = new CopyOnWriteArrayList<>();

    /** Of {@link #whole}. */
    Relay relay;

    /** {@code host:port} of a member that is left of three, and serves reads. */
    abstract String cutOff();

    /** {@code host:port} of a server that has a quorum, and has seen more than the member that is cut off. */
    abstract String whole();

    @BeforeEach
    void open() throws IOException {
        relay = Relay.to(whole());
        toClose.add(relay);
    }

    @AfterEach
    void close() throws Exception {
        for (int i = toClose.size() - 1; i >= 0; i--) {
            toClose.get(i).close();
        }
    }

    ZabClient readOnly(String hosts) {
        ZabClient client = ZabClient.builder()
                .hosts(hosts)
                .readOnly()
                .listener((state, reason) -> states.add(state))
                .connect();
        toClose.add(client);
        return client;
    }

    /** And until the listener has been told. */
    void awaitConnected() {
        Eventually.until("connected", () -> states.contains(ConnectionState.CONNECTED));
    }

    @Test
    void reads_and_is_refused_whatever_needs_a_quorum() {
        ZabClient client = readOnly(cutOff());

        assertThat(client.state()).isEqualTo(ConnectionState.READ_ONLY);
        assertThat(client.getChildren("/")).contains("zookeeper");
        assertThat(client.exists("/none")).isEmpty();
        assertRefused(client.createAsync("/a", null));
        assertRefused(client.setDataAsync("/", null, ZabClient.ANY_VERSION));
        assertRefused(client.syncAsync("/"));
        assertRefused(client.transaction().delete("/a", 0).commitAsync());
        assertThat(client.state()).isEqualTo(ConnectionState.READ_ONLY);
        assertThat(states).containsExactly(ConnectionState.READ_ONLY);
    }

    private static void assertRefused(CompletableFuture<?> write) {
        assertThat(write)
                .failsWithin(Eventually.SOON)
                .withThrowableThat()
                .havingCause()
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.NOT_READ_ONLY));
    }

    @Test
    void is_for_those_who_ask_for_it() {
        ZabClientBuilder builder = ZabClient.builder().hosts(cutOff()).connectTimeout(Duration.ofMillis(500));

        assertThatThrownBy(builder::connect)
                .isInstanceOf(SessionLostException.class)
                .hasMessageContaining("the server closed the connection");
    }

    @Test
    void moves_to_a_server_that_has_a_quorum_and_loses_nothing() throws Exception {
        relay.refuse(true);
        ZabClient client = readOnly(cutOff() + "," + relay.hosts());
        long atTheMember = client.sessionId();
        WatchHandle watch = WatchHandle.create();
        String path = "/moved-" + System.nanoTime();
        assertThat(client.exists(path, watch)).isEmpty();
        CompletableFuture<Grant> grant = Mutex.at(client, path + "-lock").acquireAsync();
        CompletableFuture<Void> reads = CompletableFuture.runAsync(() -> {
            while (client.state() != ConnectionState.CONNECTED) {
                assertThat(client.getChildren("/")).contains("zookeeper");
            }
        });
        assertThat(Mutex.at(client, path + "-lock").tryAcquire(Duration.ofMillis(300)))
                .isEmpty();
        assertThat(grant).isNotDone();

        relay.refuse(false);

        assertThat(reads).succeedsWithin(Eventually.SOON);
        awaitConnected();
        assertThat(states)
                .containsExactly(ConnectionState.READ_ONLY, ConnectionState.SUSPENDED, ConnectionState.CONNECTED);
        assertThat(client.sessionId()).isNotEqualTo(atTheMember);
        client.create(path, null);
        assertThat(watch.fired())
                .succeedsWithin(Eventually.SOON)
                .extracting(change -> change.type())
                .isEqualTo(EventType.NODE_CREATED);
        assertThat(grant).succeedsWithin(Eventually.SOON).matches(Grant::isHeld);
    }
}
