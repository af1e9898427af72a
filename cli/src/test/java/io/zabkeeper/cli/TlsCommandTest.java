package io.zabkeeper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.cli.command.Environment;
import io.zabkeeper.cli.command.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Commands over TLS, against Apache ZooKeeper behind something that speaks it. */
final class TlsCommandTest extends CommandSuite {
    private static PemKeys server;
    private static PemKeys client;
    private static TlsFront front;
    private static TlsFront asking;

    @BeforeAll
    static void speakTls() throws Exception {
        server = PemKeys.make(dir, "server", "ip:127.0.0.1");
        client = PemKeys.make(dir, "client", "dns:client.example");
        front = TlsFront.to(connectString(), server.context(client), false);
        asking = TlsFront.to(connectString(), server.context(client), true);
    }

    @AfterAll
    static void stopTls() throws IOException {
        front.close();
        asking.close();
    }

    @Test
    void carries_every_kind_of_command() {
        zab("set", home, "treasure");

        assertThat(trusting("get", home)).isEqualTo(new CommandRun(ExitCode.DONE, "treasure\n", ""));
        assertThat(trusting("status").out()).contains("standalone");
        assertThat(trusting("top", "-n", "1", "-o", "json").out()).contains("\"role\":\"standalone\"");
        assertThat(trusting("bench", "-c", "2", "-n", "50", "-d", "60").out()).startsWith("mixed: 50 operations in ");
    }

    private static CommandRun trusting(String... arguments) {
        String[] all = new String[arguments.length + 4];
        all[0] = "-s";
        all[1] = front.hosts();
        all[2] = "--tls-ca";
        all[3] = server.certificate();
        System.arraycopy(arguments, 0, all, 4, arguments.length);
        return zab(all);
    }

    @Test
    void carries_a_shell_whose_commands_are_for_the_same_servers() {
        zab("set", home, "treasure");

        CommandRun run = zabFed(
                "get " + home + "\nstatus -o json\n", "-s", front.hosts(), "--tls-ca", server.certificate(), "shell");

        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .startsWith("treasure\n")
                .contains("{\"server\":\"" + front.hosts() + "\",\"role\":\"standalone\"");
    }

    @Test
    void is_what_the_variables_say() {
        Map<String, String> variables = new HashMap<>();
        variables.put("ZAB_SERVERS", asking.hosts());
        variables.put("ZAB_TLS_CA", server.certificate());
        variables.put("ZAB_TLS_CERT", client.certificate());
        variables.put("ZAB_TLS_KEY", client.key());

        assertThat(zab(variables, "stat", home).exitCode()).isZero();
        assertThat(zab(variables, "status").out()).contains("standalone");
        variables.put("ZAB_TLS", "perhaps");
        variables.keySet().removeIf(name -> name.startsWith("ZAB_TLS_"));
        assertThat(zab(variables, "stat", home))
                .isEqualTo(new CommandRun(ExitCode.USAGE, "", "ZAB_TLS is true or false, not perhaps\n"));
    }

    private static CommandRun zab(Map<String, String> variables, String... arguments) {
        return CommandRun.of(new Environment(null, dir, variables), new byte[0], arguments);
    }

    @Test
    void tells_what_is_wrong_with_a_file() throws IOException {
        Path locked = pem("locked.key", "ENCRYPTED PRIVATE KEY");
        Path old = pem("old.key", "RSA PRIVATE KEY");
        Path nonsense = Files.writeString(dir.resolve("nonsense"), "nonsense");

        assertWrong("--tls-ca: there is no file " + dir.resolve("none"), "--tls-ca", "none");
        assertWrong("--tls-ca: " + nonsense + " holds no certificate in PEM", "--tls-ca", nonsense.toString());
        assertWrong("--tls-cert and --tls-key belong together", "--tls-key", client.key());
        assertWrong("--tls-cert and --tls-key belong together", "--tls-cert", client.certificate());
        assertWrong("--tls-key: " + nonsense + " holds no key in PEM", "--tls-key", nonsense.toString());
        assertWrong("--tls-key: the key in " + locked + " has a password; this", "--tls-key", locked.toString());
        assertWrong("--tls-key: the key in " + old + " is not in PKCS #8; this", "--tls-key", old.toString());
    }

    private static Path pem(String name, String kind) throws IOException {
        return Files.writeString(
                dir.resolve(name),
                "-----BEGIN " + kind + "-----\nAAAA\n-----END " + kind + "-----\n",
                StandardCharsets.US_ASCII);
    }

    private static void assertWrong(String message, String... options) {
        String[] all = {options[0], options[1], "get", "/"};
        CommandRun run = zab(all);
        assertThat(run.err()).startsWith(message);
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void tells_why_there_is_no_connection_and_what_to_do() {
        assertUnreachable("of nobody who is trusted: --tls-ca FILE", front.hosts(), "--tls-ca", client.certificate());
        assertUnreachable("--tls-cert FILE --tls-key FILE", asking.hosts(), "--tls-ca", server.certificate());
        assertUnreachable("this port does not speak TLS", connectString(), "--tls-ca", server.certificate());
        assertUnreachable("--tls-ca FILE", front.hosts(), "--auth", "digest:a:b");
    }

    private static void assertUnreachable(String nextStep, String hosts, String option, String value) {
        CommandRun run = zab("-s", hosts, "--timeout", "2", option, value, "get", "/");
        assertThat(run.err())
                .startsWith("CONNECTION_LOSS: cannot reach " + hosts)
                .contains(nextStep);
        assertThat(run.exitCode()).isEqualTo(ExitCode.UNKNOWN);
    }

    @Test
    void tells_why_nobody_answers() {
        CommandRun run = zab("-s", front.hosts(), "--tls-ca", client.certificate(), "status");

        assertThat(run.out()).contains("no answer");
        assertThat(run.err()).startsWith(front.hosts()).contains("--tls-ca FILE");
        assertThat(run.exitCode()).isEqualTo(ExitCode.UNKNOWN);
    }
}
