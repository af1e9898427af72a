package io.zabkeeper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.cli.command.Environment;
import io.zabkeeper.cli.command.ExitCode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Map;
import org.apache.zookeeper.server.auth.DigestAuthenticationProvider;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Who the client says it is, against Apache ZooKeeper. */
final class AuthCommandTest extends CommandSuite {
    /** Makes it so that only alice and bob may read it. */
    @Override
    @BeforeEach
    void makeHome(TestInfo test) {
        super.makeHome(test);
        zab("set", home, "treasure");
        zab("acl", home, "digest:" + digest("alice:wonder") + ":r", "digest:" + digest("bob:builder") + ":r");
    }

    private static String digest(String credentials) {
        try {
            return DigestAuthenticationProvider.generateDigest(credentials);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void is_who_the_option_says() {
        assertThat(zab("get", home).err()).startsWith("NOAUTH");
        assertThat(zab("--auth", "digest:alice:wonder", "get", home))
                .isEqualTo(new CommandRun(ExitCode.DONE, "treasure\n", ""));
        assertThat(zab("--auth", "digest:bob:builder", "--auth", "digest:alice:wonder", "whoami")
                        .out())
                .contains("digest:alice", "digest:bob");
    }

    @Test
    void is_who_the_variable_says_unless_the_option_says_otherwise() {
        Map<String, String> variables = Map.of("ZAB_AUTH", "digest:carol:x\n\ndigest:alice:wonder\n");

        assertThat(zabFed("", variables, "get", home).out()).isEqualTo("treasure\n");
        assertThat(zabFed("", variables, "--auth", "digest:dave:x", "get", home).err())
                .startsWith("NOAUTH");
        assertThat(zabFed("get " + home, variables, "shell").out()).isEqualTo("treasure\n");
    }

    @Test
    void is_somebody_more_in_the_shell() {
        CommandRun run = zabFed("""
                get %1$s
                auth digest alice:wonder
                get %1$s
                addauth digest carol:x
                get %1$s
                """.formatted(home), Map.of(), "shell");

        assertThat(run)
                .isEqualTo(new CommandRun(
                        ExitCode.DONE, "treasure\ntreasure\n", "NOAUTH: the ACL of " + home + " does not allow it\n"));
        assertThat(zabFed("get " + home, Map.of(), "--auth", "digest:bob:builder", "shell")
                        .out())
                .isEqualTo("treasure\n");
    }

    @Test
    void keeps_credentials_to_itself() {
        assertThat(zab("--auth", "wonder", "get", home))
                .isEqualTo(new CommandRun(
                        ExitCode.USAGE, "", "--auth is SCHEME:CREDENTIALS, for example digest:alice:password\n"));
        assertThat(zabFed("", Map.of("ZAB_AUTH", "wonder"), "get", home).err())
                .isEqualTo("each line of ZAB_AUTH is SCHEME:CREDENTIALS, for example digest:alice:password\n");
        assertThat(zab("auth", "digest", "alice:won", "der"))
                .isEqualTo(new CommandRun(ExitCode.USAGE, "", "the credentials are one word: put them in quotes\n"));
        CommandRun refused = zab("--auth", "runes:wonder", "get", home);
        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.err()).isNotEmpty().doesNotContain("wonder");
    }

    @Test
    void leaves_lines_with_credentials_out_of_the_history() throws IOException {
        Path file = dir.resolve("history");
        String lines = """
                auth digest alice:wonder
                ls /
                  addauth digest alice:wonder
                --auth digest:alice:wonder ls /
                get /author
                """;
        try (Terminal terminal = new DumbTerminal(
                new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)), new ByteArrayOutputStream())) {
            LineReader reader = LineReaderBuilder.builder()
                    .terminal(terminal)
                    .history(new DiscreetHistory())
                    .variable(LineReader.HISTORY_FILE, file)
                    .build();
            lines.lines().forEach(line -> reader.readLine());
            reader.getHistory().save();
        }

        assertThat(Files.readString(file)).contains("ls /", "get /author").doesNotContain("wonder");
        assertThat(DiscreetHistory.hasCredentials("auth digest 'alice:won")).isTrue();
    }

    private static CommandRun zabFed(String in, Map<String, String> variables, String... arguments) {
        Map<String, String> all = new HashMap<>(variables);
        all.put("ZAB_SERVERS", connectString());
        Environment environment = new Environment(null, dir, all);
        return CommandRun.of(environment, in.getBytes(StandardCharsets.UTF_8), arguments);
    }
}
