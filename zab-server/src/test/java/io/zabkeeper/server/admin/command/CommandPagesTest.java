package io.zabkeeper.server.admin.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.consensus.quorum.NodeId;
import io.zabkeeper.server.admin.Reports;
import io.zabkeeper.server.admin.http.Answer;
import io.zabkeeper.server.admin.http.Question;
import io.zabkeeper.server.admin.report.Desk.Effect;
import io.zabkeeper.server.admin.report.TraceMask;
import io.zabkeeper.server.config.Endpoint;
import io.zabkeeper.server.config.Member;
import io.zabkeeper.server.metrics.MemberReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Client protocol §9.7. */
class CommandPagesTest {
    private static final List<Member> ENSEMBLE = List.of(
            new Member(new NodeId(1), new Endpoint("one", 2888), 3888, false, new Endpoint("0.0.0.0", 2181), null),
            new Member(new NodeId(2), new Endpoint("two", 2889), 3889, false, new Endpoint("two", 2182), null),
            new Member(new NodeId(3), new Endpoint("three", 2890), 3890, true, null, null));

    private final List<Effect> effects = new ArrayList<>();
    private MemberReport report = Reports.standalone();
    private List<Member> members = List.of();

    @Test
    void the_path_itself_lists_the_commands() {
        Answer list = get("/commands");

        assertThat(list.status()).isEqualTo(200);
        assertThat(list.text()).startsWith("""
                        <a href="/commands/configuration">configuration</a>
                        <br/>
                        <a href="/commands/connection_stat_reset">connection_stat_reset</a>
                        <br/>
                        """).endsWith("""
                        <a href="/commands/zabstate">zabstate</a>
                        <br/>
                        """);
        assertThat(get("/commands/")).isEqualTo(list);
    }

    @Test
    void a_command_answers_by_its_first_name_whatever_it_was_called() {
        assertThat(get("/commands/isro").text()).isEqualTo("""
                        {
                          "read_only" : false,
                          "command" : "is_read_only",
                          "error" : null
                        }""");
        assertThat(get("/commands/isro").contentType()).isEqualTo("application/json");
    }

    @ParameterizedTest
    @CsvSource({
        "conf, configuration",
        "config, configuration",
        "crst, connection_stat_reset",
        "cons, connections",
        "env, environment",
        "envi, environment",
        "gtmk, get_trace_mask",
        "icfg, initial_configuration",
        "isro, is_read_only",
        "lsnp, last_snapshot",
        "lead, leader",
        "mntr, monitor",
        "orst, observer_connection_stat_reset",
        "obsr, observers",
        "srvr, server_stats",
        "srst, stat_reset",
        "stat, stats",
        "sysp, system_properties",
        "wchs, watch_summary",
        "wchc, watches",
        "wchp, watches_by_path"
    })
    void the_aliases_are_known(String alias, String name) {
        assertThat(get("/commands/" + alias).text())
                .contains("\"command\" : \"" + name + "\"")
                .isEqualTo(get("/commands/" + name).text());
    }

    @Test
    void an_unknown_command_says_so() {
        assertThat(get("/commands/nosuch")).isEqualTo(new Answer(200, "application/json", """
                        {
                          "command" : "nosuch",
                          "error" : "Unknown command: nosuch"
                        }"""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "", "/command", "/commandsX/ruok", "/nosuch/commands"})
    void nothing_else_is_here(String path) {
        assertThat(get(path).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "TRACE", "get"})
    void only_reading_is_answered(String method) {
        assertThat(ask(method, "/commands/ruok", Map.of()).status()).isEqualTo(405);
        assertThat(effects).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"snapshot", "restore", "snap", "rest", "shed_connections"})
    void what_moves_state_in_and_out_is_refused(String name) {
        for (String method : List.of("GET", "POST")) {
            Answer answer = ask(method, "/commands/" + name, Map.of());

            assertThat(answer.status()).isEqualTo(501);
            assertThat(answer.text()).contains("\"error\" : \"" + name + " is not supported by this server\"");
        }
    }

    @ParameterizedTest
    @EnumSource(Command.class)
    void a_member_that_serves_nobody_says_so(Command command) {
        report = Reports.notServing();

        String text = get("/commands/" + command.text()).text();

        if (command == Command.SET_TRACE_MASK) {
            assertThat(text).contains("requires long traceMask argument");
        } else if (command.isAnsweredAlways()) {
            assertThat(text).contains("\"error\" : null");
        } else {
            assertThat(text)
                    .contains("\"error\" : \"This ZooKeeper instance is not currently serving requests\"")
                    .contains("\"command\" : \"" + command.text() + "\"");
        }
    }

