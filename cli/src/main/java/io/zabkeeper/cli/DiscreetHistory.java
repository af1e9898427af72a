package io.zabkeeper.cli;

import io.zabkeeper.cli.command.ShellWords;
import java.time.Instant;
import org.jline.reader.impl.history.DefaultHistory;

/** The lines of a shell without those that have credentials, which are not even kept in memory. */
final class DiscreetHistory extends DefaultHistory {
    @Override
    public void add(Instant time, String line) {
        if (!hasCredentials(line)) {
            super.add(time, line);
        }
    }

    /** Rather a line too much, so a line that cannot be read counts as it stands. */
    static boolean hasCredentials(String line) {
        try {
            return ShellWords.of(line).stream().anyMatch(DiscreetHistory::announcesCredentials);
        } catch (IllegalArgumentException e) {
            return line.contains("auth");
        }
    }

    private static boolean announcesCredentials(String word) {
        return word.equals("auth") || word.equals("addauth") || word.startsWith("--auth");
    }
}
