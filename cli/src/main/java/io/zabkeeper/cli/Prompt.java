package io.zabkeeper.cli;

import io.zabkeeper.cli.command.ExitCode;
import io.zabkeeper.cli.output.Screen;
import io.zabkeeper.cli.output.Style;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.Terminal;

/** The interactive side of the shell: a line editor with history and completion, and Ctrl-C for what runs. */
final class Prompt {
    private static final int HISTORY_LINES = 1_000;

    private final LineRunner lines;
    private final SharedSession session;
    private final Screen screen;
    private final DiscreetHistory history;
    private final Path historyFile;
    private final ShellCompleter completer;
    private final PathCache paths;

    /** @param historyFile keeps the lines from shell to shell */
    Prompt(
            LineRunner lines,
            SharedSession session,
            Screen screen,
            DiscreetHistory history,
            Path historyFile,
            ShellCompleter completer,
            PathCache paths) {
        this.lines = lines;
        this.session = session;
        this.screen = screen;
        this.history = history;
        this.historyFile = historyFile;
        this.completer = completer;
        this.paths = paths;
    }

    /** Returns when the user leaves. */
    int run(Terminal terminal, Executor background) {
        LineReader reader = LineReaderBuilder.builder()
                .terminal(terminal)
                .parser(new DefaultParser().eofOnUnclosedQuote(true))
                .completer(completer)
                .history(history)
                .variable(LineReader.HISTORY_FILE, historyFile)
                .variable(LineReader.HISTORY_SIZE, HISTORY_LINES)
                .variable(LineReader.HISTORY_FILE_SIZE, HISTORY_LINES)
                // Data may well contain an exclamation mark.
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.HISTORY_IGNORE_SPACE, true)
                .build();
        reader.getWidgets().put(LineReader.CALLBACK_INIT, () -> {
            setPrompt(reader); // Behind this, every change of the state is a reason to show it again.
            return true;
        });
        screen.note("'help' lists the commands, Tab completes, Ctrl-D leaves.");
        session.onChange(() -> background.execute(() -> refresh(reader)));
        session.connectOn(background);
        try {
            while (readAndRun(terminal, reader)) {
                // Each line may have changed what the paths' completion remembers.
                paths.clear();
            }
        } finally {
            session.onChange(() -> {});
        }
        return ExitCode.DONE;
    }

    /** Shows the state of now in front of what is being typed. */
    private void refresh(LineReader reader) {
        try {
            setPrompt(reader);
            reader.callWidget(LineReader.REDISPLAY);
        } catch (IllegalStateException isNotReading) {
            // A command is running; the next line begins with the state of then.
        }
    }

    private void setPrompt(LineReader reader) {
        if (reader instanceof LineReaderImpl editor) {
            editor.setPrompt(prompt());
        }
    }

    private boolean readAndRun(Terminal terminal, LineReader reader) {
        String line;
        try {
            line = reader.readLine(prompt());
        } catch (UserInterruptException e) {
            return true;
        } catch (EndOfFileException e) {
            return false;
        }
        Thread runner = Thread.currentThread();
        Terminal.SignalHandler before = terminal.handle(Terminal.Signal.INT, signal -> runner.interrupt());
        try {
            return lines.run(line);
        } finally {
            terminal.handle(Terminal.Signal.INT, before);
            // A Ctrl-C that came when the command had just ended is not for the next one.
            Thread.interrupted();
        }
    }

    private String prompt() {
        String state = session.state();
        Style style = state.equals("connected") ? Style.GOOD : Style.WARNING;
        return "zab " + session.target().servers() + " " + screen.onOut(style, "(" + state + ")") + "> ";
    }
}
