package io.zabkeeper.cli.command;

import io.zabkeeper.cli.output.Format;
import io.zabkeeper.cli.output.Json;
import io.zabkeeper.cli.output.ZnodeData;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.ZnodePath;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code zab config get}: prints one value. */
@Command(name = "get", description = "Print the value of a key; exit code 1 when it is not set.")
final class ConfigGetCommand extends SessionCommand {
    @Mixin
    private OutputOption output = new OutputOption();

    @Parameters(index = "0", paramLabel = "PATH", description = "The znode with the settings.")
    private String path = "";

    @Parameters(index = "1", paramLabel = "KEY", description = "The key.")
    private String key = "";

    @Override
    String path() {
        return path;
    }

    @Override
    void run(Session session) throws InterruptedException {
        String problem = key.indexOf('/') < 0 ? ZnodePath.problem(ZnodePath.child(path, key)) : "a key has no '/'";
        if (problem != null) {
            throw new CommandFailure(ExitCode.USAGE, "'" + key + "' is no key: " + problem);
        }
        Bytes value = value(session);
        if (output.format() == Format.RAW) {
            screen().raw(value.array());
        } else if (output.format() == Format.JSON) {
            Map<String, @Nullable Object> object = Json.object();
            object.put("key", key);
            object.put("value", value.utf8());
            screen().result(Json.of(object));
        } else {
            screen().text(new ZnodeData(value.array()).readable());
        }
    }

    private Bytes value(Session session) throws InterruptedException {
        try {
            Bytes data = session.get(ZnodePath.child(path, key)).data();
            return data == null ? Bytes.EMPTY : data;
        } catch (Refusal refusal) {
            if (refusal.error() == ErrorCode.NONODE) {
                throw new CommandFailure(ExitCode.REFUSED, key + " is not set at " + path);
            }
            throw refusal;
        }
    }
}
