package io.zabkeeper.cli.command;

import io.zabkeeper.cli.output.Format;
import io.zabkeeper.cli.output.Json;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code zab deleteall}: {@code rm -r} under the name that users of ZooKeeper's shell know. */
@Command(
        name = "deleteall",
        description = "Delete a znode and all below it: the same as 'rm -r'. Asks when stdin is a terminal.")
final class DeleteAllCommand extends SessionCommand {
    private static final int ANY_VERSION = -1;

    @Option(
            names = {"-f", "--force"},
            description = "Do not ask.")
    private boolean isForced;

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
        long deleted = new Deletion(session, path, ANY_VERSION).run(zab().approval(isForced));
        if (output.format() == Format.JSON) {
            screen().result(Json.of(Deletion.object(path, deleted)));
        }
    }
}
