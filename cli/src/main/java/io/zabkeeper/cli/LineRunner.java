package io.zabkeeper.cli;

import io.zabkeeper.cli.command.ExitCode;
import io.zabkeeper.cli.command.ShellWords;
import io.zabkeeper.cli.output.Screen;
import io.zabkeeper.cli.output.Style;
import java.util.List;
import picocli.CommandLine;

/** Runs lines of a shell as commands. */
final class LineRunner {
    private final CommandLine commands;
    private final Screen screen;
    private int lastExitCode = ExitCode.DONE;

    LineRunner(CommandLine commands, Screen screen) {
        this.commands = commands;
        this.screen = screen;
    }

    /** Runs the line; does nothing for one without words, or with a comment. Returns false when it ends the shell. */
    boolean run(String line) {
        List<String> words;
        try {
            words = ShellWords.of(line);
        } catch (IllegalArgumentException e) {
            screen.note(screen.onErr(Style.BAD, String.valueOf(e.getMessage())));
            lastExitCode = ExitCode.USAGE;
            return true;
        }
        if (words.isEmpty() || words.get(0).startsWith("#")) {
            return true;
        }
        if (words.equals(List.of("exit")) || words.equals(List.of("quit"))) {
            return false;
        }
        lastExitCode = commands.execute(words.toArray(String[]::new));
        return true;
    }

    /** Of the last command. */
    int lastExitCode() {
        return lastExitCode;
    }
}
