package io.zabkeeper.cli.command;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option of every command that waits for its turn. */
final class PatienceOption {
    @Option(
            names = {"-w", "--wait"},
            paramLabel = "SECONDS",
            description = "Give up when it is not had by then; without it, wait for ever.")
    private @Nullable Double waitSeconds;

    /** How long to wait; without one, for ever. */
    Optional<Duration> duration() {
        Double seconds = waitSeconds;
        if (seconds == null) {
            return Optional.empty();
        }
        if (!(seconds >= 0 && seconds < 1e9)) {
            throw new CommandFailure(ExitCode.USAGE, "--wait is a number of seconds, not " + seconds);
        }
        return Optional.of(Duration.ofMillis(Math.round(seconds * 1000)));
    }

    /** For messages. */
    @Override
    public String toString() {
        return waitSeconds + " s";
    }
}
