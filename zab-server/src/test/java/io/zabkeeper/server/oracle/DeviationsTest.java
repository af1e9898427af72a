package io.zabkeeper.server.oracle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.server.oracle.Handshake.Session;
import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.AuthId;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.OpCode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What random scripts leave out, because Zabkeeper does it otherwise on purpose and everything behind it would differ:
 * what the reference does, and what we do (docs/compatibility.md).
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeviationsTest {
    private static final Duration SOON = Duration.ofMillis(300);
    private static final int UNKNOWN = 4711;

    private Subject reference;
    private Subject own;
    private int names;

    @BeforeAll
    void start() throws IOException {
        reference = Subject.reference(1);
        own = Subject.own(1);
    }

    @AfterAll
    void stop() {
        reference.close();
        own.close();
    }

    private String name() {
        return "/n" + ++names;
    }

    @Test
    void a_wrong_password_does_not_end_the_connection_that_has_the_session() throws IOException {
        assertThat(isCutOffByAStranger(reference)).isTrue();
        assertThat(isCutOffByAStranger(own)).isFalse();
    }

    private static boolean isCutOffByAStranger(Subject subject) throws IOException {
        try (WireClient owner = subject.connect(1);
                WireClient stranger = subject.open(1)) {
            Handshake guess = new Handshake(0, 10_000, owner.session().id(), Bytes.of(new byte[16]), false);
            Session answer = stranger.handshake(guess);
            assertThat(answer).isNotNull();
            assertThat(stranger.session().isRefused()).isTrue();
            return owner.isClosedWithin(SOON);
        }
    }

    /** On the reference the last one overtakes, and the others may be lost with the connection. */
    @Test
    void replies_are_in_order_before_an_unknown_operation() throws IOException {
        assertThat(errorsOf(reference, Ask.create(name(), null, 0), new Ask(UNKNOWN, Bytes.EMPTY)))
                .contains(ErrorCode.UNIMPLEMENTED.code());
        assertThat(errorsOf(own, Ask.create(name(), null, 0), new Ask(UNKNOWN, Bytes.EMPTY)))
                .containsExactly(0, ErrorCode.UNIMPLEMENTED.code());
    }

    /** On the reference the old list counts until the new one is applied. */
    @Test
    void what_is_pipelined_behind_a_new_access_control_list_is_checked_by_it() throws IOException {
        assertThat(errorsOfPipelinedAcl(reference)).startsWith(0, 0);
        assertThat(errorsOfPipelinedAcl(own)).containsExactly(0, 0, ErrorCode.NOAUTH.code());
    }

    private List<Integer> errorsOfPipelinedAcl(Subject subject) throws IOException {
        String path = name();
        return errorsOf(
                subject,
                Ask.create(path, null, 0),
                Ask.setAcl(path, Acl.READ_UNSAFE, -1),
                Ask.setData(path, "x".getBytes(UTF_8), -1));
    }

    @Test
    void watches_that_are_set_anew_tell_only_what_the_client_may_read() throws IOException {
        assertThat(replayed(reference)).isEqualTo(1);
        assertThat(replayed(own)).isZero();
    }

    private int replayed(Subject subject) throws IOException {
        String path = name();
        try (WireClient client = subject.connect(1)) {
            Acl hidden = new Acl(31, new AuthId("digest", "bob:nobody"));
            client.call(Ask.create(OpCode.CREATE, path, null, List.of(hidden), 0));
            client.call(Ask.setWatches(OpCode.SET_WATCHES, 0, List.of(List.of(path), List.of(), List.of())));
            return client.events().size();
        }
    }

    @Test
    void a_missing_list_of_watches_is_noticed_before_anything_is_set() throws IOException {
        List<@Nullable List<String>> lists = Arrays.asList(List.of("/nobody"), null, List.of());
        Ask ask = Ask.setWatches(OpCode.SET_WATCHES, 0, lists);

        try (WireClient theirs = reference.connect(1);
                WireClient ours = own.connect(1)) {
            assertThat(theirs.call(ask).error()).isEqualTo(ErrorCode.MARSHALLING_ERROR.code());
            assertThat(theirs.events()).hasSize(1);
            assertThat(ours.call(ask).error()).isEqualTo(ErrorCode.MARSHALLING_ERROR.code());
            assertThat(ours.events()).isEmpty();
        }
    }

    @Test
    void internal_operations_are_unknown_to_clients() throws IOException {
        for (Subject subject : List.of(reference, own)) {
            String path = name();
            int expected = subject.equals(own) ? ErrorCode.UNIMPLEMENTED.code() : 0;
            try (WireClient client = subject.connect(1)) {
                client.call(Ask.create(path, null, 0));
                assertThat(client.call(Ask.path(OpCode.DELETE_CONTAINER, path)).error())
                        .isEqualTo(expected);
            }
        }
    }

    /** An ensemble that comes with such lists keeps them before anybody can prove who he is. */
    @Test
    void identities_of_sasl_and_x509_may_be_in_an_access_control_list() throws IOException {
        for (AuthId id : List.of(new AuthId("sasl", "bob"), new AuthId("x509", "CN=bob"))) {
            List<Acl> acl = List.of(new Acl(31, id));
            assertThat(errorsOf(reference, Ask.create(OpCode.CREATE, name(), null, acl, 0)))
                    .containsExactly(ErrorCode.INVALID_ACL.code());
            assertThat(errorsOf(own, Ask.create(OpCode.CREATE, name(), null, acl, 0)))
                    .containsExactly(0);
        }
    }

    /** The leader of the reference drops such a request, and its follower waits for the commit for ever. */
    @Test
    void a_write_that_cannot_be_decoded_stops_no_follower() throws IOException {
        try (Subject three = Subject.own(3)) {
            for (int member = 1; member <= 3; member++) {
                try (WireClient client = three.connect(member)) {
                    assertThat(client.call(Ask.of(OpCode.CREATE)).error())
                            .isEqualTo(ErrorCode.MARSHALLING_ERROR.code());
                    assertThat(client.call(Ask.create(name(), null, 0)).error()).isZero();
                }
            }
        }
    }

    /** Errors of the replies to these, sent in one piece, in the order in which they come. */
    private static List<Integer> errorsOf(Subject subject, Ask... asks) throws IOException {
        List<Integer> errors = new ArrayList<>();
        try (WireClient client = subject.connect(1)) {
            RecordWriter out = new RecordWriter();
            for (int i = 0; i < asks.length; i++) {
                out.buffer(asks[i].payload(i + 1));
            }
            client.send(out.bytes());
            while (errors.size() < asks.length) {
                Received received = client.receive(WireClient.PATIENCE);
                if (!(received instanceof Received.Frame frame)) {
                    return errors;
                }
                errors.add(frame.error());
            }
        }
        return errors;
    }
}
