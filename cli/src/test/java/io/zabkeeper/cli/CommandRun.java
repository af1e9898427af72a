package io.zabkeeper.cli;

import io.zabkeeper.cli.command.Approval;
import io.zabkeeper.cli.command.Context;
import io.zabkeeper.cli.command.Environment;
import io.zabkeeper.cli.command.Zab;
import io.zabkeeper.cli.output.Screen;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.ToIntFunction;

/** How a command ended and what it printed. */
record CommandRun(int exitCode, String out, String err) {
    /** Runs a command as the process would, with captured streams that are no terminals. */
    static CommandRun of(Environment environment, byte[] in, String... arguments) {
        return of(environment, in, false, arguments);
    }

    /** @param isInteractive whether stdin passes for a terminal */
    static CommandRun of(Environment environment, byte[] in, boolean isInteractive, String... arguments) {
        return captured(in, screen -> Main.run(environment, screen, isInteractive, arguments));
    }

    /** Runs a command over sessions that the test has a hand in. */
    static CommandRun of(Environment environment, Context.Sessions sessions, String... arguments) {
        return captured(
                new byte[0],
                screen -> Zab.commandLine(new Context(environment, screen, sessions, Approval.UNASKED), new ShellHelp())
                        .execute(arguments));
    }

    private static CommandRun captured(byte[] in, ToIntFunction<Screen> command) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Screen screen = new Screen(
                new ByteArrayInputStream(in),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                false);
        int exitCode = command.applyAsInt(screen);
        return new CommandRun(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
