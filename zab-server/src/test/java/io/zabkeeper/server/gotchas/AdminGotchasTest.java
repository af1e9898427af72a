package io.zabkeeper.server.gotchas;

import static io.zabkeeper.server.gotchas.Calls.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.server.ensemble.Eventually;
import io.zabkeeper.server.ensemble.MemberProcess;
import io.zabkeeper.server.oracle.BothServers;
import io.zabkeeper.server.oracle.OnBoth;
import io.zabkeeper.server.oracle.Received;
import io.zabkeeper.server.oracle.Subject;
import io.zabkeeper.server.oracle.WireClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** Four-letter words as programs read them, and what a server that has just been made says of itself. */
class AdminGotchasTest {
    @OnBoth
    void g72_a_word_may_be_followed_by_a_newline(Subject subject) throws IOException {
        assertThat(subject.member(1).ask("ruok\n")).isEqualTo("imok");
        assertThat(subject.member(1).ask("ruok\r\n")).isEqualTo("imok");
        assertThat(subject.member(1).ask("srvr\n")).endsWith("\n").contains("Node count: ");
    }

    /** The only word that is answered without being listed. */
    @OnBoth
    void g73_srvr_is_answered_by_default_and_tells_the_mode(Subject shared) throws IOException {
        try (Subject subject = BothServers.another(shared, 1, "4lw.commands.whitelist=")) {
            assertThat(subject.member(1).ask("srvr").lines()).contains("Mode: standalone");
            assertThat(subject.member(1).ask("ruok"))
                    .isEqualTo("ruok is not executed because it is not in the whitelist.\n");
        }
    }

    @OnBoth(members = 3)
    void g74_every_line_of_mntr_has_a_tab_and_the_leader_counts_its_followers(Subject subject) throws IOException {
        for (MemberProcess member : subject.ensemble().members()) {
            assertThat(member.ask("mntr").lines()).isNotEmpty().allMatch(line -> line.matches("zk_\\S+\t.*"));
        }
        // A follower may serve a moment before its leader counts it.
        Eventually.holds(
                "the leader counts both",
                WireClient.PATIENCE,
                () -> value(subject.ensemble().leader().ask("mntr"), "zk_synced_followers") == 2.0);
        assertThat(subject.ensemble().leader().ask("mntr").lines()).contains("zk_server_state\tleader");
    }

    private static double value(String mntr, String key) {
        return mntr.lines()
                .filter(line -> line.startsWith(key + "\t"))
                .mapToDouble(line -> Double.parseDouble(line.substring(key.length() + 1)))
                .findFirst()
                .orElseThrow();
    }

    @OnBoth(members = 3)
    void g75_every_line_of_conf_has_an_equals_sign_but_membership(Subject subject) throws IOException {
        List<String> lines = subject.member(1).ask("conf").lines().toList();

        assertThat(lines).filteredOn(line -> !line.contains("=")).containsExactly("membership: ");
        assertThat(lines).contains("clientPort=" + subject.member(1).clientPort(), "serverId=1");
    }

    @OnBoth
    void g76_isro_and_ruok_end_without_a_newline(Subject subject) throws IOException {
        assertThat(subject.member(1).ask("isro")).isEqualTo("rw");
        assertThat(subject.member(1).ask("ruok")).isEqualTo("imok");
    }

    @OnBoth
    void g77_the_first_bytes_of_envi_tell_the_version(Subject subject) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), subject.member(1).clientPort())) {
            socket.getOutputStream().write("envi".getBytes(StandardCharsets.US_ASCII));
            byte[] first = new byte[8192];
            int length = socket.getInputStream().read(first);

            assertThat(new String(first, 0, length, StandardCharsets.UTF_8))
                    .containsPattern("zookeeper\\.version=\\d+\\.\\d+\\.\\d+");
        }
    }

    @OnBoth
    void g78_a_connection_too_many_is_closed_and_the_others_go_on(Subject shared) throws IOException {
        try (Subject subject = BothServers.another(shared, 1, "maxClientCnxns=3");
                WireClient one = subject.connect(1);
                WireClient two = subject.connect(1);
                WireClient three = subject.connect(1);
                WireClient four = subject.open(1)) {
            assertThat(four.receive(WireClient.PATIENCE)).isEqualTo(new Received.End());
            for (WireClient client : List.of(one, two, three)) {
                node(client, "/g78-" + client.session().id());
            }
        }
    }

    @OnBoth
    void g89_a_fresh_server_counts_five_nodes(Subject shared) throws IOException {
        try (Subject subject = BothServers.another(shared, 1)) {
            Stream<String> srvr = subject.member(1).ask("srvr").lines();

            assertThat(srvr).contains("Node count: 5");
            assertThat(value(subject.member(1).ask("mntr"), "zk_znode_count")).isEqualTo(5.0);
        }
    }
}
