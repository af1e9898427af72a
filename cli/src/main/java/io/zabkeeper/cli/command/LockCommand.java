package io.zabkeeper.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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
final class LockCommand extends GuardingCommand {
    @Mixin
    private PatienceOption patience = new PatienceOption();

    @Option(
            names = {"-l", "--label"},
            paramLabel = "TEXT",
            description = "What the lock's znode holds, for people who look there.")
    private String label = "";

    @Override
    String what() {
        return "lock";
    }

    @Override
    Held acquire(Session session) throws InterruptedException {
        return session.lock(path(), label, patience.duration())
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.REFUSED, path() + " is held by others for longer than " + patience));
    }
}
