package io.zabkeeper.server.oracle;

import io.zabkeeper.server.oracle.Transcript.Line;
import io.zabkeeper.wire.OpCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The first place where two transcripts of one script differ and no {@link Deviation} explains it.
 *
 * @param line number of the line in both
 */
record Difference(Script script, int line, List<Line> reference, List<Line> own) {
    private static final String MISSING = "(nothing)";

    static @Nullable Difference between(Script script, List<Line> reference, List<Line> own) {
        int longer = Math.max(reference.size(), own.size());
        for (int i = 0; i < longer; i++) {
            if (i >= reference.size() || i >= own.size()) {
                return new Difference(script, i, reference, own);
            }
            Line theirs = reference.get(i);
            Line ours = own.get(i);
            boolean isSame = theirs.step() == ours.step() && theirs.text().equals(ours.text());
            if (!isSame && Deviation.explaining(theirs, ours) == null) {
                return new Difference(script, i, reference, own);
            }
        }
        return null;
    }

    /** The same for differences of one kind, whatever the numbers are. */
    String kind() {
        Ask ask = line < own.size() ? own.get(line).ask() : null;
        String op = ask == null ? "" : OpCode.of(ask.code()).toString();
        return (op + text(reference) + text(own)).replaceAll("[0-9]+", "");
    }

    /** Script and transcripts up to the difference, as somebody wants to read them who has to explain it. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(script.toString());
        for (int i = 0; i < line; i++) {
            text.append("both       ").append(reference.get(i)).append('\n');
        }
        text.append("reference  ").append(text(reference)).append('\n');
        text.append("zabkeeper  ").append(text(own)).append('\n');
        return text.toString();
    }

    private String text(List<Line> lines) {
        return line < lines.size() ? lines.get(line).toString() : MISSING;
    }
}
