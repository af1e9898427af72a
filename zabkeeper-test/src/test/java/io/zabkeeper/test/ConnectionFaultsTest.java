package io.zabkeeper.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zabkeeper.client.ConnectionState;
import io.zabkeeper.client.CreateOptions;
import io.zabkeeper.client.ZabClient;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.Stat;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What can happen between clients and members. */
final class ConnectionFaultsTest {
    /** Of a session that has to live until the test says so, on a machine that may be busy. */
    private static final Duration LIVES_ON = Duration.ofSeconds(6);

    private static final Duration SHORT = Duration.ofSeconds(2);

    @RegisterExtension
    static final ZabkeeperExtension zabkeeper = ZabkeeperExtension.members(3);

    private final TestEnsemble ensemble = zabkeeper.ensemble();

    @Test
    void an_expired_client_is_lost_and_its_ephemerals_are_gone(ZabClient client) {
        ZabClient doomed = zabkeeper.client();
        doomed.create("/doomed", null, CreateOptions.EPHEMERAL);

        ensemble.expireSession(doomed);

        assertThat(doomed.state()).isEqualTo(ConnectionState.LOST);
        client.sync("/");
        assertThat(client.exists("/doomed")).isEmpty();
    }

    @Test
    void an_expired_client_of_apache_is_told_so() throws Exception {
        try (ApacheClient doomed = new ApacheClient(zabkeeper.connectString())) {
            ensemble.expireSession(
                    doomed.zookeeper().getSessionId(), doomed.zookeeper().getSessionPasswd());

            doomed.awaitState(KeeperState.Expired, 1);
            assertThatThrownBy(() -> doomed.zookeeper().exists("/", false))
                    .isInstanceOf(KeeperException.SessionExpiredException.class);
        }
    }

    @Test
    void a_session_that_is_over_cannot_expire(ZabClient client) {
        client.close();

        assertThatThrownBy(() -> ensemble.expireSession(client))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("session 0x" + Long.toHexString(client.sessionId()))
                .hasMessageContaining("over already");
    }

    @Test
    void a_session_does_not_expire_for_somebody_with_another_password(ZabClient client) {
        assertThatThrownBy(() -> ensemble.expireSession(client.sessionId(), new byte[16]))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the password is not its own");

        client.sync("/");
        assertThat(client.state()).isEqualTo(ConnectionState.CONNECTED);
    }

