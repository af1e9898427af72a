package io.zabkeeper.cli.command;

import io.zabkeeper.cli.output.Format;
import io.zabkeeper.cli.output.Json;
import io.zabkeeper.cli.output.ZnodeData;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code zab tree}: draws a znode and all below it. */
@Command(name = "tree", description = "Draw a znode and all below it.")
final class TreeCommand extends SessionCommand {
    @Option(
            names = {"-d", "--depth"},
            paramLabel = "N",
            description = "No more than so many levels below it.")
    private int depth = Integer.MAX_VALUE;

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
        if (depth < 0) {
            throw new CommandFailure(ExitCode.USAGE, "--depth is 0 or more, not " + depth);
        }
        Subtree tree = Subtree.read(session, path, depth);
        if (output.format() == Format.JSON) {
            screen().result(Json.of(object(tree)));
        } else {
            screen().result(ZnodeData.onOneLine(tree.path()));
            draw(tree.children(), "");
        }
    }

    private static Map<String, @Nullable Object> object(Subtree tree) {
        Map<String, @Nullable Object> object = Json.object();
        object.put("path", tree.path());
        object.put("children", tree.children().stream().map(TreeCommand::object).toList());
        return object;
    }

    private void draw(List<Subtree> children, String indent) {
        for (int i = 0; i < children.size(); i++) {
            boolean isLast = i == children.size() - 1;
            Subtree child = children.get(i);
            screen().result(indent + (isLast ? "└── " : "├── ") + ZnodeData.onOneLine(child.name()));
            draw(child.children(), indent + (isLast ? "    " : "│   "));
        }
    }
}
