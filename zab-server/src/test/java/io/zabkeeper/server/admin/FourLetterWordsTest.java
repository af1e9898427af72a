package io.zabkeeper.server.admin;

import static io.zabkeeper.server.admin.Reports.VERSION;
import static io.zabkeeper.server.admin.Reports.details;
import static io.zabkeeper.server.admin.Reports.follower;
import static io.zabkeeper.server.admin.Reports.leader;
import static io.zabkeeper.server.admin.Reports.notServing;
import static io.zabkeeper.server.admin.Reports.report;
import static io.zabkeeper.server.admin.Reports.standalone;
import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.consensus.quorum.NodeId;
import io.zabkeeper.server.config.Endpoint;
import io.zabkeeper.server.config.Environment;
import io.zabkeeper.server.config.Member;
import io.zabkeeper.server.metrics.MemberReport;
import io.zabkeeper.server.metrics.MemberReport.Connection;
import io.zabkeeper.server.metrics.MemberReport.Conversation;
import io.zabkeeper.server.metrics.MemberReport.Details;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FourLetterWordsTest {
    private static final long MASK = 0x132;

    private final FourLetterWords words = allowing("*", List.of());

    @Test
    void ruok_is_answered_without_a_newline_and_even_when_not_serving() {
        assertThat(answer(Word.RUOK, follower())).isEqualTo("imok");
        assertThat(answer(Word.RUOK, notServing())).isEqualTo("imok");
    }

    @Test
    void isro_says_null_when_not_serving() {
        assertThat(answer(Word.ISRO, follower())).isEqualTo("rw");
        assertThat(answer(Word.ISRO, notServing())).isEqualTo("null");
    }

    @Test
    void srvr_has_no_clients() {
        assertThat(answer(Word.SRVR, follower())).isEqualTo("""
                        Zookeeper version: 3.9.5-zab, built on 2026-11-23 12:00 UTC
                        Latency min/avg/max: 0/1.25/17
                        Received: 100
                        Sent: 101
                        Connections: 2
                        Outstanding: 3
                        Zxid: 0x20000000a
                        Mode: follower
                        Node count: 5
                        """);
    }

    @Test
    void a_leader_adds_the_sizes_of_its_proposals() {
        assertThat(answer(Word.SRVR, leader())).endsWith("""
                        Mode: leader
                        Node count: 5
                        Proposal sizes last/min/max: 48/-1/512
                        """);
    }

    @Test
    void stat_lists_the_clients_and_a_blank_line() {
        assertThat(answer(Word.STAT, follower())).startsWith("""
                        Zookeeper version: 3.9.5-zab, built on 2026-11-23 12:00 UTC
                        Clients:
                         /127.0.0.1:50001[0](queued=0,recved=1,sent=0)
                         /10.0.0.9:50002[1](queued=2,recved=30,sent=28)

                        Latency min/avg/max: 0/1.25/17
                        """);
    }

    @Test
    void cons_tells_more_of_a_connection_with_a_session() {
        assertThat(answer(Word.CONS, follower()))
                .isEqualTo(" /127.0.0.1:50001[0](queued=0,recved=1,sent=0)\n"
                        + " /10.0.0.9:50002[1](queued=2,recved=30,sent=28,sid=0x1000a0,lop=PING,est=1700000000000"
                        + ",to=30000,lcxid=0x1c,lzxid=0x20000000a,lresp=123456,llat=1,minlat=0,avglat=2,maxlat=9)\n"
                        + "\n");
    }

    @Test
    void cons_leaves_out_an_unknown_xid() {
        Connection connection =
                new Connection("1.2.3.4:5", 0, 0, 0, 0, 0, new Conversation(1, "NA", 0, 4000, -1, -1, 0, 0, 0, 0, 0));
        Details details =
                new Details(List.of(), List.of(connection), List.of(), List.of(), List.of(), List.of(), false);

        assertThat(answer(Word.CONS, report(true, MemberReport.Mode.FOLLOWER, details)))
                .isEqualTo(" /1.2.3.4:5[0](queued=0,recved=0,sent=0,sid=0x1,lop=NA,est=0,to=4000"
                        + ",lzxid=0xffffffffffffffff,lresp=0,llat=0,minlat=0,avglat=0,maxlat=0)\n\n");
    }

    @Test
    void mntr_begins_with_version_and_state() {
        assertThat(answer(Word.MNTR, leader())).isEqualTo("""
                        zk_version\t3.9.5-zab, built on 2026-11-23 12:00 UTC
                        zk_server_state\tleader
                        zk_peer_state\tleading - broadcast
                        zk_avg_latency\t1.25
                        zk_max_latency\t17
                        zk_min_latency\t0
                        zk_packets_received\t100
                        zk_packets_sent\t101
                        zk_num_alive_connections\t2
                        zk_outstanding_requests\t3
                        zk_uptime\t7000
                        zk_znode_count\t5
                        zk_watch_count\t8
                        zk_ephemerals_count\t1
                        zk_approximate_data_size\t27
                        zk_global_sessions\t4
                        zk_local_sessions\t0
                        zk_auth_failed_count\t0
                        zk_last_client_response_size\t89
                        zk_min_client_response_size\t16
                        zk_max_client_response_size\t93
                        zk_outstanding_tls_handshake\t0
                        zk_non_mtls_remote_conn_count\t0
                        zk_non_mtls_local_conn_count\t0
                        zk_quorum_size\t3
                        zk_learners\t3
                        zk_synced_followers\t2
                        zk_synced_non_voting_followers\t0
                        zk_synced_observers\t1
                        zk_pending_syncs\t0
                        zk_leader_uptime\t60000
                        zk_last_proposal_size\t48
                        zk_max_proposal_size\t512
                        zk_min_proposal_size\t-1
                        zk_ensemble_auth_fail\t0
                        zk_ensemble_auth_skip\t0
                        zk_ensemble_auth_success\t0
                        zk_insecure_admin_count\t0
                        zk_tls_handshake_exceeded\t0
                        zk_unrecoverable_error_count\t0
                        zk_unsuccessful_handshake\t0
                        zk_avg_fsynctime\t3.6667
                        zk_min_fsynctime\t0
                        zk_max_fsynctime\t10
                        zk_cnt_fsynctime\t3
                        zk_sum_fsynctime\t11
                        zk_proposal_count\t12
                        zk_avg_readlatency\t2.3333
                        zk_min_readlatency\t1
                        zk_max_readlatency\t4
                        zk_cnt_readlatency\t3
                        zk_sum_readlatency\t7
                        zk_p50_readlatency\t2
                        zk_p95_readlatency\t4
                        zk_p99_readlatency\t4
                        zk_p999_readlatency\t4
                        """);
    }

    @Test
    void mntr_of_a_standalone_member_knows_no_ensemble() {
        assertThat(answer(Word.MNTR, standalone()))
                .contains("zk_server_state\tstandalone\n")
                .doesNotContain("quorum_size", "peer_state", "learners");
    }

    @Test
    void conf_of_a_standalone_member_has_an_equals_sign_on_every_line() {
        assertThat(answer(Word.CONF, standalone())).isEqualTo("""
                        clientPort=2181
                        secureClientPort=-1
                        dataDir=/data
                        dataDirSize=1000
                        dataLogDir=/log
                        dataLogSize=2000
                        tickTime=2000
                        maxClientCnxns=60
                        minSessionTimeout=4000
                        maxSessionTimeout=40000
                        clientPortListenBacklog=-1
                        serverId=0
                        """);
    }

    @Test
    void conf_of_an_ensemble_ends_with_its_members() {
        FourLetterWords ensemble = allowing(
                "conf",
                List.of(
                        new Member(new NodeId(1), new Endpoint("one", 2888), 3888, false, null, null),
                        new Member(
                                new NodeId(2),
                                new Endpoint("two", 2888),
                                3889,
                                true,
                                new Endpoint("0.0.0.0", 2181),
                                null)));

        assertThat(ensemble.answer(Word.CONF, follower(), MASK)).endsWith("""
                        serverId=2
                        initLimit=10
                        syncLimit=5
                        electionAlg=3
                        electionPort=3889
                        quorumPort=2888
                        peerType=1
                        membership:\s
                        server.1=one:2888:3888:participant
                        server.2=two:2888:3889:observer;0.0.0.0:2181
                        version=100000000""");
    }

    @Test
    void envi_begins_with_the_version_and_comes_even_when_not_serving() {
        assertThat(answer(Word.ENVI, notServing()))
                .isEqualTo("Environment:\nzookeeper.version=" + VERSION + "\nhost.name=h\njava.version=17\n");
    }

    /** A client reads it once and needs the version in the first 8192 bytes. */
    @Test
    void the_real_environment_begins_with_the_host() {
        assertThat(Environment.read().keySet().iterator().next()).isEqualTo("host.name");
    }

    @Test
    void the_small_words_are_answered() {
        assertThat(answer(Word.DIRS, follower())).isEqualTo("datadir_size: 1000\nlogdir_size: 2000\n");
        assertThat(answer(Word.WCHS, follower())).isEqualTo("2 connections watching 2 paths\nTotal watches:3\n");
        assertThat(answer(Word.SRST, follower())).isEqualTo("Server stats reset.\n");
        assertThat(answer(Word.CRST, follower())).isEqualTo("Connection stats reset.\n");
        assertThat(answer(Word.GTMK, follower())).isEqualTo("306");
        assertThat(words.answer(Word.STMK, follower(), -1)).isEqualTo("-1");
        assertThat(Word.STMK.argumentSize()).isEqualTo(8);
    }

    @Test
    void watches_are_listed_by_session_and_by_path() {
        assertThat(answer(Word.WCHC, follower())).isEqualTo("""
                        0x7
                        \t/b
                        0x1000a0
                        \t/a
                        \t/b

                        """);
        assertThat(answer(Word.WCHP, follower())).isEqualTo("""
                        /a
                        \t0x1000a0
                        /b
                        \t0x7
                        \t0x1000a0

                        """);
    }

    /** CVE-2017-5637. */
    @Test
    void a_list_that_ends_early_says_so() {
        Details all = details();
        Details cut = new Details(
                List.of(), List.of(), List.of(), List.of(), all.watched().subList(0, 2), List.of(), true);

        assertThat(answer(Word.WCHP, report(true, MemberReport.Mode.FOLLOWER, cut)))
                .endsWith("\n\nThe list is cut after 2 of 3 watches.\n");
    }

    @Test
    void hash_lists_digests_and_has_no_newline_while_not_serving() {
        assertThat(answer(Word.HASH, follower())).isEqualTo("100000080: 1371985504\n100000100: -5\n");
        assertThat(answer(Word.HASH, notServing()))
                .isEqualTo("This ZooKeeper instance is not currently serving requests");
    }

    @Test
    void dump_of_a_leader_knows_when_sessions_expire() {
        assertThat(answer(Word.DUMP, leader()).replaceAll("at .*:", "at DATE:")).isEqualTo("""
                        SessionTracker dump:
                        Session Sets (1)/(2):
                        2 expire at DATE:
                        \t0x1000a0
                        \t0x7
                        ephemeral nodes dump:
                        Sessions with Ephemerals (1):
                        0x1000a0:
                        \t/a/e
                        \t/b
                        Connections dump:
                        Connections Sets (2)/(2):
                        1 expire at DATE:
                        \tip: /127.0.0.1:50001 sessionId: 0x0
                        1 expire at DATE:
                        \tip: /10.0.0.9:50002 sessionId: 0x1000a0
                        """);
    }

    /** In the form that {@code Date} has, which readers take apart; the next full second. */
    @Test
    void dump_tells_a_date_as_java_does() {
        assertThat(answer(Word.DUMP, leader()))
                .containsPattern("2 expire at [A-Z][a-z]{2} Nov 1[45] \\d{2}:\\d{2}:51 [A-Z]+ 2023:\n");
    }

    @Test
    void dump_of_a_follower_knows_the_sessions_alone() {
        assertThat(answer(Word.DUMP, follower())).startsWith("""
                        SessionTracker dump:
                        Global Sessions(2):
                        0x7\t4000ms
                        0x1000a0\t30000ms
                        ephemeral nodes dump:
                        """);
    }

    @Test
    void a_read_only_member_says_so() {
        MemberReport readOnly = report(true, MemberReport.Mode.READ_ONLY, details());

        assertThat(answer(Word.ISRO, readOnly)).isEqualTo("ro");
        assertThat(answer(Word.SRVR, readOnly))
                .contains("UTC\nREAD-ONLY mode; serving only read-only clients\nLatency")
                .contains("\nMode: read-only\n");
    }

    /** Gotcha 77: a client reads once. */
    @Test
    void a_long_class_path_does_not_push_lines_out_of_the_first_read() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("java.class.path", "/lib.jar:".repeat(5_000));
        environment.put("os.memory.total", "1MB");
        FourLetterWords words = new FourLetterWords(Reports.config("*", List.of()), environment);

        assertThat(words.answer(Word.ENVI, follower(), MASK))
                .hasSizeLessThanOrEqualTo(8_192)
                .contains("/lib.jar:/lib.jar")
                .contains("...\nos.memory.total=1MB\n");
    }

    @ParameterizedTest
    @EnumSource(
            value = Word.class,
            names = {"CONF", "CONS", "CRST", "DIRS", "DUMP", "MNTR", "SRST", "SRVR", "STAT", "WCHC", "WCHP", "WCHS"})
    void most_words_are_not_answered_while_not_serving(Word word) {
        assertThat(answer(word, notServing())).isEqualTo("This ZooKeeper instance is not currently serving requests\n");
    }

    @ParameterizedTest
    @EnumSource(Word.class)
    void a_word_that_is_not_in_the_whitelist_is_not_executed(Word word) {
        FourLetterWords nothing = allowing("none", List.of());

        assertThat(nothing.isAllowed(word)).isFalse();
        assertThat(nothing.answer(word, follower(), MASK))
                .isEqualTo(word.text() + " is not executed because it is not in the whitelist.\n");
    }

    @Test
    void four_bytes_are_a_word_or_the_length_of_a_frame() {
        assertThat(Word.of(0x72756f6b)).isEqualTo(Word.RUOK);
        assertThat(Word.of(44)).isNull();
        assertThat(Word.of(0x52554f4b)).isNull();
    }

    private String answer(Word word, MemberReport report) {
        return words.answer(word, report, MASK);
    }

    private static FourLetterWords allowing(String word, List<Member> members) {
        return new FourLetterWords(
                Reports.config(word, members), new TreeMap<>(Map.of("host.name", "h", "java.version", "17")));
    }
}
