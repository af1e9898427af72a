package io.zabkeeper.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.server.oracle.Ask;
import io.zabkeeper.server.oracle.Handshake;
import io.zabkeeper.server.oracle.Subject;
import io.zabkeeper.server.oracle.WireClient;
import io.zabkeeper.wire.OpCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every word is sent to the reference and to us after the same history; what each server may decide by itself (times,
 * ids, ports, sizes on the disk) is masked, the rest is equal line by line (client protocol §9).
 */
class WordsAgainstReferenceTest {
    private static final byte[] HELLO = {'h', 'e', 'l', 'l', 'o'};
    private static final String TRACE_MASK_307 = "stmk" + "\0".repeat(6) + (char) 1 + (char) 0x33;

    private static Subject reference;
    private static Subject own;

    private final List<WireClient> clients = new ArrayList<>();

    @BeforeAll
    static void start() throws IOException {
        reference = Subject.reference(1);
        own = Subject.own(1);
    }

    @AfterAll
    static void stop() {
        reference.close();
        own.close();
    }

    /** Statistics begin anew, and a client does a little of everything that shows in a word. */
    @BeforeEach
    void history() throws IOException {
        for (Subject subject : List.of(reference, own)) {
            ask(subject, "srst");
            WireClient client = subject.connect(1);
            clients.add(client);
            client.call(Ask.create("/a", HELLO, 0));
            client.call(Ask.create("/a/e", HELLO, 1));
            client.call(Ask.getData("/a", true));
            client.call(Ask.getChildren("/a", true));
            client.call(Ask.exists("/nope", true));
            client.send(-2, Ask.of(OpCode.PING));
            client.reply();
            client.call(Ask.getData("/a/e", true));
        }
    }

