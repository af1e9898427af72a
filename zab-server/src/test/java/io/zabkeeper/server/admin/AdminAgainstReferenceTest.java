package io.zabkeeper.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.zabkeeper.server.ensemble.FreePorts;
import io.zabkeeper.server.ensemble.Program;
import io.zabkeeper.server.ensemble.TestEnsemble;
import io.zabkeeper.server.metrics.PrometheusPage;
import io.zabkeeper.server.oracle.Ask;
import io.zabkeeper.server.oracle.WireClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The admin commands and the page for Prometheus of a real member beside those of the reference after the same history
 * (client protocol §9.7, §9.8).
 */
class AdminAgainstReferenceTest {
    private static final String PROVIDER = "org.apache.zookeeper.metrics.prometheus.PrometheusMetricsProvider";

    /** Texts that are compared as they are; of others only that there is one. */
    private static final Set<String> EXACT =
            Set.of("command", "error", "last_operation", "server_state", "zabstate", "zxid");

    private static final int TOO_MANY = 429;
    private static final int MOST_REFUSALS = 100;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static Side reference;
    private static Side own;

    /** A server with its two ports. */
    private static final class Side {
        final TestEnsemble ensemble;
        final int admin;
        final int metrics;
        final WireClient client;

        Side(Program program) throws IOException {
            admin = FreePorts.one();
            metrics = FreePorts.one();
            ensemble = TestEnsemble.started(
                    program,
                    1,
                    "admin.enableServer=true",
                    "admin.serverAddress=127.0.0.1",
                    "admin.serverPort=" + admin,
                    "metricsProvider.className=" + PROVIDER,
                    "metricsProvider.httpHost=127.0.0.1",
                    "metricsProvider.httpPort=" + metrics);
            client = WireClient.open(new InetSocketAddress(
                    InetAddress.getLoopbackAddress(), ensemble.member(1).clientPort()));
            client.newSession(40_000); // Nobody pings, and what shows of it is looked at until the last test.
            client.call(Ask.create("/a", new byte[] {1, 2, 3}, 0));
            client.call(Ask.create("/a/e", new byte[0], 1));
            client.call(Ask.getData("/a", true));
            client.call(Ask.exists("/nope", true));
        }

        HttpResponse<String> ask(String method, String path) throws IOException, InterruptedException {
            return send(method, admin, path);
        }

        JsonNode json(String path) throws IOException, InterruptedException {
            HttpResponse<String> answer = ask("GET", path);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
            return JSON.readTree(answer.body());
        }

        PrometheusPage page() throws IOException, InterruptedException {
            return PrometheusPage.of(send("GET", metrics, "/metrics").body());
        }

        void close() {
            client.close();
            ensemble.close();
        }
    }

    @BeforeAll
    static void start() throws IOException {
        reference = new Side(Program.APACHE);
        own = new Side(Program.ZABKEEPER);
    }

    @AfterAll
    static void stop() {
        reference.close();
        own.close();
    }

