package io.zabkeeper.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.server.ensemble.Eventually;
import io.zabkeeper.server.ensemble.MemberProcess;
import io.zabkeeper.server.ensemble.Program;
import io.zabkeeper.server.ensemble.TestEnsemble;
import io.zabkeeper.server.oracle.Ask;
import io.zabkeeper.server.oracle.BothSubjects;
import io.zabkeeper.server.oracle.Subject;
import io.zabkeeper.server.oracle.WireClient;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What leader and follower say, beside what the reference's say (client protocol §9). */
class EnsembleWordsAgainstReferenceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Map<Subject, WireClient> CLIENTS = new LinkedHashMap<>();
    private static Subject reference;
    private static Subject own;

    /** The client is connected to the first follower. */
    @BeforeAll
    static void start() throws IOException {
        BothSubjects both = BothSubjects.started(3);
        reference = both.reference();
        own = both.own();
        for (Subject subject : List.of(reference, own)) {
            Eventually.holds(
                    "both follow",
                    PATIENCE,
                    () -> "2".equals(mntr(subject.ensemble().leader()).get("zk_synced_followers")));
            MemberProcess follower = subject.ensemble().followers().get(0);
            WireClient client = subject.connect(subject.ensemble().members().indexOf(follower) + 1);
            client.call(Ask.create("/a", new byte[] {1, 2, 3}, 0));
            client.call(Ask.create("/a/e", new byte[0], 1));
            client.call(Ask.getData("/a", true));
            CLIENTS.put(subject, client);
            Eventually.holds(
                    "the leader has applied it",
                    PATIENCE,
                    () -> "1".equals(mntr(subject.ensemble().leader()).get("zk_ephemerals_count")));
        }
    }

    @AfterAll
    static void stop() {
        CLIENTS.values().forEach(WireClient::close);
        reference.close();
        own.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"srvr", "stat", "conf", "dump", "wchc", "wchp", "wchs", "isro", "cons"})
    void a_follower_says_the_same(String word) throws Exception {
        for (Subject subject : List.of(reference, own)) {
            subject.ensemble().followers().get(0).ask("srst");
        }
        Alike.soon(
                () -> Masks.lines(reference.ensemble().followers().get(0).ask(word)),
                () -> Masks.lines(own.ensemble().followers().get(0).ask(word)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"srvr", "stat", "conf", "dump", "wchc", "wchp", "wchs", "isro", "cons"})
    void a_leader_says_the_same(String word) throws Exception {
        for (Subject subject : List.of(reference, own)) {
            subject.ensemble().leader().ask("srst");
        }
        Alike.soon(
                () -> Masks.lines(reference.ensemble().leader().ask(word)),
                () -> Masks.lines(own.ensemble().leader().ask(word)));
    }

    /** Gotcha 74, and what Solr and collectors read. */
    @Test
    void a_leader_counts_its_followers_as_the_reference_does() throws Exception {
        List<String> names = List.of(
                "zk_peer_state",
                "zk_quorum_size",
                "zk_learners",
                "zk_synced_followers",
                "zk_synced_non_voting_followers",
                "zk_synced_observers",
                "zk_pending_syncs",
                "zk_proposal_count",
                "zk_commit_count",
                "zk_global_sessions",
                "zk_ephemerals_count",
                "zk_znode_count");
        Alike.soon(
                () -> Alike.only(names, mntr(reference.ensemble().leader())),
                () -> Alike.only(names, mntr(own.ensemble().leader())));

        Map<String, String> ours = mntr(own.ensemble().leader());
        assertThat(Long.parseLong(ours.getOrDefault("zk_leader_uptime", "-1"))).isPositive();
        assertThat(Long.parseLong(ours.getOrDefault("zk_cnt_quorum_ack_latency", "-1")))
                .isPositive();
        assertThat(Long.parseLong(ours.getOrDefault("zk_max_proposal_size", "-1")))
                .isPositive();
    }

    @Test
    void a_follower_counts_as_the_reference_does() throws Exception {
        List<String> names =
                List.of("zk_peer_state", "zk_quorum_size", "zk_watch_count", "zk_global_sessions", "zk_znode_count");
        Alike.soon(
                () -> Alike.only(names, mntr(reference.ensemble().followers().get(0))),
                () -> Alike.only(names, mntr(own.ensemble().followers().get(0))));

        assertThat(mntr(own.ensemble().followers().get(0)))
                .doesNotContainKeys("zk_learners", "zk_synced_followers", "zk_leader_uptime");
    }

    @Test
    void every_name_is_there_but_those_without_a_counterpart() throws IOException {
        List<String> ofLeader =
                new ArrayList<>(mntr(reference.ensemble().leader()).keySet());
        List<String> ofFollower =
                new ArrayList<>(mntr(reference.ensemble().followers().get(0)).keySet());
        ofLeader.removeIf(AbsentMetrics::isAbsent);
        ofFollower.removeIf(AbsentMetrics::isAbsent);

        assertThat(mntr(own.ensemble().leader()).keySet()).containsAll(ofLeader);
        assertThat(mntr(own.ensemble().followers().get(0)).keySet()).containsAll(ofFollower);
    }

    /** One member of three: no quorum, no service. */
    @Test
    void a_member_without_a_quorum_says_the_same_to_every_word() throws IOException {
        List<Map<String, String>> answers = new ArrayList<>();
        for (Program program : List.of(Program.APACHE, Program.ZABKEEPER)) {
            try (TestEnsemble ensemble = TestEnsemble.configured(program, 3, "admin.enableServer=false")) {
                MemberProcess alone = ensemble.member(1);
                alone.start();
                Eventually.get("the port is open", PATIENCE, () -> alone.ask("ruok"));
                Map<String, String> said = new TreeMap<>();
                for (Word word : Word.values()) {
                    if (word != Word.ENVI && word != Word.STMK) {
                        said.put(word.text(), alone.ask(word.text()));
                    }
                }
                answers.add(said);
            }
        }
        assertThat(answers.get(1)).isEqualTo(answers.get(0));
    }

    @Test
    void a_word_outside_the_list_is_refused_alike() throws IOException {
        List<String> answers = new ArrayList<>();
        for (Program program : List.of(Program.APACHE, Program.ZABKEEPER)) {
            try (TestEnsemble ensemble = TestEnsemble.configured(program, 1, "admin.enableServer=false")) {
                MemberProcess member = ensemble.member(1);
                List<String> lines = new ArrayList<>(Files.readAllLines(member.config()));
                lines.replaceAll(line -> line.startsWith("4lw") ? "4lw.commands.whitelist=ruok, srvr" : line);
                Files.write(member.config(), lines);
                member.start();
                Eventually.get("the port is open", PATIENCE, () -> member.ask("ruok"));
                answers.add(member.ask("mntr") + member.ask("stmk\0\0\0\0\0\0\0\0") + member.ask("isro"));
            }
        }
        assertThat(answers.get(1)).isEqualTo(answers.get(0)).contains("isro is not executed");
    }

    private static Map<String, String> mntr(MemberProcess member) throws IOException {
        Map<String, String> values = new TreeMap<>();
        for (String line : member.ask("mntr").strip().split("\n", -1)) {
            String[] parts = line.split("\t", -1);
            assertThat(parts).as(line).hasSize(2);
            values.put(parts[0], parts[1]);
        }
        return values;
    }
}
