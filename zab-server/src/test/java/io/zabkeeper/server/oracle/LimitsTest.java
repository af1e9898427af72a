package io.zabkeeper.server.oracle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.server.ensemble.Eventually;
import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.AuthId;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.OpCode;
import io.zabkeeper.wire.Permission;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits and authentication as both servers have them when the same settings ask for them (client protocol §7, §11). */
class LimitsTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private static Subject start(String name, String... settings) throws IOException {
        return name.equals("reference") ? Subject.reference(1, settings) : Subject.own(1, settings);
    }

    @ParameterizedTest
    @ValueSource(strings = {"reference", "zabkeeper"})
    void who_proves_nothing_is_told_and_closed_where_that_is_enforced(String name) throws Exception {
        try (Subject subject = start(
                        name, "-Dzookeeper.enforce.auth.enabled=true", "-Dzookeeper.enforce.auth.schemes=digest");
                WireClient silent = subject.connect(1);
                WireClient pinging = subject.connect(1);
                WireClient known = subject.connect(1)) {
            Received.Frame refusal = silent.call(Ask.exists("/", false));
            assertThat(refusal.error()).isEqualTo(ErrorCode.SESSION_CLOSED_REQUIRE_AUTH.code());
            assertThat(refusal.zxid()).isZero();
            assertThat(silent.isClosedWithin(WireClient.PATIENCE)).isTrue();

            pinging.send(-2, Ask.of(OpCode.PING));
            assertThat(pinging.reply().error()).isEqualTo(ErrorCode.SESSION_CLOSED_REQUIRE_AUTH.code());
            assertThat(pinging.isClosedWithin(WireClient.PATIENCE)).isTrue();

            assertThat(known.call(Ask.auth("digest", "bob:pw".getBytes(UTF_8))).error())
                    .isZero();
            assertThat(known.call(Ask.exists("/", false)).error()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"reference", "zabkeeper"})
    void sizes_numbers_and_hashes_are_as_they_are_set(String name) throws Exception {
        try (Subject subject = start(
                name,
                "-Dzookeeper.DigestAuthenticationProvider.digestAlg=SHA-256",
                "-Dzookeeper.largeRequestThreshold=2000",
                "-Dzookeeper.largeRequestMaxBytes=5000",
                "-Dzookeeper.request_throttle_max_requests=1",
                "-Dzookeeper.maxCnxns=3")) {
            try (WireClient client = subject.connect(1);
                    WireClient other = subject.connect(1)) {
                assertThat(client.call(Ask.auth("digest", "bob:pw".getBytes(UTF_8)))
                                .error())
                        .isZero();
                List<Acl> auth = List.of(new Acl(Permission.ALL, new AuthId("auth", "")));
                client.call(Ask.create(OpCode.CREATE, "/bob", null, auth, 0));
                assertThat(client.call(Ask.path(OpCode.GET_ACL, "/bob")).body().acls())
                        .containsExactly(new Acl(
                                Permission.ALL,
                                new AuthId("digest", "bob:lXdkgIa9O1CDDWAryQ0pe9wUYi2LkG6M7Uocn/Vyn2g=")));

                for (int xid = 1000; xid < 1100; xid++) {
                    client.send(xid, xid % 2 == 0 ? Ask.setData("/bob", null, -1) : Ask.getData("/bob", false));
                }
                for (int xid = 1000; xid < 1100; xid++) {
                    Received.Frame reply = client.reply();
                    assertThat(List.of(reply.xid(), reply.error())).isEqualTo(List.of(xid, 0));
                }

                assertThat(client.call(Ask.setData("/bob", new byte[4_000], -1)).error())
                        .isZero();
                other.send(1, Ask.setData("/bob", new byte[6_000], -1));
                assertThat(other.isClosedWithin(WireClient.PATIENCE)).isTrue();
                assertThat(client.call(Ask.setData("/bob", new byte[4_000], -1)).error())
                        .isZero();
            }
            List<WireClient> clients = new ArrayList<>();
            Eventually.holds("three connections, and no more", SOON, () -> fills(subject, clients));
            clients.forEach(WireClient::close);
        }
    }

    /** Whether three sessions are open and a fourth connection is closed at once. */
    private static boolean fills(Subject subject, List<WireClient> clients) throws IOException {
        while (clients.size() < 3) {
            WireClient client = subject.open(1);
            @Nullable Object session = client.handshake(Handshake.newSession(10_000));
            if (session == null) {
                client.close();
                return false;
            }
            clients.add(client);
        }
        try (WireClient one = subject.open(1)) {
            return one.isClosedWithin(WireClient.PATIENCE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"reference", "zabkeeper"})
    void without_digests_and_without_tokens_nobody_gets_in_by_them(String name) throws Exception {
        try (Subject subject = start(
                        name,
                        "-Dzookeeper.DigestAuthenticationProvider.enabled=false",
                        "-Dzookeeper.connection_throttle_tokens=2",
                        "-Dzookeeper.connection_throttle_fill_time=1000000");
                WireClient first = subject.connect(1);
                WireClient second = subject.connect(1);
                WireClient third = subject.open(1)) {
            assertThat(third.handshake(Handshake.newSession(10_000))).isNull();

            List<Acl> bob = List.of(new Acl(Permission.ALL, new AuthId("digest", "bob:x")));
            assertThat(first.call(Ask.create(OpCode.CREATE, "/bob", null, bob, 0))
                            .error())
                    .isEqualTo(ErrorCode.INVALID_ACL.code());
            assertThat(first.call(Ask.exists("/", false)).error()).isZero();
            assertThat(second.call(Ask.auth("digest", "bob:pw".getBytes(UTF_8))).error())
                    .isEqualTo(ErrorCode.AUTH_FAILED.code());
            assertThat(second.isClosedWithin(WireClient.PATIENCE)).isTrue();
        }
    }

    /** Ours alone: what a client makes the server write is bounded. */
    @Test
    void replies_have_a_largest_size_and_are_not_kept_for_a_client_that_does_not_read() throws Exception {
        try (Subject subject = Subject.own(1, "zab.maxReplyBytes=65536", "zab.maxUnreadBytes=65536");
                WireClient client = subject.connect(1);
                WireClient lazy = subject.connect(1)) {
            String prefix = "/" + "n".repeat(500);
            for (int i = 0; i < 140; i++) {
                client.call(Ask.create(prefix + i, null, 0));
            }
            assertThat(client.call(Ask.getChildren("/", false)).error()).isEqualTo(ErrorCode.MARSHALLING_ERROR.code());
            assertThat(client.call(Ask.path(OpCode.GET_ALL_CHILDREN_NUMBER, "/"))
                            .error())
                    .isZero();

            client.call(Ask.create("/data", new byte[900_000], 0));
            for (int xid = 1; xid <= 200 && lazy.send(xid, Ask.getData("/data", false)); xid++) {
                assertThat(client.call(Ask.exists("/data", false)).error()).isZero();
            }
            assertThat(lazy.isClosedWithin(WireClient.PATIENCE)).isTrue();
            assertThat(client.call(Ask.exists("/data", false)).error()).isZero();
        }
    }
}