    @Test
    void the_list_of_commands_is_the_same_but_for_those_that_move_snapshots() throws Exception {
        String theirs = reference.ask("GET", "/commands").body();

        assertThat(own.ask("GET", "/commands").body())
                .isEqualTo(theirs.replaceAll("<a href=\"/commands/(snapshot|restore)\">\\w+</a>\n<br/>\n", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "configuration",
                "connection_stat_reset",
                "connections",
                "dirs",
                "dump",
                "get_trace_mask",
                "hash",
                "is_read_only",
                "last_snapshot",
                "leader",
                "observer_connection_stat_reset",
                "observers",
                "ruok",
                "server_stats",
                "set_trace_mask",
                "set_trace_mask?traceMask=x",
                "stat_reset",
                "stats",
                "voting_view",
                "watch_summary",
                "watches",
                "watches_by_path",
                "zabstate",
                "conf",
                "config",
                "cons",
                "crst",
                "env",
                "envi",
                "gtmk",
                "isro",
                "lead",
                "lsnp",
                "obsr",
                "orst",
                "srst",
                "srvr",
                "stat",
                "stmk",
                "wchc",
                "wchp",
                "wchs",
                "nosuch",
                "ruok?x=1"
            })
    void a_command_answers_with_the_same_keys_and_kinds(String command) throws Exception {
        Object theirs = shape("", reference.json("/commands/" + command));

        assertThat(shape("", own.json("/commands/" + command))).isEqualTo(theirs);
    }

    @Test
    void the_layout_is_the_same_to_the_byte() throws Exception {
        for (String command : List.of("ruok", "watch_summary", "nosuch", "observers", "voting_view", "is_read_only")) {
            assertThat(own.ask("GET", "/commands/" + command).body())
                    .isEqualTo(reference.ask("GET", "/commands/" + command).body());
        }
    }

    @Test
    void the_system_properties_are_there() throws Exception {
        assertThat(own.json("/commands/sysp").get("java.version"))
                .isEqualTo(reference.json("/commands/sysp").get("java.version"));
    }

    @ParameterizedTest
    @CsvSource({"GET, /", "GET, /nosuch", "PUT, /commands/ruok", "HEAD, /commands", "HEAD, /commands/ruok"})
    void what_is_no_command_has_the_same_status(String method, String path) throws Exception {
        assertThat(own.ask(method, path).statusCode())
                .isEqualTo(reference.ask(method, path).statusCode());
    }

    @Test
    void monitor_tells_what_mntr_tells() throws Exception {
        List<String> names = new ArrayList<>();
        own.json("/commands/monitor").fieldNames().forEachRemaining(names::add);
        List<String> lines = new ArrayList<>();
        for (String line : own.ensemble.member(1).ask("mntr").strip().split("\n", -1)) {
            lines.add(line.split("\t", -1)[0].substring("zk_".length()));
        }
        lines.add("command");
        lines.add("error");

        assertThat(names).isEqualTo(lines);
    }

    /** A dashboard finds what it asks for under the same name and type, or the reason why not is documented. */
    @Test
    void prometheus_finds_the_same_names_and_types() throws Exception {
        Map<String, String> theirs = new TreeMap<>(reference.page().types());
        theirs.keySet()
                .removeIf(name -> AbsentMetrics.isAbsent("zk_" + name)
                        || name.startsWith("jvm_memory_pool_allo")
                        || name.equals("process_resident_memory_bytes"));

        assertThat(own.page().types()).containsAllEntriesOf(theirs);
    }

    @Test
    void prometheus_finds_the_same_samples() throws Exception {
        Set<String> ours = own.page().samples();

        for (String sample : reference.page().samples()) {
            String name = sample.substring(0, sample.indexOf('{')).replaceAll("_(count|sum)$", "");
            if (own.page().types().containsKey(name)
                    && !sample.contains("pool=")
                    && !sample.contains("gc=")
                    && !name.equals("jvm_info")) {
                assertThat(ours).contains(sample);
            }
        }
    }

    @Test
    void prometheus_finds_nothing_elsewhere_and_may_only_read() throws Exception {
        assertThat(send("GET", own.metrics, "/").statusCode()).isEqualTo(404);
        assertThat(send("POST", own.metrics, "/metrics").statusCode()).isEqualTo(405);
        assertThat(send("GET", own.metrics, "/metrics").headers().firstValue("content-type"))
                .hasValue("text/plain; version=0.0.4; charset=utf-8");
    }

    /** Kinds instead of values, and texts that are part of the protocol. */
    private static Object shape(String key, JsonNode node) {
        if (node.isObject()) {
            Map<String, Object> shape = new TreeMap<>();
            node.fields()
                    .forEachRemaining(member -> shape.put(
                            member.getKey().matches("\\d+") ? "ID" : member.getKey(),
                            shape(member.getKey(), member.getValue())));
            return shape;
        }
        if (node.isArray()) {
            List<Object> shape = new ArrayList<>();
            node.forEach(element -> shape.add(shape(key, element)));
            return shape;
        }
        if (node.isTextual() && !EXACT.contains(key) && !node.textValue().startsWith("/a")) {
            return "text";
        }
        return node.isNumber() ? "number" : node.toString();
    }

    private static HttpResponse<String> send(String method, int port, String path)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        for (int refused = 0; refused < MOST_REFUSALS; refused++) {
            HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != TOO_MANY) {
                return answer;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100)); // Tests ask faster than any operator.
        }
        throw new AssertionError("refused again and again: " + path);
    }
}
