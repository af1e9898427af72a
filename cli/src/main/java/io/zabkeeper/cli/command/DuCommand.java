package io.zabkeeper.cli.command;

import io.zabkeeper.cli.output.Format;
import io.zabkeeper.cli.output.Json;
import io.zabkeeper.cli.output.Style;
import io.zabkeeper.cli.output.Table;
import io.zabkeeper.cli.output.ZnodeData;
import io.zabkeeper.wire.Stat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code zab du}: how much there is below each child of a znode, and in all. */
@Command(
        name = "du",
        description = "Say how many znodes and bytes of data are in each child's subtree, and in all."
                + " What the client may not read is not counted.")
final class DuCommand extends SessionCommand {
    @Mixin
    private OutputOption output = new OutputOption();

    @Parameters(paramLabel = "PATH", defaultValue = "/", description = "The znode (default: the root).")
    private String path = "/";

    @Override
    String path() {
        return path;
    }

    @Override
    void run(Session session) throws InterruptedException {
        Subtree tree = Subtree.read(session, path, Integer.MAX_VALUE);
        List<Usage> usages = new ArrayList<>();
        Usage all = own(session, tree);
        for (Subtree child : tree.children()) {
            Usage usage = usage(session, child);
            usages.add(usage);
            all = all.with(usage);
        }
        usages.add(all);
        print(usages);
    }

    private void print(List<Usage> usages) {
        if (output.format() == Format.JSON) {
            for (Usage usage : usages) {
                Map<String, @Nullable Object> object = Json.object();
                object.put("path", usage.path);
                object.put("znodes", usage.znodes);
                object.put("bytes", usage.bytes);
                screen().result(Json.of(object));
            }
            return;
        }
        Table table = new Table("bytes", "znodes", "path");
        for (Usage usage : usages) {
            table.row(
                    Style.PLAIN,
                    Long.toString(usage.bytes),
                    Long.toString(usage.znodes),
                    ZnodeData.onOneLine(usage.path));
        }
        table.lines(screen()::onOut).forEach(screen()::result);
    }

    private static Usage usage(Session session, Subtree tree) throws InterruptedException {
        Usage usage = own(session, tree);
        for (Subtree child : tree.children()) {
            usage = usage.with(usage(session, child));
        }
        return usage;
    }

    private static Usage own(Session session, Subtree tree) throws InterruptedException {
        return new Usage(
                tree.path(), 1, session.stat(tree.path()).map(Stat::dataLength).orElse(0));
    }

    private record Usage(String path, long znodes, long bytes) {
        Usage with(Usage below) {
            return new Usage(path, znodes + below.znodes, bytes + below.bytes);
        }
    }
}
