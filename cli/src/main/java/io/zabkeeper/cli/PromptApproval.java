package io.zabkeeper.cli;

import io.zabkeeper.cli.command.Approval;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;

/** Asks on the shell's terminal; the answer is kept out of the history of commands. Ctrl-C and Ctrl-D are a no. */
final class PromptApproval implements Approval {
    private final Terminal terminal;

    PromptApproval(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public boolean isGiven(String question) {
        LineReader reader = LineReaderBuilder.builder().terminal(terminal).build();
        try {
            return Approval.isYes(reader.readLine(Approval.prompt(question)));
        } catch (UserInterruptException | EndOfFileException e) {
            return false;
        }
    }
}
