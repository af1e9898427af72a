package io.zabkeeper.cli.command;

import io.zabkeeper.cli.output.Format;
import io.zabkeeper.cli.output.Json;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.Stat;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code zab set}: replaces a znode's data. */
@Command(name = "set", description = "Replace a znode's data.")
final class SetCommand extends SessionCommand {
    @Option(
            names = {"-v", "--if-version"},
            paramLabel = "VERSION",
            defaultValue = "-1",
            description = "Only if this is the data's version now.")
    private int version;

    @Option(
            names = {"-s", "--stat"},
            description = "Print the new stat.")
    private boolean isWithStat;

    @Mixin
    private OutputOption output = new OutputOption();

    @Parameters(index = "0", paramLabel = "PATH", description = "The znode.")
    private String path = "";

    @Parameters(index = "1", paramLabel = "DATA", description = DataArgument.DESCRIPTION)
    private String data = "";

    @Override
    String path() {
        return path;
    }

    @Override
    void run(Session session) throws InterruptedException, IOException {
        Stat stat = set(session);
        if (output.format() == Format.JSON) {
            Map<String, @Nullable Object> object = Json.object();
            object.put("path", path);
            object.put("stat", StatLines.object(stat));
            screen().result(Json.of(object));
        } else if (isWithStat) {
            screen().text(StatLines.text(stat));
        }
    }

    private Stat set(Session session) throws InterruptedException, IOException {
        try {
            return session.set(path, zab().data(data), version);
        } catch (Refusal refusal) {
            if (refusal.error() == ErrorCode.BADVERSION) {
                throw new CommandFailure(ExitCode.REFUSED, "BADVERSION: " + path + " is not at version " + version);
            }
            throw refusal;
        }
    }
}
