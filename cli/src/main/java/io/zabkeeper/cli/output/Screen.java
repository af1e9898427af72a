package io.zabkeeper.cli.output;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Where a command reads and prints: results on {@code out}, everything about them (progress, notes, errors) on {@code err}.
 *
 * <p>Always UTF-8. Styles appear only on a stream that is a terminal.
 */
public final class Screen {
    private static final String HOME = "\033[H";
    private static final String REST_OF_LINE = "\033[K";
    private static final String REST_OF_SCREEN = "\033[J";

    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;
    private final boolean isOutStyled;
    private final boolean isErrStyled;

    public Screen(InputStream in, PrintStream out, PrintStream err, boolean isOutStyled, boolean isErrStyled) {
        this.in = in;
        this.out = out;
        this.err = err;
        this.isOutStyled = isOutStyled;
        this.isErrStyled = isErrStyled;
    }

    public InputStream in() {
        return in;
    }

    public PrintStream outStream() {
        return out;
    }

    public PrintStream errStream() {
        return err;
    }

    public boolean isOutStyled() {
        return isOutStyled;
    }

    public boolean isErrStyled() {
        return isErrStyled;
    }

    /** Prints a result. */
    public void result(String line) {
        raw(utf8(line + "\n"));
    }

    /** Prints a result of several lines; ends it with a line feed when it has none. */
    public void text(String text) {
        if (!text.isEmpty()) {
            raw(utf8(text.endsWith("\n") ? text : text + "\n"));
        }
    }

    /** Prints a result in the place of the one before; where that cannot be, below it. */
    public void redraw(List<String> lines) {
        StringBuilder text = new StringBuilder(isOutStyled ? HOME : "");
        for (String line : lines) {
            text.append(line).append(isOutStyled ? REST_OF_LINE : "").append('\n');
        }
        text.append(isOutStyled ? REST_OF_SCREEN : "");
        raw(utf8(text.toString()));
    }

    /** Writes bytes as they are. */
    public void raw(byte[] bytes) {
        out.write(bytes, 0, bytes.length);
        out.flush();
    }

    /** Says something about the result. */
    public void note(String line) {
        byte[] bytes = utf8(line + "\n");
        err.write(bytes, 0, bytes.length);
        err.flush();
    }

    /** Says something and stays on the line: an answer is typed behind it, or it is overwritten. */
    public void noteOnLine(String text) {
        byte[] bytes = utf8(text);
        err.write(bytes, 0, bytes.length);
        err.flush();
    }

    /** The text as it should look in a note. */
    public String onErr(Style style, String text) {
        return isErrStyled ? style.apply(text) : text;
    }

    /** The text as it should look in a result. */
    public String onOut(Style style, String text) {
        return isOutStyled ? style.apply(text) : text;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
