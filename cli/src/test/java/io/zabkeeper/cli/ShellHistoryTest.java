package io.zabkeeper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.cli.command.Approval;
import io.zabkeeper.cli.command.Context;
import io.zabkeeper.cli.command.Environment;
import io.zabkeeper.cli.command.ExitCode;
import io.zabkeeper.cli.command.Zab;
import io.zabkeeper.cli.output.Screen;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.Test;

/** {@code history} of the shell behind a line reader. */
final class ShellHistoryTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void lists_what_was_typed_without_credentials() throws IOException {
        DiscreetHistory history = typed("ls /\nauth digest alice:wonder\nget /a\nstat /a\n");

        assertThat(run(history, "history"))
                .isEqualTo(new CommandRun(ExitCode.DONE, "1  ls /\n2  get /a\n3  stat /a\n", ""));
        assertThat(run(history, "history", "2").out()).isEqualTo("2  get /a\n3  stat /a\n");
        assertThat(run(history, "history", "0").err()).isEqualTo("N is 1 or more, not 0\n");
    }

    @Test
    void is_empty_where_nobody_types() {
        Environment environment = new Environment(null, Path.of(""), Map.of("ZAB_SERVERS", "127.0.0.1:1"));

        assertThat(CommandRun.of(environment, "help\nhistory\n".getBytes(StandardCharsets.UTF_8), "shell")
                        .out())
                .contains("history")
                .doesNotContain("1  help");
    }

    private static DiscreetHistory typed(String lines) throws IOException {
        DiscreetHistory history = new DiscreetHistory();
        try (Terminal terminal = new DumbTerminal(
                new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)), new ByteArrayOutputStream())) {
            LineReader reader = LineReaderBuilder.builder()
                    .terminal(terminal)
                    .history(history)
                    .build();
            lines.lines().forEach(line -> reader.readLine());
        }
        return history;
    }

    private CommandRun run(DiscreetHistory history, String... arguments) {
        out.reset();
        err.reset();
        Screen screen = new Screen(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                false);
        Environment environment = new Environment(null, Path.of(""), Map.of());
        int exitCode = Zab.commandLine(
                        new Context(environment, screen, ClientSession::open, Approval.UNASKED),
                        new ShellHelp(),
                        new ShellHistory(history))
                .execute(arguments);
        return new CommandRun(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
