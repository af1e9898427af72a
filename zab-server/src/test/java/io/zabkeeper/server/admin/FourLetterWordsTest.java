package io.zabkeeper.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.consensus.quorum.NodeId;
import io.zabkeeper.server.config.Endpoint;
import io.zabkeeper.server.config.Environment;
import io.zabkeeper.server.config.Member;
import io.zabkeeper.server.config.ServerConfig;
import io.zabkeeper.server.metrics.MemberReport;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FourLetterWordsTest {
    private static final String VERSION = "3.9.5-zab, built on 2026-11-23 12:00 UTC";
    private static final MemberReport.Leadership LEADERSHIP =
            new MemberReport.Leadership(3, 2, 1, 0, 60_000, 48, -1, 512);

    private final FourLetterWords words = allowing("*", List.of());

    @Test
    void ruok_is_answered_without_a_newline_and_even_when_not_serving() {
        assertThat(words.answer(Word.RUOK, follower())).isEqualTo("imok");
        assertThat(words.answer(Word.RUOK, notServing())).isEqualTo("imok");
    }

    @Test
    void isro_says_null_when_not_serving() {
        assertThat(words.answer(Word.ISRO, follower())).isEqualTo("rw");
        assertThat(words.answer(Word.ISRO, notServing())).isEqualTo("null");
    }

    @Test
    void srvr_has_no_clients() {
        assertThat(words.answer(Word.SRVR, follower())).isEqualTo("""
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
        assertThat(words.answer(Word.SRVR, leader())).endsWith("""
                        Mode: leader
                        Node count: 5
                        Proposal sizes last/min/max: 48/-1/512
                        """);
    }

    @Test
    void stat_lists_the_clients_and_a_blank_line() {
        assertThat(words.answer(Word.STAT, follower())).startsWith("""
                        Zookeeper version: 3.9.5-zab, built on 2026-11-23 12:00 UTC
                        Clients:
                         /127.0.0.1:50001[0](queued=0,recved=1,sent=0)
                         /10.0.0.9:50002[1](queued=2,recved=30,sent=28)

                        Latency min/avg/max: 0/1.25/17
                        """);
    }

    @Test
    void cons_tells_more_of_a_connection_with_a_session() {
        assertThat(words.answer(Word.CONS, follower()))
                .isEqualTo(" /127.0.0.1:50001[0](queued=0,recved=1,sent=0)\n"
                        + " /10.0.0.9:50002[1](queued=2,recved=30,sent=28,sid=0x1000a0,lop=PING,est=1700000000000"
                        + ",to=30000,lcxid=0x1c,lzxid=0x20000000a,lresp=123456,llat=1,minlat=0,avglat=0.5,maxlat=9)\n"
                        + "\n");
    }

    @Test
    void cons_leaves_out_an_unknown_xid() {
        MemberReport.Connection connection = new MemberReport.Connection(
                "1.2.3.4:5", 0, 0, 0, 0, new MemberReport.Conversation(1, "SESS", 0, 4000, -1, 0, 0, 0, 0, 0, 0));

        assertThat(words.answer(Word.CONS, report(MemberReport.Mode.FOLLOWER, null, List.of(connection))))
                .isEqualTo(" /1.2.3.4:5[0](queued=0,recved=0,sent=0,sid=0x1,lop=SESS,est=0,to=4000,lzxid=0x0,lresp=0"
                        + ",llat=0,minlat=0,avglat=0.0,maxlat=0)\n\n");
    }

    @Test
    void mntr_begins_with_version_and_state() {
        assertThat(words.answer(Word.MNTR, leader())).isEqualTo("""
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
                        zk_watch_count\t7
                        zk_ephemerals_count\t1
                        zk_approximate_data_size\t27
                        zk_global_sessions\t4
                        zk_local_sessions\t0
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
                        zk_avg_fsynctime\t0.5
                        zk_proposal_count\t12
                        """);
    }

    @Test
    void mntr_of_a_standalone_member_knows_no_ensemble() {
        assertThat(words.answer(Word.MNTR, report(MemberReport.Mode.STANDALONE, null, List.of())))
                .contains("zk_server_state\tstandalone\n")
                .doesNotContain("quorum_size", "peer_state", "learners");
    }

    @Test
    void conf_of_a_standalone_member_has_an_equals_sign_on_every_line() {
        assertThat(words.answer(Word.CONF, report(MemberReport.Mode.STANDALONE, null, List.of())))
                .isEqualTo("""
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
                        serverId=2
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

        assertThat(ensemble.answer(Word.CONF, follower())).endsWith("""
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
        assertThat(words.answer(Word.ENVI, notServing()))
                .isEqualTo("Environment:\nzookeeper.version=" + VERSION + "\nhost.name=h\njava.version=17\n");
    }

    /** A client reads it once and needs the version in the first 8192 bytes. */
    @Test
    void the_real_environment_begins_with_the_host() {
        assertThat(Environment.read().keySet().iterator().next()).isEqualTo("host.name");
    }

    @Test
    void the_small_words_are_answered() {
        assertThat(words.answer(Word.DIRS, follower())).isEqualTo("datadir_size: 1000\nlogdir_size: 2000\n");
        assertThat(words.answer(Word.WCHS, follower())).isEqualTo("4 connections watching 6 paths\nTotal watches:7\n");
        assertThat(words.answer(Word.SRST, follower())).isEqualTo("Server stats reset.\n");
        assertThat(words.answer(Word.CRST, follower())).isEqualTo("Connection stats reset.\n");
        assertThat(words.answer(Word.GTMK, follower())).isEqualTo("306");
        assertThat(words.answer(Word.DUMP, follower())).isEqualTo("dump is not supported yet.\n");
    }

    @ParameterizedTest
    @EnumSource(
            value = Word.class,
            names = {"CONF", "CONS", "CRST", "DIRS", "MNTR", "SRST", "SRVR", "STAT", "WCHS"})
    void most_words_are_not_answered_while_not_serving(Word word) {
        assertThat(words.answer(word, notServing()))
                .isEqualTo("This ZooKeeper instance is not currently serving requests\n");
    }

    @ParameterizedTest
    @EnumSource(Word.class)
    void a_word_that_is_not_in_the_whitelist_is_not_executed(Word word) {
        FourLetterWords nothing = allowing("none", List.of());

        assertThat(nothing.isAllowed(word)).isFalse();
        assertThat(nothing.answer(word, follower()))
                .isEqualTo(word.text() + " is not executed because it is not in the whitelist.\n");
    }

    @Test
    void four_bytes_are_a_word_or_the_length_of_a_frame() {
        assertThat(Word.of(0x72756f6b)).isEqualTo(Word.RUOK);
        assertThat(Word.of(44)).isNull();
        assertThat(Word.of(0x52554f4b)).isNull();
    }

    private static MemberReport follower() {
        return report(
                MemberReport.Mode.FOLLOWER,
                null,
                List.of(
                        new MemberReport.Connection("127.0.0.1:50001", 0, 0, 1, 0, null),
                        new MemberReport.Connection(
                                "10.0.0.9:50002",
                                1,
                                2,
                                30,
                                28,
                                new MemberReport.Conversation(
                                        0x1000a0,
                                        "PING",
                                        1_700_000_000_000L,
                                        30_000,
                                        28,
                                        0x2_0000_000aL,
                                        123_456,
                                        1,
                                        0,
                                        0.5,
                                        9))));
    }

    private static MemberReport leader() {
        return report(MemberReport.Mode.LEADER, LEADERSHIP, List.of());
    }

    private static MemberReport notServing() {
        return report(false, MemberReport.Mode.FOLLOWER, null, List.of());
    }

    private static MemberReport report(
            MemberReport.Mode mode,
            MemberReport.@Nullable Leadership leadership,
            List<MemberReport.Connection> connections) {
        return report(true, mode, leadership, connections);
    }

    private static MemberReport report(
            boolean serving,
            MemberReport.Mode mode,
            MemberReport.@Nullable Leadership leadership,
            List<MemberReport.Connection> connections) {
        boolean alone = mode == MemberReport.Mode.STANDALONE;
        TreeMap<String, Number> values = new TreeMap<>(Map.of("proposal_count", 12L, "avg_fsynctime", 0.5));
        return new MemberReport(
                VERSION,
                serving,
                mode,
                alone ? "" : leadership == null ? "following - broadcast" : "leading - broadcast",
                0x2_0000_000aL,
                7000,
                alone ? 0 : 3,
                0x1_0000_0000L,
                new MemberReport.Traffic(0, 1.25, 17, 100, 101, 3, 2),
                new MemberReport.Tree(5, 1, 7, 27, 4),
                leadership,
                connections,
                new MemberReport.Watchers(4, 6, 7),
                new MemberReport.Directories(1000, 2000),
                values);
    }

    private static FourLetterWords allowing(String word, List<Member> members) {
        Endpoint client = new Endpoint("0.0.0.0", 2181);
        Endpoint peer = members.isEmpty() ? null : new Endpoint("two", 2888);
        ServerConfig config = new ServerConfig(
                new ServerConfig.Listeners(client, peer, -1, 0, false, false),
                new ServerConfig.Ensemble(new NodeId(2), members, "zab"),
                new ServerConfig.Timing(2000, 10, 5, 4000, 40_000, 100, 1500, 200),
                new ServerConfig.Storage(Path.of("/data"), Path.of("/log"), 1 << 26, 60_000, 1 << 28),
                ServerConfig.Agreed.DEFAULT,
                new ServerConfig.Limits(60, 0, 1000, 0xfffff, 1 << 26, 1 << 26, -1, 100 << 20),
                new ServerConfig.Throttling(0, 100, true, false, true, 0),
                new ServerConfig.Handshakes(0, 1, 1, -1, 0.02, 0.002, 0, false, 3, 2, 1),
                new ServerConfig.Sessions(5000, false, false, false),
                new ServerConfig.Containers(60_000, 10_000, 0),
                new ServerConfig.Security(null, "SHA-1", List.of(), false),
                new ServerConfig.Admin(
                        List.of(word), new ServerConfig.Http(false, "127.0.0.1", 8080, "/commands", 30_000)),
                new ServerConfig.Metrics(false, "0.0.0.0", 7000, true),
                List.of());
        TreeMap<String, String> environment = new TreeMap<>(Map.of("host.name", "h", "java.version", "17"));
        return new FourLetterWords(config, environment);
    }
}
