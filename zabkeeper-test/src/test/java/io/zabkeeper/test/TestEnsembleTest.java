package io.zabkeeper.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zabkeeper.client.ConnectionState;
import io.zabkeeper.client.RefusedException;
import io.zabkeeper.client.ZabClient;
import io.zabkeeper.wire.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Ensembles begin, keep to their settings, and end without a trace. */
final class TestEnsembleTest {
    @Test
    void one_member_serves_when_it_has_been_started() {
        try (TestEnsemble ensemble = TestEnsemble.start(1);
                ZabClient client = ensemble.client()) {
            client.create("/a", Bytes.ofUtf8("1"));

            assertThat(ensemble.leader()).isSameAs(ensemble.member(1));
            assertThat(client.getData("/a").data()).isEqualTo(Bytes.ofUtf8("1"));
        }
    }

    @Test
    void ensembles_do_not_disturb_each_other() {
        try (TestEnsemble one = TestEnsemble.start(1);
                TestEnsemble other = TestEnsemble.start(1)) {
            one.client().create("/a", null);

            assertThat(other.client().exists("/a")).isEmpty();
        }
    }

    @Test
    void the_only_member_comes_back_with_its_data() {
        try (TestEnsemble ensemble = TestEnsemble.start(1);
                ZabClient client = ensemble.client()) {
            client.create("/a", null);

            EnsembleMember killed = ensemble.killLeader();
            Await.until("the client is cut off", () -> client.state() == ConnectionState.SUSPENDED, () -> "");
            ensemble.restart(killed);

            assertThat(client.exists("/a")).isPresent();
        }
    }

    @Test
    void settings_are_those_of_the_configuration_file() {
        try (TestEnsemble ensemble = TestEnsemble.start(1, Map.of("zab.maxPathLevels", "2"))) {
            ZabClient client = ensemble.client();
            client.create("/a", null);
            client.create("/a/b", null);

            assertThatThrownBy(() -> client.create("/a/b/c", null)).isInstanceOf(RefusedException.class);
        }
    }

    @Test
    void a_setting_that_means_nothing_is_refused_and_leaves_nothing_behind() throws IOException {
        Set<Path> before = directories();

        assertThatThrownBy(() -> TestEnsemble.start(1, Map.of("enforceQotas", "true")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("enforceQotas=true")
                .hasMessageContaining("enforceQuota");
        assertThat(before).containsAll(directories());
    }

    @Test
    void what_the_ensemble_sets_cannot_be_set() {
        assertThatThrownBy(() -> TestEnsemble.start(1, Map.of("clientPort", "2181")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("clientPort is set by the test ensemble; leave it out");
    }

    @Test
    void an_ensemble_has_members() {
        assertThatThrownBy(() -> TestEnsemble.start(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an ensemble for tests has 1 to 9 members, not 0");
    }

    @Test
    void what_is_closed_stays_closed() {
        TestEnsemble ensemble = TestEnsemble.start(1);
        EnsembleMember member = ensemble.member(1);
        ensemble.close();

        for (Runnable use : List.<Runnable>of(
                ensemble::client,
                ensemble::leader,
                ensemble::healAll,
                ensemble::dropConnections,
                () -> ensemble.restart(member),
                () -> ensemble.isolate(member),
                () -> ensemble.expireSession(1, new byte[16]))) {
            assertThatThrownBy(use::run)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the test ensemble is closed");
        }
        assertThat(member.isRunning()).isFalse();
    }

    @Test
    void a_jvm_that_keeps_its_packages_closed_is_told_how_to_open_them() throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ClosedJvm.class.getName())
                .redirectErrorStream(true)
                .start();

        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("this JVM needs --add-opens java.base/java.nio=ALL-UNNAMED"
                        + " --add-opens java.base/sun.nio.ch=ALL-UNNAMED");
    }

    static final class ClosedJvm {
        private ClosedJvm() {}

        public static void main(String[] none) {
            TestEnsemble.start(1).close();
        }
    }

    @Test
    void nothing_is_left_behind() throws IOException {
        TestEnsemble.start(3).close(); // Loads what stays for the life of a process.
        Set<Thread> threads = Thread.getAllStackTraces().keySet();
        Set<Path> directories = directories();

        TestEnsemble ensemble = TestEnsemble.start(3);
        Set<Path> made = directories();
        made.removeAll(directories);
        assertThat(made).hasSize(1);
        Set<Integer> ports = portsIn(made.iterator().next());
        ports.addAll(portsOf(ensemble));
        ZabClient open = ensemble.client();
        ensemble.delay(ensemble.member(2), Duration.ofSeconds(1));
        ensemble.isolate(ensemble.member(3));
        ensemble.close();
        ensemble.close();

        assertThat(made.iterator().next()).doesNotExist();
        assertThat(ports).hasSize(3 * 3).allMatch(Ports::isFree); // A relay, clients behind it, and the other members.
        assertThat(open.state()).isEqualTo(ConnectionState.LOST);
        Await.until(
                "no thread is left",
                () -> threads.containsAll(Thread.getAllStackTraces().keySet()),
                () -> Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> !threads.contains(thread))
                        .map(Thread::getName)
                        .toList()
                        .toString());
    }

    private static Set<Path> directories() throws IOException {
        String prefix = "zabkeeper-test-" + ProcessHandle.current().pid() + "-";
        try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return all.filter(path -> path.getFileName().toString().startsWith(prefix))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Set<Integer> portsOf(TestEnsemble ensemble) {
        return numbers(":(\\d+)", ensemble.connectString());
    }

    private static Set<Integer> portsIn(Path directory) throws IOException {
        Set<Integer> ports = new TreeSet<>();
        for (int member = 1; member <= 3; member++) {
            String text = Files.readString(directory.resolve("member-" + member).resolve("zab.cfg"));
            ports.addAll(numbers("(?:clientPort=|server\\.\\d=127\\.0\\.0\\.1:)(\\d+)", text));
        }
        return ports;
    }

    private static Set<Integer> numbers(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(found -> Integer.valueOf(found.group(1)))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
