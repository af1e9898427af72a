package io.zabkeeper.cli;

import io.zabkeeper.cli.command.Approval;
import io.zabkeeper.cli.output.Screen;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Asks on stderr and reads a line from stdin, which is a terminal. */
final class LineApproval implements Approval {
    private final Screen screen;

    LineApproval(Screen screen) {
        this.screen = screen;
    }

    @Override
    public boolean isGiven(String question) throws IOException {
        screen.noteOnLine(Approval.prompt(question));
        return Approval.isYes(line());
    }

    /** Up to the line's end and no further: what is behind it may be data. */
    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = screen.in().read();
        while (next >= 0 && next != '\n') {
            line.write(next);
            next = screen.in().read();
        }
        return line.toString(StandardCharsets.UTF_8);
    }
}
