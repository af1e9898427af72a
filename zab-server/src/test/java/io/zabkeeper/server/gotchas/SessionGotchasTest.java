package io.zabkeeper.server.gotchas;

import static io.zabkeeper.server.gotchas.Calls.EPHEMERAL;
import static io.zabkeeper.server.gotchas.Calls.NO_NODE;
import static io.zabkeeper.server.gotchas.Calls.done;
import static io.zabkeeper.server.gotchas.Calls.event;
import static io.zabkeeper.server.gotchas.Calls.node;
import static io.zabkeeper.server.gotchas.Calls.pingFor;
import static io.zabkeeper.server.gotchas.Calls.refused;
import static io.zabkeeper.server.gotchas.Calls.session;
import static io.zabkeeper.server.gotchas.Calls.stat;
import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.server.oracle.Ask;
import io.zabkeeper.server.oracle.BothServers;
import io.zabkeeper.server.oracle.Handshake;
import io.zabkeeper.server.oracle.Handshake.Session;
import io.zabkeeper.server.oracle.OnBoth;
import io.zabkeeper.server.oracle.Received;
import io.zabkeeper.server.oracle.Subject;
import io.zabkeeper.server.oracle.WireClient;
import io.zabkeeper.wire.OpCode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** How long a session lives, and what goes with it. Most of it is waiting, so they wait together. */
@Execution(ExecutionMode.CONCURRENT)
class SessionGotchasTest {
    private static final int TIMEOUT_MS = 4_000;
    private static final Duration TIMEOUT = Duration.ofMillis(TIMEOUT_MS);
    private static final Duration TICK = Duration.ofSeconds(2);

    /** What a busy machine may add. */
    private static final Duration SLACK = Duration.ofSeconds(2);

    /** Outlasts the start of a server on a busy machine: the new timeout runs before the server says that it serves. */
    private static final int LONG_TIMEOUT_MS = 12_000;

    @OnBoth
    void g10_ephemerals_stay_when_the_connection_is_lost_until_the_timeout(Subject subject) throws IOException {
        try (WireClient watcher = patient(subject);
                WireClient client = subject.open(1)) {
            client.newSession(TIMEOUT_MS);
            long lastHeard = System.nanoTime();
            node(client, "/g10", EPHEMERAL);
            client.drop();

            done(watcher, Ask.exists("/g10", true));

            assertThat(event(watcher)).isEqualTo("deleted /g10");
            assertThat(since(lastHeard)).isBetween(TIMEOUT, TIMEOUT.plus(TICK).plus(SLACK));
        }
    }

    @OnBoth
    void g11_a_session_expires_within_a_tick_after_its_timeout_and_a_ping_puts_it_off(Subject subject)
            throws IOException {
        try (WireClient watcher = patient(subject);
                WireClient client = subject.open(1)) {
            client.newSession(TIMEOUT_MS);
            node(client, "/g11", EPHEMERAL);
            done(watcher, Ask.exists("/g11", true));

            pingFor(client, TIMEOUT.plus(TICK).plus(SLACK), Duration.ofSeconds(1));
            long lastHeard = System.nanoTime();
            client.send(-2, Ask.of(OpCode.PING));

            assertThat(client.reply().error()).isZero();
            assertThat(event(watcher)).isEqualTo("deleted /g11");
            assertThat(since(lastHeard)).isBetween(TIMEOUT, TIMEOUT.plus(TICK).plus(SLACK));
            assertThat(client.receive(WireClient.PATIENCE)).isEqualTo(new Received.End());
        }
    }

    @OnBoth
    void g12_after_a_restart_every_session_has_its_whole_timeout_again(Subject shared)
            throws IOException, InterruptedException {
        try (Subject subject = BothServers.another(shared, 1);
                WireClient before = subject.open(1)) {
            before.newSession(LONG_TIMEOUT_MS);
            node(before, "/g12", EPHEMERAL);
            subject.member(1).stop();
            Calls.after(Duration.ofMillis(LONG_TIMEOUT_MS).plus(TICK));
            subject.member(1).start();
            subject.ensemble().awaitServing();

            try (WireClient after = subject.open(1)) {
                Session again = session(after, Handshake.again(before.session()));

                assertThat(again.id()).isEqualTo(before.session().id());
                assertThat(stat(after, "/g12").ephemeralOwner()).isEqualTo(again.id());
            }
        }
    }

    @OnBoth
    void g13_a_close_is_answered_then_the_connection_ends_and_the_ephemerals_are_gone_already(Subject subject)
            throws IOException {
        try (WireClient other = subject.connect(1);
                WireClient client = subject.connect(1)) {
            node(client, "/g13", EPHEMERAL);

            Received.Frame closed = done(client, Ask.of(OpCode.CLOSE_SESSION));
            refused(other, NO_NODE, Ask.exists("/g13", false));

            assertThat(closed.zxid()).isPositive();
            assertThat(closed.body().remaining()).isZero();
            assertThat(client.receive(WireClient.PATIENCE)).isEqualTo(new Received.End());
        }
    }

    @OnBoth
    void g61_watches_go_with_their_connection(Subject subject) throws IOException {
        try (WireClient other = subject.connect(1);
                WireClient before = subject.connect(1)) {
            node(other, "/g61");
            done(before, Ask.getData("/g61", true));
            before.drop();

            try (WireClient after = Calls.reattach(subject, 1, before.session())) {
                done(other, Ask.setData("/g61", null, -1));

                assertThat(Calls.eventsUntilNow(after)).isEmpty();
            }
        }
    }

    @OnBoth
    void g64_the_ephemerals_of_a_session_vanish_at_one_zxid_and_each_is_heard(Subject subject) throws IOException {
        try (WireClient watcher = subject.connect(1);
                WireClient client = subject.connect(1)) {
            node(watcher, "/g64");
            node(watcher, "/g64/p");
            node(client, "/g64/a", EPHEMERAL);
            node(client, "/g64/p/b", EPHEMERAL);
            done(watcher, Ask.exists("/g64/a", true));
            done(watcher, Ask.exists("/g64/p/b", true));

            long zxid = done(client, Ask.of(OpCode.CLOSE_SESSION)).zxid();

            Received.Frame first = watcher.event();
            Received.Frame second = watcher.event();
            assertThat(new TreeSet<>(List.of(Calls.describe(first), Calls.describe(second))))
                    .containsExactly("deleted /g64/a", "deleted /g64/p/b");
            assertThat(first.zxid()).isEqualTo(zxid).isEqualTo(second.zxid());
            assertThat(stat(watcher, "/g64").pzxid()).isEqualTo(zxid);
            assertThat(stat(watcher, "/g64/p").pzxid()).isEqualTo(zxid);
        }
    }

    @OnBoth
    void g65_who_hears_that_an_expired_ephemeral_is_gone_can_create_it_again(Subject subject) throws IOException {
        try (WireClient successor = patient(subject);
                WireClient client = subject.open(1)) {
            client.newSession(TIMEOUT_MS);
            node(client, "/g65", EPHEMERAL);
            done(successor, Ask.exists("/g65", true));
            client.drop();

            assertThat(event(successor)).isEqualTo("deleted /g65");

            node(successor, "/g65", EPHEMERAL);
            assertThat(stat(successor, "/g65").ephemeralOwner())
                    .isEqualTo(successor.session().id());
        }
    }

    /** A session that outlives what it waits for. */
    private static WireClient patient(Subject subject) throws IOException {
        WireClient client = subject.open(1);
        client.newSession(60_000);
        return client;
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