    @Test
    void a_callback_does_not_wait_for_itself(ZabClient client) {
        CompletableFuture<ConnectionState> change = new CompletableFuture<>();
        CompletableFuture<Void> expiry = change.thenAccept(state -> ensemble.expireSession(client));
        client.addListener((state, why) -> change.complete(state)); // Where it is called is the callback thread.

        ensemble.dropConnections(client);

        Await.until("the callback has returned", expiry::isDone, expiry::toString);
        assertThatThrownBy(expiry::join).hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void all_dropped_clients_come_back_with_their_sessions(ZabClient client) throws Exception {
        List<ConnectionState> states = statesOf(client);
        long session = client.sessionId();
        try (ApacheClient other = new ApacheClient(zabkeeper.connectString())) {
            long otherSession = other.zookeeper().getSessionId();

            ensemble.dropConnections();

            awaitReconnect(states);
            other.awaitState(KeeperState.SyncConnected, 2);
            assertThat(client.sessionId()).isEqualTo(session);
            assertThat(other.zookeeper().getSessionId()).isEqualTo(otherSession);
        }
    }

    @Test
    void one_dropped_client_comes_back_and_the_others_do_not_notice(ZabClient client) {
        ZabClient bystander = zabkeeper.client();
        List<ConnectionState> states = statesOf(client);
        List<ConnectionState> others = statesOf(bystander);

        ensemble.dropConnections(client);

        awaitReconnect(states);
        bystander.sync("/");
        assertThat(others).isEmpty();
    }

    @Test
    void a_dropped_client_of_apache_comes_back() throws Exception {
        try (ApacheClient client = new ApacheClient(zabkeeper.connectString())) {
            ensemble.dropConnections(client.zookeeper().getSessionId());

            client.awaitState(KeeperState.Disconnected, 1);
            client.awaitState(KeeperState.SyncConnected, 2);
        }
    }

    @Test
    void everything_takes_a_delay_longer_each_way() {
        EnsembleMember member = ensemble.member(1);
        ZabClient client = ensemble.client(member);

        ensemble.delay(member, Duration.ofMillis(150));
        long began = System.nanoTime();
        client.sync("/");

        assertThat(System.nanoTime() - began)
                .isGreaterThanOrEqualTo(Duration.ofMillis(300).toNanos());
    }

    @Test
    void what_is_delayed_arrives_in_order_when_the_delay_ends() {
        EnsembleMember member = ensemble.member(2);
        ZabClient client = ensemble.client(member);
        ZabClient undelayed = ensemble.client(ensemble.member(3));

        ensemble.delay(member, Duration.ofHours(1));
        CompletableFuture<String> created = client.createAsync("/late", Bytes.ofUtf8("1"), CreateOptions.PERSISTENT);
        CompletableFuture<Stat> changed = client.setDataAsync("/late", Bytes.ofUtf8("2"), 0);
        undelayed.sync("/");
        assertThat(created).isNotDone();
        ensemble.delay(member, Duration.ZERO);

        assertThat(created.join()).isEqualTo("/late");
        assertThat(changed.join().version()).isEqualTo(1);
    }

    @Test
    void a_delay_is_not_negative() {
        assertThatThrownBy(() -> ensemble.delay(ensemble.member(1), Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT-0.001S");
    }

    @Test
    void an_isolated_client_moves_to_another_member() {
        EnsembleMember one = ensemble.member(1);
        EnsembleMember two = ensemble.member(2);
        try (ZabClient client = ZabClient.builder()
                .hosts(one.connectString() + "," + two.connectString())
                .sessionTimeout(LIVES_ON)
                .connect()) {
            long session = client.sessionId();

            ensemble.isolate(one);
            awaitServed(client, two);
            ensemble.heal(one);
            ensemble.isolate(two);
            awaitServed(client, one);

            assertThat(client.sessionId()).isEqualTo(session);
        }
    }

    /** A connection is dropped where it is, and nowhere else. */
    private static void awaitServed(ZabClient client, EnsembleMember member) {
        Await.until(
                "the client is connected to " + member,
                () -> member.relay().drop(client.sessionId()) > 0,
                () -> "it is " + client.state());
    }

    @Test
    void an_isolated_client_hears_nothing_until_it_is_healed() {
        EnsembleMember member = ensemble.member(1);
        try (ZabClient client = ofMember(member, LIVES_ON)) {
            ensemble.isolate(member);
            Await.until("nothing is heard", () -> client.state() == ConnectionState.SUSPENDED, () -> "");
            CompletableFuture<Optional<Stat>> waiting = client.existsAsync("/");
            assertThat(waiting).isNotDone();

            ensemble.expireSession(
                    client.sessionId(), client.ticket().password().array());
            assertThat(client.state()).isEqualTo(ConnectionState.SUSPENDED);
            ensemble.heal(member);

            Await.until("the client is told", () -> client.state() == ConnectionState.LOST, () -> "");
        }
    }

    @Test
    void a_session_expires_by_itself_when_its_client_is_isolated() {
        EnsembleMember member = ensemble.member(1);
        try (ZabClient client = ofMember(member, SHORT)) {
            client.create("/short", null, CreateOptions.EPHEMERAL);

            ensemble.isolate(member);

            ZabClient other = ensemble.client(ensemble.member(3));
            Await.until("the ephemeral is gone", () -> other.exists("/short").isEmpty(), () -> "it is there");
            ensemble.heal(member);
            Await.until("the client is told", () -> client.state() == ConnectionState.LOST, () -> "");
        }
    }

    private static ZabClient ofMember(EnsembleMember member, Duration sessionTimeout) {
        return ZabClient.builder()
                .hosts(member.connectString())
                .sessionTimeout(sessionTimeout)
                .connect();
    }

    private static List<ConnectionState> statesOf(ZabClient client) {
        List<ConnectionState> states = new CopyOnWriteArrayList<>();
        client.addListener((state, reason) -> states.add(state));
        return states;
    }

    private static void awaitReconnect(List<ConnectionState> states) {
        Await.until(
                "the client was suspended and has come back",
                () -> states.equals(List.of(ConnectionState.SUSPENDED, ConnectionState.CONNECTED)),
                states::toString);
    }
}
