package io.zabkeeper.cli.command;

import io.zabkeeper.cli.output.Format;
import io.zabkeeper.cli.output.Json;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.Stat;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code zab stat}: prints what a znode tells about itself besides its data. */
@Command(name = "stat", description = "Print a znode's stat.")
final class StatCommand extends SessionCommand {
    @Mixin
    private OutputOption output = new OutputOption();

    @Parameters(paramLabel = "PATH", description = "The znode.")
    private String path = "";

    @Override
    String path() {
        return path;
    }

    @Override
    void run(Session session) throws InterruptedException {
        Stat stat = session.stat(path).orElseThrow(() -> new Refusal(ErrorCode.NONODE, path));
        if (output.format() == Format.JSON) {
            Map<String, @Nullable Object> object = Json.object();
            object.put("path", path);
            object.put("stat", StatLines.object(stat));
            screen().result(Json.of(object));
        } else {
            screen().text(StatLines.text(stat));
        }
    }
}
