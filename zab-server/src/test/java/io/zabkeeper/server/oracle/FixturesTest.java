package io.zabkeeper.server.oracle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.server.oracle.Handshake.Session;
import io.zabkeeper.wire.OpCode;
import java.time.Duration;

/** The fixtures do against both servers what the oracle builds upon. */
class FixturesTest {
    private static final Duration SOON = Duration.ofMillis(200);

    @OnBoth
    void a_session_moves_between_raw_connections_of_either_server(Subject subject) throws Exception {
        assertASessionMoves(subject);
    }

    @OnBoth(members = 3)
    void a_session_moves_between_members_of_either_server(Subject subject) throws Exception {
        assertASessionMoves(subject);
    }

    private static void assertASessionMoves(Subject subject) throws Exception {
        int members = subject.members();
        try (WireClient first = subject.connect(1);
                WireClient watcher = subject.connect(members);
                WireClient second = subject.open(members)) {
            assertThat(first.call(Ask.create("/e", "hi".getBytes(UTF_8), 1))
                            .body()
                            .text())
                    .isEqualTo("/e");
            assertThat(watcher.call(Ask.path(OpCode.SYNC, "/")).error()).isZero();
            assertThat(watcher.call(Ask.exists("/e", true)).body().stat().ephemeralOwner())
                    .isEqualTo(first.session().id());

            byte[] pipelined = new RecordWriter()
                    .buffer(Handshake.again(first.session()).payload())
                    .buffer(Ask.setData("/e", null, 0).payload(77))
                    .bytes();
            for (byte one : pipelined) {
                second.send(one);
            }

            Session moved = second.handshakeAnswer();
            assertThat(moved).isNotNull();
            assertThat(second.session().id()).isEqualTo(first.session().id());
            assertThat(second.reply().xid()).isEqualTo(77);
            Received.Frame event = watcher.event();
            assertThat(event.body().int32()).isEqualTo(3);
            assertThat(watcher.receive(SOON)).isInstanceOf(Received.Silence.class);
            if (members == 1) {
                assertThat(first.isClosedWithin(WireClient.PATIENCE)).isTrue();
            }
            assertThat(second.call(Ask.of(OpCode.CLOSE_SESSION)).error()).isZero();
            assertThat(second.isClosedWithin(WireClient.PATIENCE)).isTrue();
        }
    }
}
