package io.zabkeeper.server.gotchas;

import static io.zabkeeper.server.gotchas.Calls.CONTAINER;
import static io.zabkeeper.server.gotchas.Calls.NOTHING;
import static io.zabkeeper.server.gotchas.Calls.NO_NODE;
import static io.zabkeeper.server.gotchas.Calls.PERSISTENT;
import static io.zabkeeper.server.gotchas.Calls.SEQUENTIAL;
import static io.zabkeeper.server.gotchas.Calls.done;
import static io.zabkeeper.server.gotchas.Calls.node;
import static io.zabkeeper.server.gotchas.Calls.refused;
import static io.zabkeeper.server.gotchas.Calls.results;
import static io.zabkeeper.server.gotchas.Calls.stat;
import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.server.oracle.Ask;
import io.zabkeeper.server.oracle.OnBoth;
import io.zabkeeper.server.oracle.Received;
import io.zabkeeper.server.oracle.Subject;
import io.zabkeeper.server.oracle.WireClient;
import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.OpCode;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;

/** What comes back from a multi, and what is left of one that failed. */
class MultiGotchasTest {
    @OnBoth
    void g42_a_failed_multi_is_no_error_and_tells_the_error_of_each_operation_twice(Subject subject)
            throws IOException {
        try (WireClient client = subject.connect(1)) {
            Received.Frame reply =
                    done(client, multi(plain("/g42"), Ask.setData("/g42-none", NOTHING, -1), plain("/g42-b")));

            assertThat(HexFormat.of().formatHex(reply.body().rest()))
                    .isEqualTo("ffffffff" + "00" + "00000000" + "00000000"
                            + "ffffffff" + "00" + "ffffff9b" + "ffffff9b"
                            + "ffffffff" + "00" + "fffffffe" + "fffffffe"
                            + "ffffffff" + "01" + "ffffffff");
            refused(client, NO_NODE, Ask.exists("/g42", false));
        }
    }

    @OnBoth
    void g43_create_in_a_multi_is_answered_without_a_stat(Subject subject) throws IOException {
        try (WireClient client = subject.connect(1)) {
            Received.Frame reply = done(client, multi(plain("/g43")));

            assertThat(HexFormat.of().formatHex(reply.body().rest()))
                    .isEqualTo(
                            "00000001" + "00" + "00000000" + "00000004" + "2f673433" + "ffffffff" + "01" + "ffffffff");
        }
    }

    @OnBoth
    void g44_the_other_creates_in_a_multi_are_answered_with_a_stat(Subject subject) throws IOException {
        try (WireClient client = subject.connect(1)) {
            Received.Frame reply = done(
                    client,
                    multi(
                            Ask.create(OpCode.CREATE2, "/g44", NOTHING, Acl.OPEN_UNSAFE, PERSISTENT),
                            Ask.create(OpCode.CREATE_CONTAINER, "/g44/c", NOTHING, Acl.OPEN_UNSAFE, CONTAINER),
                            Ask.createTtl("/g44/t", NOTHING, Acl.OPEN_UNSAFE, Calls.TTL, 3_600_000)));

            String zxid = " czxid=" + reply.zxid();
            assertThat(results(reply)).containsExactly("15 /g44" + zxid, "15 /g44/c" + zxid, "15 /g44/t" + zxid);
        }
    }

    @OnBoth
    void g45_a_multi_ends_with_its_mark_even_when_it_is_empty(Subject subject) throws IOException {
        try (WireClient client = subject.connect(1)) {
            Received.Frame empty = done(client, multi());

            assertThat(HexFormat.of().formatHex(empty.body().rest())).isEqualTo("ffffffff" + "01" + "ffffffff");
            assertThat(results(done(client, multi(Ask.check("/", -1))))).containsExactly("13");
        }
    }

    @OnBoth
    void g46_the_result_of_a_check_in_front_tells_whether_it_was_the_check_that_failed(Subject subject)
            throws IOException {
        try (WireClient client = subject.connect(1)) {
            node(client, "/g46");

            assertThat(results(done(client, multi(Ask.check("/g46", 0), Ask.delete("/g46-none", -1)))))
                    .containsExactly("error 0 0", "error -101 -101");
            assertThat(results(done(client, multi(Ask.check("/g46", 5), Ask.delete("/g46", -1)))))
                    .containsExactly("error -103 -103", "error -2 -2");
        }
    }

    @OnBoth
    void g47_operations_see_what_those_before_them_did(Subject subject) throws IOException {
        try (WireClient client = subject.connect(1)) {
            assertThat(results(done(
                            client,
                            multi(
                                    plain("/g47"),
                                    plain("/g47/c"),
                                    Ask.setData("/g47", NOTHING, 0),
                                    Ask.check("/g47", 1)))))
                    .containsExactly("1 /g47", "1 /g47/c", "5 version=1", "13");
            assertThat(results(done(client, multi(Ask.delete("/g47/c", -1), Ask.delete("/g47", 1)))))
                    .containsExactly("2", "2");
        }
    }

    @OnBoth
    void g48_a_failed_multi_fires_nothing_and_uses_up_no_sequence_number(Subject subject) throws IOException {
        try (WireClient client = subject.connect(1)) {
            node(client, "/g48");
            done(client, Ask.getData("/g48", true));
            done(client, Ask.getChildren("/g48", true));

            results(done(
                    client,
                    multi(
                            Ask.setData("/g48", NOTHING, -1),
                            Ask.create("/g48/s-", NOTHING, SEQUENTIAL),
                            Ask.check("/g48", 77))));

            assertThat(Calls.eventsUntilNow(client)).isEmpty();
            assertThat(stat(client, "/g48").version()).isZero();
            assertThat(node(client, "/g48/s-", SEQUENTIAL)).isEqualTo("/g48/s-0000000000");
        }
    }

    @OnBoth
    void g49_all_nodes_of_a_multi_have_one_zxid(Subject subject) throws IOException {
        try (WireClient client = subject.connect(1)) {
            Received.Frame reply = done(client, multi(plain("/g49"), plain("/g49/a"), plain("/g49/a/b")));

            for (String path : List.of("/g49", "/g49/a", "/g49/a/b")) {
                assertThat(stat(client, path).czxid()).isEqualTo(reply.zxid());
                assertThat(stat(client, path).pzxid()).isEqualTo(reply.zxid());
            }
        }
    }

    private static Ask plain(String path) {
        return Ask.create(path, NOTHING, PERSISTENT);
    }

    private static Ask multi(Ask... parts) {
        return Ask.multi(OpCode.MULTI, List.of(parts));
    }
}
