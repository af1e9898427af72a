package io.zabkeeper.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code zab delquota}: {@code zab quota --delete} for fingers that know zkCli. */
@Command(name = "delquota", hidden = true, description = "The same as quota --delete.")
final class DelQuotaCommand extends SessionCommand {
    @Parameters(paramLabel = "PATH", description = "The top of the subtree.")
    private String path = "";

    @Override
    String path() {
        return path;
    }

    @Override
    void run(Session session) throws InterruptedException {
        if (!new Quota(session, path).delete()) {
            throw new CommandFailure(ExitCode.REFUSED, path + " has no quota");
        }
    }
}
