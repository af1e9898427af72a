package io.zabkeeper.cli;

import io.zabkeeper.cli.command.Approval;
import io.zabkeeper.cli.command.Context;
import io.zabkeeper.cli.command.Environment;
import io.zabkeeper.cli.command.Zab;
import io.zabkeeper.cli.output.Screen;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/**
 * {@code zab shell}: the commands, one a line, over one session; ephemeral znodes live as long as the shell.
 *
 * <p>A person gets a {@link Prompt}; lines from a file or a pipe run one after another, and the last one's exit code is
 * the shell's.
 */
@Command(
        name = "shell",
        description = "Run commands interactively, or line by line from stdin, over one session.",
        footer = {
            "",
            "Tab completes commands, options and paths. Ctrl-C ends a command, Ctrl-D or 'exit' the shell.",
            "A line that begins with a blank, or has credentials, is not kept in the history (~/.zab_history).",
        })
final class Shell implements Callable<Integer> {
    private final boolean isInteractive;

    @ParentCommand
    private @Nullable Zab zab;

    /** @param isInteractive whether a person types, rather than a file or a pipe */
    Shell(boolean isInteractive) {
        this.isInteractive = isInteractive;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (zab == null) {
            throw new IllegalStateException("not run through zab");
        }
        SharedSession session = new SharedSession(zab.context().sessions(), zab.target(), zab.identities());
        Screen outer = zab.screen();
        Screen screen = new Screen(
                new NoInput(), outer.outStream(), outer.errStream(), outer.isOutStyled(), outer.isErrStyled());
        try {
            return isInteractive ? prompt(zab, session, screen) : runAll(zab, session, screen, outer.in());
        } finally {
            session.close();
        }
    }

    private static int prompt(Zab zab, SharedSession session, Screen screen) throws IOException {
        ExecutorService background = Executors.newCachedThreadPool(Shell::daemon);
        try (Terminal terminal = TerminalBuilder.builder().system(true).build()) {
            DiscreetHistory history = new DiscreetHistory();
            CommandLine commands = commands(zab, session, screen, new PromptApproval(terminal), history);
            PathCache paths = new PathCache(session::connected, background);
            ShellCompleter completer = new ShellCompleter(commands, paths);
            LineRunner lines = new LineRunner(commands, screen);
            return new Prompt(lines, session, screen, history, historyFile(zab), completer, paths)
                    .run(terminal, background);
        } finally {
            background.shutdownNow();
        }
    }

    private static int runAll(Zab zab, SharedSession session, Screen screen, InputStream in) throws IOException {
        LineRunner lines =
                new LineRunner(commands(zab, session, screen, Approval.UNASKED, new DiscreetHistory()), screen);
        BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        String line = reader.readLine();
        while (line != null && lines.run(line)) {
            line = reader.readLine();
        }
        return lines.lastExitCode();
    }

    private static CommandLine commands(
            Zab zab, SharedSession session, Screen screen, Approval approval, DiscreetHistory history) {
        Context context = new Context(zab.environmentFor(session.target()), screen, session, approval);
        return Zab.commandLine(context, new ShellHelp(), new ShellHistory(history));
    }

    private static Path historyFile(Zab zab) {
        Environment environment = zab.context().environment();
        return environment
                .variable("HOME")
                .map(Path::of)
                .orElse(environment.workingDir())
                .resolve(".zab_history");
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "shell");
        thread.setDaemon(true);
        return thread;
    }

    /** A command's data cannot come from where the commands come from. */
    private static final class NoInput extends InputStream {
        @Override
        public int read() throws IOException {
            throw new IOException("in the shell '-' has nothing to read: stdin is the shell's own");
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return read();
        }
    }
}
