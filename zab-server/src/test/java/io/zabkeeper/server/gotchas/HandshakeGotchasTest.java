package io.zabkeeper.server.gotchas;

import static io.zabkeeper.server.gotchas.Calls.NOTHING;
import static io.zabkeeper.server.gotchas.Calls.done;
import static io.zabkeeper.server.gotchas.Calls.frame;
import static io.zabkeeper.server.gotchas.Calls.joined;
import static io.zabkeeper.server.gotchas.Calls.node;
import static io.zabkeeper.server.gotchas.Calls.reattach;
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
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.OpCode;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The first frame of a connection, and what it is answered. */
class HandshakeGotchasTest {
    private static final Bytes NO_PASSWORD = Bytes.of(new byte[16]);
    private static final Handshake OF_NOBODY = new Handshake(0, 10_000, 0x1234_5678_9abcL, NO_PASSWORD, false);

    @OnBoth
    void g01_a_handshake_without_the_read_only_flag_is_answered_without_it(Subject subject) throws IOException {
        Handshake old = new Handshake(0, 10_000, 0, NO_PASSWORD, null);
        assertThat(old.payload()).hasSize(44);

        try (WireClient client = subject.open(1)) {
            Session answer = session(client, old);

            assertThat(answer.payload().length()).isEqualTo(36);
            node(client, "/g01");
        }
    }

    @OnBoth
    void g02_a_password_has_sixteen_bytes_even_when_the_session_is_refused(Subject subject) throws IOException {
        try (WireClient client = subject.open(1);
                WireClient ghost = subject.open(1)) {
            Session made = session(client, Handshake.newSession(10_000));
            Session refused = session(ghost, OF_NOBODY);

            assertThat(made.password().length()).isEqualTo(16);
            assertThat(made.payload().length()).isEqualTo(37);
            assertThat(refused.password()).isEqualTo(NO_PASSWORD);
            assertThat(refused.payload().length()).isEqualTo(37);
        }
    }

    @OnBoth
    void g03_a_refused_session_has_neither_a_timeout_nor_an_id(Subject subject) throws IOException {
        try (WireClient ghost = subject.open(1)) {
            Session refused = session(ghost, OF_NOBODY);

            assertThat(refused.timeoutMs()).isZero();
            assertThat(refused.id()).isZero();
            assertThat(ghost.isClosedWithin(WireClient.PATIENCE)).isTrue();
        }
    }

    @OnBoth
    void g04_the_refusal_can_be_read_though_requests_were_sent_behind_the_handshake(Subject subject)
            throws IOException {
        byte[] pipelined = WireClient.frame(OF_NOBODY.payload());
        byte[] request = frame(1, Ask.setData("/g04", new byte[1024], -1));
        for (int i = 0; i < 64; i++) {
            pipelined = joined(pipelined, request);
        }

        try (WireClient ghost = subject.open(1)) {
            ghost.send(pipelined);

            byte[] refusal = ghost.payload(WireClient.PATIENCE);

            assertThat(refusal).hasSize(37);
            assertThat(ghost.receive(WireClient.PATIENCE)).isEqualTo(new Received.End());
        }
    }

    @OnBoth
    void g05_a_client_that_has_seen_more_is_turned_away_without_a_word(Subject subject) throws IOException {
        try (WireClient client = subject.connect(1);
                WireClient ahead = subject.open(1)) {
            long farAhead = done(client, Ask.exists("/", false)).zxid() + 1_000_000;

            Session answer = ahead.handshake(new Handshake(farAhead, 10_000, 0, NO_PASSWORD, false));

            assertThat(answer).isNull();
        }
    }

