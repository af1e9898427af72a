package io.zabkeeper.cli.command;

import io.zabkeeper.cli.output.Format;
import io.zabkeeper.cli.output.Json;
import io.zabkeeper.cli.output.ZnodeData;
import io.zabkeeper.wire.Stat;
import io.zabkeeper.wire.ZnodePath;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code zab find}: the znodes of a subtree for which everything holds that is asked for. */
@Command(
        name = "find",
        description = {
            "Print the paths of a znode and all below it for which every given option holds.",
            "The age is that of the data, by the clocks of the service and of this machine."
        })
final class FindCommand extends SessionCommand {
    @Option(
            names = {"-n", "--name"},
            paramLabel = "GLOB",
            description = "The last part of the path matches: * any characters, ? one. Quote it for the shell.")
    private @Nullable String name;

    @ArgGroup
    private Lifetime lifetime = new Lifetime();

    @Option(names = "--larger", paramLabel = "BYTES", description = "It has more bytes of data than this.")
    private @Nullable Long largerThanBytes;

    @Option(
            names = "--older",
            paramLabel = "DURATION",
            converter = AgeConverter.class,
            description = "Its data has not changed for this long: 30s, 90m, 12h, 7d.")
    private @Nullable Duration older;

    @Option(
            names = "--newer",
            paramLabel = "DURATION",
            converter = AgeConverter.class,
            description = "Its data has changed within this time.")
    private @Nullable Duration newer;

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
        if (largerThanBytes != null && largerThanBytes < 0) {
            throw new CommandFailure(ExitCode.USAGE, "--larger is a number of bytes, not " + largerThanBytes);
        }
        Subtree tree = Subtree.read(session, path, Integer.MAX_VALUE);
        find(session, tree, name == null ? null : Glob.of(name), Instant.now());
    }

    private void find(Session session, Subtree tree, @Nullable Glob glob, Instant now) throws InterruptedException {
        if (glob == null || glob.matches(tree.name())) {
            Optional<Stat> stat = isStatNeeded() ? session.stat(tree.path()) : Optional.empty();
            if (!isStatNeeded() || stat.filter(found -> isWanted(found, now)).isPresent()) {
                print(tree.path(), stat);
            }
        }
        for (Subtree child : tree.children()) {
            find(session, child, glob, now);
        }
    }

    /** One question for each znode, which a search by name alone does without. */
    private boolean isStatNeeded() {
        return output.format() == Format.JSON
                || lifetime.isEphemeral
                || lifetime.isPersistent
                || largerThanBytes != null
                || older != null
                || newer != null;
    }

    private boolean isWanted(Stat stat, Instant now) {
        boolean isEphemeral = stat.ephemeralOwner() != 0;
        Instant changed = Instant.ofEpochMilli(stat.mtime());
        return !(lifetime.isEphemeral && !isEphemeral)
                && !(lifetime.isPersistent && isEphemeral)
                && (largerThanBytes == null || stat.dataLength() > largerThanBytes)
                && (older == null || changed.isBefore(now.minus(older)))
                && (newer == null || !changed.isBefore(now.minus(newer)));
    }

    private void print(String found, Optional<Stat> stat) {
        if (output.format() == Format.JSON) {
            Map<String, @Nullable Object> object = Json.object();
            object.put("path", found);
            stat.ifPresent(known -> object.put("stat", StatLines.object(known)));
            screen().result(Json.of(object));
        } else {
            screen().result(output.format() == Format.RAW ? found : ZnodeData.onOneLine(found));
        }
    }

    /** At most one of them is asked for. */
    private static final class Lifetime {
        @Option(names = "--ephemeral", description = "It goes with a session.")
        private boolean isEphemeral;

        @Option(names = "--persistent", description = "It goes with no session.")
        private boolean isPersistent;
    }
}
