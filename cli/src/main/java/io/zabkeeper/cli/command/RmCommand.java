package io.zabkeeper.cli.command;

import io.zabkeeper.cli.output.Format;
import io.zabkeeper.cli.output.Json;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code zab rm}: deletes a znode, or a whole subtree from its leaves upwards. */
@Command(
        name = "rm",
        description = {
            "Delete a znode; with '-o json' say how many that were.",
            "-r counts what is below it, and asks when stdin is a terminal. A script is not asked."
        })
final class RmCommand extends SessionCommand {
    private static final int ANY_VERSION = -1;

    @Option(
            names = {"-r", "--recursive"},
            description = "Delete all below it first. Not one step: others may see it half done.")
    private boolean isRecursive;

    @Option(
            names = {"-f", "--force"},
            description = "Do not ask.")
    private boolean isForced;

    @Option(
            names = {"-v", "--if-version"},
            paramLabel = "VERSION",
            defaultValue = "-1",
            description = "Only if this is the data's version now.")
    private int version = ANY_VERSION;

    @Mixin
    private OutputOption output = new OutputOption();

    @Parameters(paramLabel = "PATH", description = "The znode.")
    private String path = "";

    @Override
    String path() {
        return path;
    }

    @Override
    void run(Session session) throws InterruptedException, IOException {
        Deletion.refuseRoot(path);
        long deleted = 1;
        if (isRecursive) {
            deleted = new Deletion(session, path, version).run(zab().approval(isForced));
        } else {
            delete(session);
        }
        if (output.format() == Format.JSON) {
            screen().result(Json.of(Deletion.object(path, deleted)));
        }
    }

    private void delete(Session session) throws InterruptedException {
        try {
            session.delete(path, version);
        } catch (Refusal refusal) {
            throw switch (refusal.error()) {
                case BADVERSION ->
                    new CommandFailure(ExitCode.REFUSED, "BADVERSION: " + path + " is not at version " + version);
                case NOTEMPTY ->
                    new CommandFailure(ExitCode.REFUSED, "NOTEMPTY: " + path + " has children; -r deletes them too");
                default -> refusal;
            };
        }
    }
}