    @Test
    void the_trace_mask_is_read_back() {
        assertThat(get("/commands/get_trace_mask").text()).contains("\"tracemask\" : 306");
        assertThat(ask("GET", "/commands/set_trace_mask", Map.of("traceMask", "x"))
                        .text())
                .isEqualTo("""
                        {
                          "command" : "set_trace_mask",
                          "error" : "setTraceMask requires long traceMask argument, got x"
                        }""");
        assertThat(ask("GET", "/commands/set_trace_mask", Map.of("traceMask", "307"))
                        .text())
                .contains("\"tracemask\" : 307");
    }

    @Test
    void the_resets_do_something_and_the_others_do_not() {
        get("/commands/stat_reset");
        get("/commands/connection_stat_reset");
        get("/commands/ruok");

        assertThat(effects).containsExactly(Effect.RESET_STATISTICS, Effect.RESET_CONNECTIONS, Effect.NONE);
    }

    @Test
    void connections_tell_more_of_those_with_a_session() {
        assertThat(get("/commands/connections").text()).startsWith("""
                        {
                          "connections" : [ {
                            "remote_socket_address" : "127.0.0.1:50001",
                            "interest_ops" : 0,
                            "outstanding_requests" : 0,
                            "packets_received" : 1,
                            "packets_sent" : 0
                          }, {
                            "remote_socket_address" : "10.0.0.9:50002",
                            "interest_ops" : 1,
                            "outstanding_requests" : 2,
                            "packets_received" : 30,
                            "packets_sent" : 28,
                            "session_id" : 1048736,
                            "last_operation" : "PING",
                            "established" : 1700000000000,
                            "session_timeout" : 30000,
                            "last_cxid" : 28,
                            "last_zxid" : 8589934602,
                            "last_response_time" : 123456,
                            "last_latency" : 1,
                            "min_latency" : 0,
                            "avg_latency" : 2,
                            "max_latency" : 9
                          } ],
                          "secure_connections" : [ ],
                        """);
    }

    @Test
    void watches_are_told_by_session_and_by_path() {
        assertThat(get("/commands/watches").text()).startsWith("""
                        {
                          "session_id_to_watched_paths" : {
                            "7" : [ "/b" ],
                            "1048736" : [ "/a", "/b" ]
                          },
                        """);
        assertThat(get("/commands/watches_by_path").text()).startsWith("""
                        {
                          "path_to_session_ids" : {
                            "/a" : [ 1048736 ],
                            "/b" : [ 7, 1048736 ]
                          },
                        """);
    }

    @Test
    void a_member_of_an_ensemble_knows_its_leader_and_the_voters() {
        members = ENSEMBLE;
        report = Reports.follower();

        assertThat(get("/commands/leader").text()).startsWith("""
                        {
                          "is_leader" : false,
                          "leader_id" : 1,
                          "leader_ip" : "one",
                        """);
        assertThat(get("/commands/voting_view").text())
                .contains("\"1\" : {")
                .contains("\"client_address\" : \"two:2182\"")
                .doesNotContain("three");
        assertThat(get("/commands/zabstate").text())
                .contains("\"myid\" : 2", "\"zab_epoch\" : 2", "\"zab_counter\" : 10", "\"zabstate\" : \"broadcast\"");
    }

    @Test
    void a_standalone_member_has_no_leader() {
        assertThat(get("/commands/leader").text()).isEqualTo("""
                        {
                          "error" : "server is not initialized",
                          "command" : "leader"
                        }""");
    }

    @Test
    void the_figures_of_a_leader_have_its_proposals() {
        members = ENSEMBLE;
        report = Reports.leader();

        assertThat(get("/commands/server_stats").text())
                .contains("\"proposal_stats\" : {")
                .contains("\"node_count\" : 5");
        assertThat(get("/commands/monitor").text())
                .startsWith("{\n  \"version\" : \"" + Reports.VERSION + "\",\n  \"server_state\" : \"leader\",\n")
                .contains("\"synced_followers\" : 2")
                .contains("\"p99_readlatency\" : 4");
    }

    private Answer get(String path) {
        return ask("GET", path, Map.of());
    }

    private final TraceMask mask = new TraceMask();

    private Answer ask(String method, String path, Map<String, String> parameters) {
        CommandPages pages = new CommandPages(
                "/commands",
                new Commands(Reports.config("*", members), Map.of("host.name", "h"), Map.of("user.name", "u")),
                (effect, topics, receiver) -> {
                    effects.add(effect);
                    receiver.accept(report);
                },
                mask);
        @Nullable Answer[] answer = new Answer[1];
        pages.answer(new Question(method, path, parameters), given -> answer[0] = given);
        Answer given = answer[0];
        if (given == null) {
            throw new AssertionError("no answer");
        }
        return given;
    }
}
