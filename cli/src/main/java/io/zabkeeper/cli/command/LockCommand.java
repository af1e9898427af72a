package io.zabkeeper.cli.command;

import io.zabkeeper.cli.output.Style;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code zab lock}: runs a command while it holds a lock, and ends it when the lock is lost. */
@Command(
        name = "lock",
        description = {
            "Run a command while holding a lock; its exit code becomes this one's.",
            "Its environment has ZAB_FENCING_TOKEN, a number that grows from each holder to the next, and"
                    + " ZAB_LOCK_PATH, the znode that stands for the lock. When the lock is lost, or may be, the command"
                    + " is ended, and the exit code is 3.",
            "Programs with this client's Mutex or Curator's InterProcessMutex contend for the same lock."
        })
final class LockCommand extends SessionCommand {
    private static final int GRACE_SECONDS = 5;

    @Option(
            names = {"-w", "--wait"},
            paramLabel = "SECONDS",
            description = "Give up when the lock is not had by then; without it, wait for ever.")
    private @Nullable Double waitSeconds;

    @Option(
            names = {"-l", "--label"},
            paramLabel = "TEXT",
            description = "What the lock's znode holds, for people who look there.")
    private String label = "";

    @Parameters(index = "0", paramLabel = "PATH", description = "The lock's directory; it is created when needed.")
    private String path = "";

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "COMMAND",
            description = "What to run, with its arguments.")
    private List<String> command = new ArrayList<>();

    private int exitCode;

    @Override
    String path() {
        return path;
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        super.call();
        return exitCode;
    }

    @Override
    void run(Session session) throws InterruptedException, IOException {
        Held held = session.lock(path, label, patience())
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.REFUSED, path + " is held by others for longer than " + waitSeconds + " s"));
        try {
            exitCode = runHolding(held);
        } finally {
            held.release();
        }
    }

    private Optional<Duration> patience() {
        Double seconds = waitSeconds;
        if (seconds == null) {
            return Optional.empty();
        }
        if (!(seconds >= 0 && seconds < 1e9)) {
            throw new CommandFailure(ExitCode.USAGE, "--wait is a number of seconds, not " + seconds);
        }
        return Optional.of(Duration.ofMillis(Math.round(seconds * 1000)));
    }

    private int runHolding(Held held) throws InterruptedException, IOException {
        ProcessBuilder builder = new ProcessBuilder(words()).inheritIO();
        builder.environment().put("ZAB_FENCING_TOKEN", Long.toString(held.fencingToken()));
        builder.environment().put("ZAB_LOCK_PATH", held.path());
        Process process = start(builder);
        AtomicReference<@Nullable String> loss = new AtomicReference<>();
        Thread withUs = new Thread(process::destroy);
        Runtime.getRuntime().addShutdownHook(withUs);
        try {
            held.onLoss(reason -> {
                loss.set(reason);
                process.destroy();
                process.onExit()
                        .orTimeout(GRACE_SECONDS, TimeUnit.SECONDS)
                        .exceptionally(late -> process.destroyForcibly());
            });
            int code = process.waitFor();
            String reason = loss.get();
            if (reason == null) {
                return code;
            }
            screen().note(screen().onErr(Style.BAD, "the lock was lost, the command was ended: " + reason));
            return ExitCode.UNKNOWN;
        } finally {
            end(process);
            forget(withUs);
        }
    }

    /** What stands behind the path belongs to the command, options too; a -- in front of it is for the eye. */
    private List<String> words() {
        List<String> words = command.get(0).equals("--") ? command.subList(1, command.size()) : command;
        if (words.isEmpty()) {
            throw new CommandFailure(ExitCode.USAGE, "which command?");
        }
        return words;
    }

    private Process start(ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.REFUSED, "cannot run " + builder.command().get(0) + ": " + e.getMessage());
        }
    }

    /** Nothing of it goes on without the lock. */
    private static void end(Process process) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException isEnding) {
            // It has run, or is about to.
        }
    }
}
