package io.zabkeeper.cli.command;

import io.zabkeeper.cli.output.Format;
import io.zabkeeper.cli.output.Json;
import io.zabkeeper.cli.output.ZnodeData;
import io.zabkeeper.wire.ClientInfo;
import io.zabkeeper.wire.ZnodePath;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code zab whoami}: who the client is to the server. */
@Command(name = "whoami", description = "Print who this client is to the server: one SCHEME:USER a line.")
final class WhoAmICommand extends SessionCommand {
    @Mixin
    private OutputOption output = new OutputOption();

    @Override
    String path() {
        return ZnodePath.ROOT;
    }

    @Override
    void run(Session session) throws InterruptedException {
        for (ClientInfo identity : session.whoAmI()) {
            if (output.format() == Format.JSON) {
                Map<String, @Nullable Object> object = Json.object();
                object.put("scheme", identity.scheme());
                object.put("user", identity.user());
                screen().result(Json.of(object));
            } else {
                screen().result(ZnodeData.onOneLine(identity.scheme() + ":" + identity.user()));
            }
        }
    }
}
