package io.zabkeeper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.cli.command.Environment;
import io.zabkeeper.cli.command.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code zab ensemble} with members of Apache ZooKeeper: a start script with the same contract as ours. */
final class LocalEnsembleTest {
    private static final Pattern PID = Pattern.compile("\"pid\":([0-9]+)");

    @TempDir
    private Path root;

    private int basePort;

    @BeforeEach
    void writeServerScript() throws IOException {
        basePort = freePortRange();
        serverScript("exec '" + Path.of(System.getProperty("java.home"), "bin", "java")
                + "' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx128m -cp '" + System.getProperty("java.class.path")
                + "' org.apache.zookeeper.server.quorum.QuorumPeerMain \"$1\"");
    }

    @AfterEach
    void stopMembers() {
        zab("ensemble", "down", "--purge");
    }

    @Test
    void starts_reports_and_stops_an_ensemble() {
        String connectString = "127.0.0.1:%d,127.0.0.1:%d,127.0.0.1:%d".formatted(basePort, basePort + 1, basePort + 2);

        CommandRun up = zab("ensemble", "up", "--base-port", Integer.toString(basePort));
        CommandRun again = zab("ensemble", "up");
        CommandRun status = zab("ensemble", "status", "-o", "json");
        CommandRun servers = zab("status");
        List<ProcessHandle> members = processes(status.out());
        CommandRun down = zab("ensemble", "down");

        assertThat(up.exitCode()).as(up.err()).isZero();
        assertThat(up.out()).isEqualTo(connectString + "\n");
        assertThat(up.err()).contains("leader").contains("follower");
        assertThat(again.exitCode()).isZero();
        assertThat(again.out()).isEqualTo(connectString + "\n");
        assertThat(again.err()).contains("up already");
        assertThat(status.exitCode()).isZero();
        assertThat(status.out()).containsOnlyOnce("\"role\":\"leader\"");
        assertThat(members).hasSize(3);
        assertThat(servers.out()).contains("127.0.0.1:" + basePort).containsOnlyOnce("leader");
        assertThat(down.exitCode()).isZero();
        assertThat(down.err()).contains("Stopped 3 members.");
        // They are children of this process here, and have their ids until it has noticed.
        assertThat(members).allSatisfy(member -> assertThat(member.onExit()).succeedsWithin(Duration.ofSeconds(10)));
        assertThat(zab("ensemble", "status").exitCode()).isEqualTo(ExitCode.UNKNOWN);
    }

    @Test
    void starts_again_only_the_member_that_ended() {
        String port = Integer.toString(basePort);
        assertThat(zab("ensemble", "up", "--base-port", port, "--size", "1").exitCode())
                .isZero();
        ProcessHandle first =
                processes(zab("ensemble", "status", "-o", "json").out()).get(0);
        first.destroyForcibly();
        first.onExit().join();

        CommandRun status = zab("ensemble", "status");
        CommandRun up = zab("ensemble", "up", "-o", "json");

        assertThat(status.out()).contains("down");
        assertThat(up.exitCode()).as(up.err()).isZero();
        assertThat(up.out())
                .startsWith(
                        "{\"connect\":\"127.0.0.1:" + port + "\",\"members\":[{\"member\":1,\"role\":\"standalone\"");
        assertThat(processes(up.out())).doesNotContain(first);
    }

    @Test
    void says_which_port_is_in_use() throws IOException {
        try (ServerSocket taken = new ServerSocket()) {
            taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), basePort + 101));

            CommandRun up = zab("ensemble", "up", "--base-port", Integer.toString(basePort));

            assertThat(up.exitCode()).isEqualTo(ExitCode.REFUSED);
            assertThat(up.err()).contains("port " + (basePort + 101) + ", wanted by member 2, is in use");
            assertThat(up.out()).isEmpty();
        }
    }

    @Test
    void shows_the_end_of_the_log_when_a_member_does_not_start() throws IOException {
        serverScript("echo 'the disk is on fire'; exit 7");

        CommandRun up = zab("ensemble", "up", "--base-port", Integer.toString(basePort));

        assertThat(up.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(up.err()).contains("ended during its start").contains("the disk is on fire");
        assertThat(zab("ensemble", "status").err()).doesNotContain("leader");
    }

    @Test
    void keeps_the_data_of_an_ensemble_from_one_of_another_size() throws IOException {
        serverScript("exit 1");
        zab("ensemble", "up", "--base-port", Integer.toString(basePort));

        CommandRun up = zab("ensemble", "up", "--size", "5", "--base-port", Integer.toString(basePort));

        assertThat(up.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(up.err()).contains("of 3, not 5").contains("--purge");
    }

    @Test
    void refuses_sizes_and_ports_that_cannot_be() {
        assertThat(zab("ensemble", "up", "--size", "0").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(zab("ensemble", "up", "--base-port", "65500").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(zab("ensemble", "sideways").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(zab("ensemble").exitCode()).isEqualTo(ExitCode.USAGE);
    }

    private CommandRun zab(String... arguments) {
        Environment environment = new Environment(root, root, Map.of());
        return CommandRun.of(environment, new byte[0], arguments);
    }

    private void serverScript(String command) throws IOException {
        Path script = root.resolve("bin").resolve("zab-server");
        Files.createDirectories(script.getParent());
        Files.writeString(script, "#!/bin/sh\n" + command + "\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static List<ProcessHandle> processes(String json) {
        return PID.matcher(json)
                .results()
                .map(match -> ProcessHandle.of(Long.parseLong(match.group(1))).orElseThrow())
                .toList();
    }

    /**
     * A base port whose neighbours are free now; below the range from which the system picks ports itself, and by chance,
     * because another build that looks at the same time would find the same.
     */
    private static int freePortRange() throws IOException {
        for (int tried = 0; tried < 1_000; tried++) {
            int port = ThreadLocalRandom.current().nextInt(21_000, 31_000);
            if (isFree(port) && isFree(port + 1) && isFree(port + 2) && isFree(port + 101) && isFree(port + 201)) {
                return port;
            }
        }
        throw new IOException("no free ports");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
