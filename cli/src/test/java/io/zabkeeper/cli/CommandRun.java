package io.zabkeeper.cli;

import io.zabkeeper.cli.command.Environment;
import io.zabkeeper.cli.output.Screen;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** How a command ended and what it printed. */
record CommandRun(int exitCode, String out, String err) {
    /** Runs a command as the process would, with captured streams that are no terminals. */
    static CommandRun of(Environment environment, byte[] in, String... arguments) {
        return of(environment, in, false, arguments);
    }

    /** @param isInteractive whether stdin passes for a terminal */
    static CommandRun of(Environment environment, byte[] in, boolean isInteractive, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Screen screen = new Screen(
                new ByteArrayInputStream(in),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                false);
        int exitCode = Main.run(environment, screen, isInteractive, arguments);
        return new CommandRun(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