    @AfterEach
    void forget() throws IOException {
        for (WireClient client : clients) {
            client.call(Ask.delete("/a/e", -1));
            client.call(Ask.delete("/a", -1));
            client.call(Ask.of(OpCode.CLOSE_SESSION));
            client.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ruok", "ruok\n", "isro", "gtmk", "crst", "srst", "wchs", "hash"})
    void is_the_same_to_the_byte(String word) throws IOException {
        assertThat(ask(own, word)).isEqualTo(ask(reference, word));
    }

    @ParameterizedTest
    @ValueSource(strings = {"srvr", "stat", "cons", "dirs", "conf", "dump", "wchc", "wchp"})
    void is_the_same_line_by_line(String word) throws Exception {
        linesThatAreAlike(word);
    }

    @Test
    void envi_has_the_same_lines() throws IOException {
        assertThat(keys(ask(own, "envi"), "=")).isEqualTo(keys(ask(reference, "envi"), "="));
    }

    @Test
    void the_mask_behind_stmk_is_read_back() throws IOException {
        assertThat(ask(own, TRACE_MASK_307))
                .isEqualTo(ask(reference, TRACE_MASK_307))
                .isEqualTo("307");
        assertThat(ask(own, "gtmk")).isEqualTo(ask(reference, "gtmk")).isEqualTo("307");
    }

    /** A connection's line tells what its client did last, whatever that was. */
    @Test
    void cons_names_each_operation_alike() throws Exception {
        List<Ask> all = List.of(
                Ask.create("/a/x", HELLO, 0),
                Ask.setData("/a/x", HELLO, -1),
                Ask.exists("/a/x", false),
                Ask.getData("/a/x", false),
                Ask.path(OpCode.GET_ACL, "/a/x"),
                Ask.getChildren("/a", false),
                Ask.read(OpCode.GET_CHILDREN2, "/a", false),
                Ask.path(OpCode.SYNC, "/a"),
                Ask.multi(OpCode.MULTI, List.of(Ask.setData("/a/x", HELLO, -1))),
                Ask.multi(OpCode.MULTI_READ, List.of(Ask.getData("/a/x", false))),
                Ask.watch(OpCode.ADD_WATCH, "/a/w", 0),
                Ask.path(OpCode.GET_EPHEMERALS, "/"),
                Ask.path(OpCode.GET_ALL_CHILDREN_NUMBER, "/"),
                Ask.of(OpCode.WHO_AM_I),
                Ask.delete("/a/x", -1),
                Ask.getData("/missing", false));
        for (Ask ask : all) {
            clients.get(0).call(ask);
            clients.get(1).call(ask);
            linesThatAreAlike("cons");
        }
    }

    @Test
    void a_new_connection_and_one_after_crst_look_alike() throws Exception {
        List<Subject> both = List.of(reference, own);
        List<WireClient> opened = new ArrayList<>();
        for (Subject subject : both) {
            opened.add(subject.connect(1));
        }
        assertThat(linesThatAreAlike("cons")).anyMatch(line -> line.contains("lop=SESS"));
        for (Subject subject : both) {
            ask(subject, "crst");
        }
        assertThat(linesThatAreAlike("cons")).noneMatch(line -> line.contains("lop=SESS"));
        List<WireClient> back = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            back.add(both.get(i).open(1));
            back.get(i).handshake(Handshake.again(opened.get(i).session()));
        }
        linesThatAreAlike("cons");
        for (WireClient client : back) {
            client.call(Ask.of(OpCode.CLOSE_SESSION));
            client.close();
        }
        for (WireClient client : opened) {
            client.close();
        }
    }

    /** The figures behind each name that are of the same history. */
    @Test
    void mntr_counts_alike() throws Exception {
        List<String> counts = new ArrayList<>();
        for (String name : List.of(
                "server_state",
                "num_alive_connections",
                "packets_received",
                "packets_sent",
                "outstanding_requests",
                "znode_count",
                "watch_count",
                "ephemerals_count",
                "global_sessions",
                "local_sessions",
                "connection_request_count",
                "bytes_received_count",
                "cnt_readlatency",
                "cnt_updatelatency",
                "last_client_response_size",
                "min_client_response_size",
                "max_client_response_size",
                "auth_failed_count",
                "connection_rejected",
                "connection_drop_count",
                "sessionless_connections_expired",
                "watch_bytes",
                "response_bytes",
                "cnt_propagation_latency",
                "stale_sessions_expired")) {
            counts.add("zk_" + name);
        }
        Alike.soon(
                () -> Alike.only(counts, values(ask(reference, "mntr"))),
                () -> Alike.only(counts, values(ask(own, "mntr"))));
    }

    @Test
    void a_client_that_hangs_up_counts_alike() throws Exception {
        for (Subject subject : List.of(reference, own)) {
            subject.connect(1).close();
        }
        Map<String, String> agreed = Alike.soon(
                () -> Alike.only(List.of("zk_connection_drop_count"), values(ask(reference, "mntr"))),
                () -> Alike.only(List.of("zk_connection_drop_count"), values(ask(own, "mntr"))));

        assertThat(agreed).containsEntry("zk_connection_drop_count", "1");
    }

    /** A dashboard finds what it asks for, or the reason why not is documented. */
    @Test
    void mntr_has_every_name_but_those_without_a_counterpart() throws IOException {
        List<String> theirs = new ArrayList<>(values(ask(reference, "mntr")).keySet());
        theirs.removeIf(AbsentMetrics::isAbsent);

        assertThat(values(ask(own, "mntr")).keySet()).containsAll(theirs);
    }

    private static List<String> linesThatAreAlike(String word) throws Exception {
        return Alike.soon(() -> Masks.lines(ask(reference, word)), () -> Masks.lines(ask(own, word)));
    }

    private static String ask(Subject subject, String word) throws IOException {
        return subject.member(1).ask(word);
    }

    private static Map<String, String> values(String mntr) {
        Map<String, String> values = new TreeMap<>();
        for (String line : mntr.strip().split("\n", -1)) {
            String[] parts = line.split("\t", -1);
            assertThat(parts).as(line).hasSize(2);
            values.put(parts[0], parts[1]);
        }
        return values;
    }

    private static List<String> keys(String text, String separator) {
        List<String> keys = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            keys.add(line.split(separator, -1)[0]);
        }
        return keys;
    }
}
