package io.zabkeeper.server.net;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.zabkeeper.server.ensemble.RawClient;
import io.zabkeeper.server.ensemble.TestEnsemble;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.reply.ConnectReply;
import io.zabkeeper.wire.request.CloseSession;
import io.zabkeeper.wire.request.Exists;
import io.zabkeeper.wire.request.Ping;
import io.zabkeeper.wire.request.SetData;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How connections end (client protocol §1.6), with sockets on the replica loop and on a loop of their own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConnectionEndTest {
    private static final ConnectReply EXPIRED = ConnectReply.expired(true);
    private static final Bytes NO_PASSWORD = Bytes.of(new byte[ConnectReply.PASSWORD_SIZE]);

    private TestEnsemble onTheLoop;
    private TestEnsemble besideTheLoop;

    @BeforeAll
    void start() throws IOException {
        onTheLoop = TestEnsemble.started(1, "nio.sessionlessCnxnTimeout=2000");
        besideTheLoop = TestEnsemble.started(1, "zab.ioThreads=1");
    }

    @AfterAll
    void stop() {
        onTheLoop.close();
        besideTheLoop.close();
    }

    private RawClient connect(int ioThreads) throws IOException {
        return RawClient.connect((ioThreads == 0 ? onTheLoop : besideTheLoop).member(1));
    }

    /** Gotcha 4: the client has sent much more by the time it is told. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void the_answer_for_a_dead_session_is_read_whole_before_the_end(int ioThreads) throws IOException {
        for (int round = 0; round < 20; round++) {
            try (RawClient client = connect(ioThreads)) {
                ByteBuf all = RawClient.handshake(0x1234_5678L, NO_PASSWORD, false);
                while (all.readableBytes() < 64 * 1024) {
                    all = Unpooled.wrappedBuffer(all, RawClient.request(1, new Exists("/some/path", false)));
                }
                client.send(all);

                assertThat(client.connected()).isEqualTo(EXPIRED);
                client.send(RawClient.request(2, new Ping()));
                assertThat(client.rest()).isEmpty();
            }
        }
    }

    /** Gotcha 13. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void the_answer_to_a_close_is_the_last_and_what_came_behind_it_is_not_answered(int ioThreads) throws IOException {
        try (RawClient client = connect(ioThreads)) {
            client.open(false);
            client.send(
                    RawClient.request(1, new Exists("/", false)),
                    RawClient.request(2, new CloseSession()),
                    RawClient.request(3, new Exists("/", false)),
                    RawClient.request(4, new SetData("/", null, -1)));

            assertThat(xid(client)).isEqualTo(1);
            assertThat(xid(client)).isEqualTo(2);
            assertThat(client.rest()).isEmpty();
        }
    }

    /** Gotcha 72. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void the_answer_to_a_word_is_complete_whatever_follows_the_word(int ioThreads) throws IOException {
        for (String behind : new String[] {"", "\n", "\r\n", "x".repeat(100_000)}) {
            try (RawClient client = connect(ioThreads)) {
                client.send(ascii("ruok" + behind));

                assertThat(new String(client.rest(), US_ASCII)).isEqualTo("imok");
            }
        }
    }

    /** As with echo and a pipe to nc. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void a_client_that_has_ended_its_half_gets_the_whole_answer_to_its_word(int ioThreads) throws IOException {
        for (int round = 0; round < 20; round++) {
            try (RawClient client = connect(ioThreads)) {
                client.send(ascii("mntr"));
                client.endOutput();

                assertThat(new String(client.rest(), US_ASCII))
                        .contains("zk_version")
                        .contains("zk_znode_count");
            }
        }
    }

    @Test
    void a_client_that_has_ended_its_half_in_a_session_has_gone() throws IOException {
        try (RawClient client = connect(0)) {
            client.open(false);
            client.endOutput();

            assertThat(client.rest()).isEmpty();
        }
    }

    /** Gotcha 88: neither silence nor the beginning of a frame; the time is a setting, ten seconds in ZooKeeper. */
    @Test
    void a_connection_that_does_not_say_what_it_wants_goes_when_its_time_is_over() throws IOException {
        long began = System.nanoTime();
        try (RawClient silent = connect(0);
                RawClient half = connect(0)) {
            half.send(Unpooled.wrappedBuffer(new byte[] {0, 0, 0, 45, 0, 0}));

            assertThat(silent.rest()).isEmpty();
            assertThat(half.rest()).isEmpty();

            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isBetween(Duration.ofMillis(1_900), Duration.ofSeconds(9));
        }
    }

    private static int xid(RawClient client) throws IOException {
        return Objects.requireNonNull(client.answer(), "the connection has ended")
                .header()
                .xid();
    }

    private static ByteBuf ascii(String text) {
        return Unpooled.copiedBuffer(text, US_ASCII);
    }
}
