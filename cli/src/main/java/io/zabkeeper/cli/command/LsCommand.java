package io.zabkeeper.cli.command;

import io.zabkeeper.cli.output.Format;
import io.zabkeeper.cli.output.Json;
import io.zabkeeper.cli.output.ZnodeData;
import io.zabkeeper.wire.ZnodePath;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code zab ls}: lists a znode's children. */
@Command(name = "ls", description = "List a znode's children, sorted.")
final class LsCommand extends SessionCommand {
    @Option(
            names = {"-R", "--recursive"},
            description = "List the znode and all below it, as paths; with '-o json' one object a line.")
    private boolean isRecursive;

    @Mixin
    private OutputOption output = new OutputOption();

    @Parameters(paramLabel = "PATH", defaultValue = ZnodePath.ROOT, description = "The znode (default: the root).")
    private String path = ZnodePath.ROOT;

    @Override
    String path() {
        return path;
    }

    @Override
    void run(Session session) throws InterruptedException {
        if (isRecursive) {
            printAll(Subtree.read(session, path, Integer.MAX_VALUE));
            return;
        }
        List<String> children = session.children(path).stream().sorted().toList();
        if (output.format() == Format.JSON) {
            Map<String, @Nullable Object> object = Json.object();
            object.put("path", path);
            object.put("children", children);
            screen().result(Json.of(object));
        } else {
            children.forEach(line());
        }
    }

    private void printAll(Subtree tree) {
        print(tree.path());
        tree.children().forEach(this::printAll);
    }

    private void print(String found) {
        if (output.format() == Format.JSON) {
            Map<String, @Nullable Object> object = Json.object();
            object.put("path", found);
            screen().result(Json.of(object));
        } else {
            line().accept(found);
        }
    }

    private Consumer<String> line() {
        return output.format() == Format.RAW
                ? name -> screen().result(name)
                : name -> screen().result(ZnodeData.onOneLine(name));
    }
}
