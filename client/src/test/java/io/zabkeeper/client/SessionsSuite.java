package io.zabkeeper.client;

import static io.zabkeeper.client.ZabClient.ANY_VERSION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.Stat;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Sessions live through broken connections, end for good, and nobody waits for ever. */
abstract class SessionsSuite extends ServerSuite {
    private static final Duration SHORT = Duration.ofMillis(400);

    /** Of a session that has to live until it is ended on purpose: long enough for a machine that is busy. */
    private static final Duration SESSION = Duration.ofSeconds(3);

    @Test
    void survive_a_broken_connection() throws IOException {
        List<ConnectionState> states = new CopyOnWriteArrayList<>();
        client.addListener((state, reason) -> states.add(state));
        long session = client.sessionId();
        client.create("/e", null, CreateOptions.EPHEMERAL);

        relay.cut();
        Eventually.until("suspended and back", () -> states.size() >= 2);

        assertThat(states).containsExactly(ConnectionState.SUSPENDED, ConnectionState.CONNECTED);
        assertThat(client.sessionId()).isEqualTo(session);
        assertThat(client.exists("/e").map(Stat::ephemeralOwner)).contains(session);
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void stay_alive_without_requests() {
        ZabClient idle = open(builder().sessionTimeout(SESSION));
        List<ConnectionState> states = new CopyOnWriteArrayList<>();
        idle.addListener((state, reason) -> states.add(state));
        idle.create("/e", null, CreateOptions.EPHEMERAL);
        long until = System.nanoTime() + 2 * SESSION.toNanos();

        Eventually.until("two timeouts have gone by", () -> System.nanoTime() - until > 0);

        assertThat(idle.exists("/e")).isPresent();
        assertThat(states).isEmpty();
    }

    @Test
    void look_for_another_server_when_nothing_is_heard() {
        ZabClient watcher = open(builder().sessionTimeout(Duration.ofMillis(1500)));
        List<String> reasons = new CopyOnWriteArrayList<>();
        watcher.addListener((state, reason) -> reasons.add(state + " " + reason));

        relay.silence(true);
        Eventually.until("it is told", () -> !reasons.isEmpty());
        relay.silence(false);

        assertThat(reasons.get(0)).startsWith("SUSPENDED").contains("nothing heard for");
        assertThat(watcher.exists("/")).isPresent();
    }

    @Test
    void go_on_at_the_server_that_answers() throws IOException {
        try (Socket taken = new Socket()) {
            taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)); // Nobody else can listen there.
            String deadEnd = "127.0.0.1:" + taken.getLocalPort();
            for (int i = 0; i < 5; i++) {
                open(builder().hosts(deadEnd + "," + relay.hosts() + "," + deadEnd + chroot));
            }
        }

