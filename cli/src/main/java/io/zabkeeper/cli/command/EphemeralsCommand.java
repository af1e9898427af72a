package io.zabkeeper.cli.command;

import io.zabkeeper.cli.output.Format;
import io.zabkeeper.cli.output.Json;
import io.zabkeeper.cli.output.ZnodeData;
import io.zabkeeper.wire.ZnodePath;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code zab ephemerals}: the znodes that go with the session, which only the shell's outlives a command. */
@Command(name = "ephemerals", description = "List the ephemeral znodes of this session; of use in the shell.")
final class EphemeralsCommand extends SessionCommand {
    @Mixin
    private OutputOption output = new OutputOption();

    @Override
    String path() {
        return ZnodePath.ROOT;
    }

    @Override
    void run(Session session) throws InterruptedException {
        for (String path : session.ephemerals().stream().sorted().toList()) {
            if (output.format() == Format.JSON) {
                Map<String, @Nullable Object> object = Json.object();
                object.put("path", path);
                screen().result(Json.of(object));
            } else {
                screen().result(ZnodeData.onOneLine(path));
            }
        }
    }
}
