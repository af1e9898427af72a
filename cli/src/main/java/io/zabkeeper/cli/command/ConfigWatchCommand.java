package io.zabkeeper.cli.command;

import io.zabkeeper.cli.output.Format;
import io.zabkeeper.cli.output.Json;
import io.zabkeeper.cli.output.Style;
import io.zabkeeper.cli.output.ZnodeData;
import io.zabkeeper.wire.Bytes;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code zab config watch}: prints what a subtree holds, and each change. */
@Command(
        name = "watch",
        description =
                "Print all values in a subtree, and each change as it comes, until Ctrl-C. The znode need not exist."
                        + " Changes of one value in quick succession may show as one.")
final class ConfigWatchCommand extends SessionCommand {
    @Option(
            names = {"-n", "--count"},
            paramLabel = "N",
            description = "End after so many changes behind the first values.")
    private int count = Integer.MAX_VALUE;

    @Mixin
    private OutputOption output = new OutputOption();

    @Parameters(paramLabel = "PATH", description = "The top of the subtree.")
    private String path = "";

    @Override
    String path() {
        return path;
    }

    @Override
    void run(Session session) throws InterruptedException {
        if (count < 0) {
            throw new CommandFailure(ExitCode.USAGE, "--count is 0 or more, not " + count);
        }
        BlockingQueue<SubtreeChange> changes = new LinkedBlockingQueue<>();
        Runnable following = session.follow(path, changes::add);
        try {
            print(changes);
        } finally {
            following.run();
        }
    }

    private void print(BlockingQueue<SubtreeChange> changes) throws InterruptedException {
        boolean areChanges = false;
        int seen = 0;
        while (!areChanges || seen < count) {
            SubtreeChange change = changes.take();
            switch (change.kind()) {
                case CREATED, CHANGED, DELETED -> {
                    print(areChanges ? change.kind().name().toLowerCase(Locale.ROOT) : "value", change);
                    seen += areChanges ? 1 : 0;
                }
                case COMPLETE -> {
                    if (!areChanges) {
                        note(Style.FAINT, "watching " + ZnodeData.onOneLine(path) + ", Ctrl-C ends it");
                    }
                    areChanges = true;
                }
                case STALE -> note(Style.WARNING, "connection lost: " + change.reason());
                case ENDED -> throw new CommandFailure(ExitCode.UNKNOWN, "no more is learnt: " + change.reason());
            }
        }
    }

    private void print(String event, SubtreeChange change) {
        boolean isGone = change.kind() == SubtreeChange.Kind.DELETED;
        Session.Znode znode = change.znode();
        Bytes bytes = isGone || znode == null ? null : znode.data();
        if (output.format() == Format.JSON) {
            Map<String, @Nullable Object> object = Json.object();
            object.put("event", event);
            object.put("path", change.path());
            if (bytes != null) {
                new ZnodeData(bytes.array()).putInto(object);
            } else if (!isGone) {
                object.put("data", null);
            }
            screen().result(Json.of(object));
            return;
        }
        String value = bytes == null ? "" : " = " + shown(bytes);
        screen().result(screen().onOut(Style.STRONG, event) + " " + ZnodeData.onOneLine(change.path()) + value);
    }

    private static String shown(Bytes bytes) {
        return ZnodeData.onOneLine(bytes.utf8());
    }

    private void note(Style style, String text) {
        screen().note(screen().onErr(style, text));
    }
}
