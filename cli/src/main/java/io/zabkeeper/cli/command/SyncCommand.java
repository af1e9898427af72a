package io.zabkeeper.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code zab sync}: what comes behind it in the same session sees everything that was answered before. */
@Command(
        name = "sync",
        description = "Make the server catch up with everything that was answered before, by whichever server."
                + " Useful in the shell, where the next command asks the same server.")
final class SyncCommand extends SessionCommand {
    @Parameters(paramLabel = "PATH", defaultValue = "/", description = "Of no importance here (default: the root).")
    private String path = "/";

    @Override
    String path() {
        return path;
    }

    @Override
    void run(Session session) throws InterruptedException {
        session.sync(path);
    }
}
