package io.zabkeeper.cli.command;

import io.zabkeeper.cli.output.Style;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/**
 * Runs another command while something is held, and ends it when that is lost. Those below differ in what they hold and how
 * they get it.
 */
abstract class GuardingCommand extends SessionCommand {
    private static final int GRACE_SECONDS = 5;

    @Parameters(index = "0", paramLabel = "PATH", description = "A directory of its own; it is created when needed.")
    private String path = "";

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "COMMAND",
            description = "What to run, with its arguments.")
    private List<String> command = new ArrayList<>();

    private int exitCode;
    private boolean isLost;

    /** What is held, in a word; names it in messages and in the command's environment. */
    abstract String what();

    /** Waits until it is held. */
    abstract Held acquire(Session session) throws InterruptedException;

    @Override
    String path() {
        return path;
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        if (isCommandWanted() && words().isEmpty()) {
            throw new CommandFailure(ExitCode.USAGE, "which command?");
        }
        if (!isCommandWanted() && !words().isEmpty()) {
            throw new CommandFailure(
                    ExitCode.USAGE, "'" + words().get(0) + "' would not be run; options stand in front of the PATH");
        }
        isLost = false;
        super.call();
        return exitCode;
    }

    /** Whether there is something to run. */
    boolean isCommandWanted() {
        return true;
    }

    /** Whether the last command was ended because what was held is lost. */
    final boolean isLost() {
        return isLost;
    }

    @Override
    void run(Session session) throws InterruptedException {
        Held held = acquire(session);
        try {
            exitCode = runHolding(held);
        } finally {
            held.release();
        }
    }

    private int runHolding(Held held) throws InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(words()).inheritIO();
        builder.environment().put("ZAB_FENCING_TOKEN", Long.toString(held.fencingToken()));
        builder.environment().put("ZAB_" + what().toUpperCase(Locale.ROOT) + "_PATH", held.path());
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
            isLost = true;
            screen().note(screen().onErr(Style.BAD, "the " + what() + " was lost, the command was ended: " + reason));
            return ExitCode.UNKNOWN;
        } finally {
            end(process);
            forget(withUs);
        }
    }

    /** What stands behind the path belongs to the command, options too; a -- in front of it is for the eye. */
    private List<String> words() {
        boolean hasMark = !command.isEmpty() && command.get(0).equals("--");
        return hasMark ? command.subList(1, command.size()) : command;
    }

    private static Process start(ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.REFUSED, "cannot run " + builder.command().get(0) + ": " + e.getMessage());
        }
    }

    /** Nothing of it goes on without what was held. */
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