    @OnBoth(members = 3)
    void g06_a_session_goes_on_at_another_member_with_the_timeout_it_asks_for_there(Subject subject)
            throws IOException {
        try (WireClient first = subject.connect(1);
                WireClient second = subject.open(2)) {
            node(first, "/g06", Calls.EPHEMERAL);
            Session before = first.session();

            Session after = session(second, new Handshake(0, 15_000, before.id(), before.password(), false));

            assertThat(after.id()).isEqualTo(before.id());
            assertThat(before.timeoutMs()).isEqualTo(10_000);
            assertThat(after.timeoutMs()).isEqualTo(15_000);
            Calls.sync(second);
            assertThat(stat(second, "/g06").ephemeralOwner()).isEqualTo(before.id());
            done(second, Ask.of(OpCode.CLOSE_SESSION));
        }
    }

    @OnBoth
    void g07_the_old_connection_ends_when_the_session_gets_a_new_one(Subject subject) throws IOException {
        try (WireClient old = subject.connect(1);
                WireClient fresh = reattach(subject, 1, old.session())) {
            assertThat(old.isClosedWithin(WireClient.PATIENCE)).isTrue();
            node(fresh, "/g07");
        }
    }

    @OnBoth(members = 3)
    void g08_a_write_over_a_connection_that_the_session_has_left_is_cut_off_not_answered(Subject subject)
            throws IOException {
        try (WireClient old = subject.connect(1);
                WireClient fresh = reattach(subject, 2, old.session())) {
            old.send(1, Ask.create("/g08", NOTHING, Calls.PERSISTENT));

            assertThat(old.receive(WireClient.PATIENCE)).isEqualTo(new Received.End());
            Calls.sync(fresh);
            Calls.refused(fresh, Calls.NO_NODE, Ask.exists("/g08", false));
        }
    }

    @OnBoth
    void g09_requests_behind_the_handshake_are_answered_after_it(Subject subject) throws IOException {
        try (WireClient client = subject.open(1)) {
            client.send(joined(
                    WireClient.frame(Handshake.newSession(10_000).payload()),
                    frame(5, Ask.create("/g09", NOTHING, Calls.EPHEMERAL)),
                    frame(6, Ask.exists("/g09", false))));

            assertThat(client.handshakeAnswer()).isNotNull();
            assertThat(client.reply().xid()).isEqualTo(5);
            Received.Frame seen = client.reply();
            assertThat(seen.xid()).isEqualTo(6);
            assertThat(seen.body().stat().ephemeralOwner())
                    .isEqualTo(client.session().id());
        }
    }

    @OnBoth
    void g66_ids_of_sessions_are_unique_not_zero_and_own_the_ephemerals(Subject subject) throws IOException {
        try (WireClient one = subject.connect(1);
                WireClient two = subject.connect(1)) {
            node(one, "/g66-1", Calls.EPHEMERAL);
            node(two, "/g66-2", Calls.EPHEMERAL);

            assertThat(one.session().id())
                    .isNotZero()
                    .isNotEqualTo(two.session().id());
            assertThat(stat(two, "/g66-1").ephemeralOwner())
                    .isEqualTo(one.session().id());
            assertThat(stat(one, "/g66-2").ephemeralOwner())
                    .isEqualTo(two.session().id());
        }
    }

    @OnBoth
    void g87_the_timeout_is_raised_and_lowered_to_what_the_server_allows(Subject subject) throws IOException {
        try (WireClient hasty = subject.open(1);
                WireClient patient = subject.open(1);
                WireClient negative = subject.open(1)) {
            assertThat(hasty.newSession(1).timeoutMs()).isEqualTo(4_000);
            assertThat(patient.newSession(100_000_000).timeoutMs()).isEqualTo(60_000);
            assertThat(negative.newSession(-1).timeoutMs()).isEqualTo(4_000);
        }
    }

    /** The reference looks every ten seconds, ours every now and then: docs/compatibility.md. */
    @OnBoth
    @Execution(ExecutionMode.CONCURRENT)
    void g88_a_connection_that_never_says_who_it_is_ends(Subject subject) throws IOException {
        Duration longest = Duration.ofSeconds(BothServers.isOurs(subject) ? 14 : 24);
        long start = System.nanoTime();

        try (WireClient silent = subject.open(1)) {
            assertThat(silent.isClosedWithin(longest)).isTrue();
        }

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(9));
    }
}