        assertThat(relay.accepted()).isGreaterThanOrEqualTo(5);
    }

    @Test
    void tell_the_server_again_who_the_client_is() throws IOException {
        client.addAuth("digest", Bytes.ofUtf8("alice:secret"));
        client.create("/a", null, CreateOptions.PERSISTENT.withAcl(Acl.CREATOR_ALL));

        relay.refuse(true); // A cut alone may be mended before anybody looks.
        Eventually.until("suspended", () -> client.state() == ConnectionState.SUSPENDED);
        relay.refuse(false);

        assertThat(client.getData("/a").stat().version()).isZero();
    }

    @Test
    void take_identities_while_they_are_suspended() throws IOException {
        relay.refuse(true);
        Eventually.until("suspended", () -> client.state() == ConnectionState.SUSPENDED);
        CompletableFuture<Void> added = client.addAuthAsync("digest", Bytes.ofUtf8("alice:secret"));
        CompletableFuture<String> created =
                client.createAsync("/a", null, CreateOptions.PERSISTENT.withAcl(Acl.CREATOR_ALL));

        relay.refuse(false);

        assertThat(added).succeedsWithin(Eventually.SOON);
        assertThat(created).succeedsWithin(Eventually.SOON).isEqualTo("/a");
    }

    @Test
    void forget_an_identity_that_the_server_refuses() {
        assertThatThrownBy(() -> client.addAuth("no-such-scheme", Bytes.ofUtf8("x")))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.AUTH_FAILED));

        assertThat(client.create("/a", null)).isEqualTo("/a");
    }

    @Test
    void keep_requests_until_there_is_a_connection() throws IOException {
        relay.refuse(true);
        Eventually.until("suspended", () -> client.state() == ConnectionState.SUSPENDED);
        CompletableFuture<String> created = client.createAsync("/a", null);
        CompletableFuture<Stat> set = client.setDataAsync("/a", Bytes.ofUtf8("x"), 0);

        relay.refuse(false);

        assertThat(created).succeedsWithin(Eventually.SOON).isEqualTo("/a");
        assertThat(set).succeedsWithin(Eventually.SOON);
    }

    @Test
    void refuse_requests_that_waited_too_long_for_a_connection() throws IOException {
        ZabClient impatient = open(builder().operationTimeout(SHORT));
        relay.refuse(true);
        Eventually.until("suspended", () -> impatient.state() == ConnectionState.SUSPENDED);

        assertThatThrownBy(() -> impatient.create("/a", null))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.OPERATION_TIMEOUT));

        relay.refuse(false);
        impatient.close();
        assertThat(client.exists("/a")).isEmpty();
    }

    @Test
    void do_not_know_what_became_of_a_write_without_a_reply() {
        ZabClient impatient = open(builder().operationTimeout(SHORT));
        relay.silence(true);

        assertThatThrownBy(() -> impatient.create("/a", null)).isInstanceOf(OutcomeUnknownException.class);
        assertThatThrownBy(() -> impatient.exists("/a"))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.OPERATION_TIMEOUT));
        ZabClient other = another();
        Eventually.until("the write arrived", () -> other.exists("/a").isPresent());
    }

    @Test
    void do_not_know_what_became_of_a_write_whose_connection_broke_and_do_not_repeat_it() throws IOException {
        client.create("/a", null);
        relay.silence(true);
        CompletableFuture<Stat> set = client.setDataAsync("/a", Bytes.ofUtf8("x"), ANY_VERSION);
        CompletableFuture<Znode> read = client.getDataAsync("/a");
        ZabClient other = another();
        Eventually.until("the write arrived", () -> other.getData("/a").stat().version() == 1);

        relay.cut();
        relay.silence(false);

        assertThat(set)
                .failsWithin(Eventually.SOON)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(OutcomeUnknownException.class);
        assertThat(read)
                .failsWithin(Eventually.SOON)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(RefusedException.class)
                .withMessageContaining("CONNECTION_LOSS");
        client.sync("/a");
        assertThat(client.getData("/a").stat().version()).isEqualTo(1);
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void ask_again_for_what_was_lost_on_the_way_if_they_are_told_so() throws IOException {
        ZabClient persistent =
                open(builder().sessionTimeout(SESSION).retry(RetryPolicy.upTo(5).repeatingOverwrites()));
        persistent.create("/a", null);

        relay.silence(true);
        CompletableFuture<Znode> read = persistent.getDataAsync("/a");
        CompletableFuture<Stat> overwritten = persistent.setDataAsync("/a", Bytes.ofUtf8("x"), ANY_VERSION);
        CompletableFuture<Stat> guarded = persistent.setDataAsync("/a", Bytes.ofUtf8("y"), 7);
        CompletableFuture<String> created = persistent.createAsync("/b", null);
        Eventually.until("suspended", () -> persistent.state() == ConnectionState.SUSPENDED);
        relay.silence(false);

        assertThat(read).succeedsWithin(Eventually.SOON);
        assertThat(overwritten).succeedsWithin(Eventually.SOON);
        for (CompletableFuture<?> unsure : List.of(guarded, created)) {
            assertThat(unsure)
                    .failsWithin(Eventually.SOON)
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(OutcomeUnknownException.class);
        }
        assertThat(persistent.getData("/a").data()).isEqualTo(Bytes.ofUtf8("x"));
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void are_lost_when_they_expire_meanwhile() throws IOException {
        List<String> changes = new CopyOnWriteArrayList<>();
        ZabClient shortLived =
                open(builder().sessionTimeout(SESSION).listener((state, why) -> changes.add(state + " " + why)));
        shortLived.create("/e", null, CreateOptions.EPHEMERAL);
        WatchHandle gone = WatchHandle.create();
        ZabClient other = another();
        other.exists("/e", gone);

        relay.refuse(true);
        assertThat(gone.fired()).succeedsWithin(Eventually.SOON);
        CompletableFuture<String> waiting = shortLived.createAsync("/a", null);
        relay.refuse(false);

        Eventually.until("lost", () -> shortLived.state() == ConnectionState.LOST);
        Eventually.until("it is told", () -> changes.size() >= 3);
        assertThat(changes).hasSize(3);
        assertThat(changes.get(2))
                .startsWith("LOST")
                .contains("expired: its timeout is " + SESSION.toMillis() + " ms, a server was last heard ");
        assertThat(waiting)
                .failsWithin(Eventually.SOON)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(SessionLostException.class);
        assertThatThrownBy(() -> shortLived.getData("/")).isInstanceOf(SessionLostException.class);
        assertThat(other.exists("/a")).isEmpty();
    }

    @Test
    void end_at_once_when_they_are_closed() {
        ZabClient other = another();
        other.create("/e", null, CreateOptions.EPHEMERAL);

        other.close();

        assertThat(client.exists("/e")).isEmpty();
        assertThat(other.state()).isEqualTo(ConnectionState.LOST);
        assertThatThrownBy(() -> other.exists("/e")).isInstanceOf(SessionLostException.class);
        other.close();
    }

    @Test
    void are_closed_behind_the_requests_made_before() {
        ZabClient other = another();
        List<CompletableFuture<String>> created = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            created.add(other.createAsync("/n" + i, null));
        }

        other.close();

        created.forEach(one -> assertThat(one).succeedsWithin(Eventually.SOON));
        assertThat(client.getChildren("/")).hasSize(100);
    }

    @Test
    void can_be_closed_without_a_server() throws IOException {
        ZabClient other = open(builder());
        relay.refuse(true);
        Eventually.until("suspended", () -> other.state() == ConnectionState.SUSPENDED);

        other.close();

        assertThat(other.state()).isEqualTo(ConnectionState.LOST);
        relay.refuse(false);
    }

    @Test
    void can_be_taken_over() throws IOException {
        client.create("/e", null, CreateOptions.EPHEMERAL);

        relay.refuse(true); // Whoever is cut off by an heir comes back, and cuts the heir off.
        ZabClient heir = open(builder().hosts(hosts() + chroot).session(client.ticket()));

        assertThat(heir.sessionId()).isEqualTo(client.sessionId());
        heir.delete("/e", ANY_VERSION);
    }

    @Test
    void cannot_be_taken_over_with_a_wrong_password() {
        SessionTicket forged = new SessionTicket(client.sessionId(), Bytes.of(new byte[16]));

        assertThatThrownBy(() -> builder().session(forged).connect())
                .isInstanceOf(SessionLostException.class)
                .hasMessageContaining("expired");
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void need_a_server_in_time() throws IOException {
        relay.refuse(true);

        assertThatThrownBy(() -> builder().connectTimeout(Duration.ofSeconds(2)).connect())
                .isInstanceOf(SessionLostException.class)
                .hasMessageContaining("2000 ms")
                .hasMessageContaining("127.0.0.1");

        relay.refuse(false);
    }

    @Test
    void share_threads() {
        try (ClientLoop loop = ClientLoop.ofThreads(1)) {
            List<ZabClient> clients = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                clients.add(open(builder().loop(loop)));
            }
            List<CompletableFuture<String>> created = new ArrayList<>();
            for (int i = 0; i < clients.size(); i++) {
                created.add(clients.get(i).createAsync("/n" + i, null));
            }

            created.forEach(one -> assertThat(one).succeedsWithin(Eventually.SOON));
            clients.forEach(ZabClient::close);
        }
    }

    @Test
    void end_with_the_threads_that_they_share() {
        ClientLoop loop = ClientLoop.ofThreads(1);
        ZabClient other = open(builder().loop(loop));

        loop.close();

        Eventually.until("lost", () -> other.state() == ConnectionState.LOST);
        assertThatThrownBy(() -> other.exists("/")).isInstanceOf(SessionLostException.class);
    }

    @Test
    void do_not_let_the_loop_wait_for_itself() throws IOException {
        relay.refuse(true); // What is added to a future that is done already runs here, not on the loop.
        Eventually.until("suspended", () -> client.state() == ConnectionState.SUSPENDED);
        CompletableFuture<String> blocked =
                client.createAsync("/a", null).thenApply(path -> client.create(path + "/b", null));
        relay.refuse(false);

        assertThat(blocked)
                .failsWithin(Eventually.SOON)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void let_callbacks_wait_on_an_executor_of_their_own() {
        ExecutorService executor = Executors.newFixedThreadPool(2);
        ZabClient other = open(builder().callbacks(executor));

        CompletableFuture<String> nested = other.createAsync("/a", null)
                .thenApply(path -> other.createWithStat(path + "/b", null, CreateOptions.PERSISTENT)
                        .path());

        assertThat(nested).succeedsWithin(Eventually.SOON).isEqualTo("/a/b");
        assertThat(other.existsAsync("/").thenAccept(stat -> other.close())).succeedsWithin(Eventually.SOON);
        executor.shutdown();
    }

    @Test
    void give_the_timeout_that_the_server_decides() {
        ZabClient other = open(builder().sessionTimeout(Duration.ofMillis(1)));

        assertThat(other.sessionTimeout()).isGreaterThan(Duration.ofMillis(1));
    }
}
