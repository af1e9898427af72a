package io.zabkeeper.cli.command;

import io.zabkeeper.cli.output.Json;
import io.zabkeeper.cli.output.ZnodeData;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code zab get}: prints a znode's data. */
@Command(
        name = "get",
        description = "Print a znode's data; as a hex dump when it is not text, '-o raw' writes the bytes as they are.")
final class GetCommand extends SessionCommand {
    @Option(
            names = {"-s", "--stat"},
            description = "Print the stat too.")
    private boolean isWithStat;

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
        Session.Znode znode = session.get(path);
        byte[] bytes = znode.data() == null ? new byte[0] : znode.data().array();
        ZnodeData data = new ZnodeData(bytes);
        switch (output.format()) {
            case TEXT -> {
                screen().text(data.readable());
                if (isWithStat) {
                    screen().text(StatLines.text(znode.stat()));
                }
            }
            case JSON -> {
                Map<String, @Nullable Object> object = Json.object();
                object.put("path", path);
                if (znode.data() == null) {
                    object.put("data", null);
                } else {
                    data.putInto(object);
                }
                if (isWithStat) {
                    object.put("stat", StatLines.object(znode.stat()));
                }
                screen().result(Json.of(object));
            }
            case RAW -> {
                screen().raw(bytes);
                if (isWithStat) {
                    screen().note(StatLines.text(znode.stat()).stripTrailing());
                }
            }
        }
    }
}
