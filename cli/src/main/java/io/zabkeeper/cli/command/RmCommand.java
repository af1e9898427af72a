package io.zabkeeper.cli.command;

import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.ZnodePath;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code zab rm}: deletes a znode, or a whole subtree from its leaves upwards. */
@Command(name = "rm", description = "Delete a znode.")
final class RmCommand extends SessionCommand {
    private static final int ANY_VERSION = -1;

    @Option(
            names = {"-r", "--recursive"},
            description = "Delete all below it first. Not one step: others may see it half done.")
    private boolean isRecursive;

    @Option(
            names = {"-v", "--if-version"},
            paramLabel = "VERSION",
            defaultValue = "-1",
            description = "Only if this is the data's version now.")
    private int version;

    @Parameters(paramLabel = "PATH", description = "The znode.")
    private String path = "";

    @Override
    String path() {
        return path;
    }

    @Override
    void run(Session session) throws InterruptedException {
        if (path.equals(ZnodePath.ROOT)) {
            throw new CommandFailure(ExitCode.USAGE, "the root stays");
        }
        if (isRecursive) {
            deleteBelow(session, path);
        }
        try {
            session.delete(path, version);
        } catch (Refusal refusal) {
            throw explained(refusal);
        }
    }

    private CommandFailure explained(Refusal refusal) {
        return switch (refusal.error()) {
            case BADVERSION ->
                new CommandFailure(ExitCode.REFUSED, "BADVERSION: " + path + " is not at version " + version);
            case NOTEMPTY ->
                new CommandFailure(
                        ExitCode.REFUSED,
                        "NOTEMPTY: " + path + " has children"
                                + (isRecursive ? ", others create them as we delete" : "; -r deletes them too"));
            default -> refusal;
        };
    }

    private static void deleteBelow(Session session, String parent) throws InterruptedException {
        for (String name : children(session, parent)) {
            String child = ZnodePath.child(parent, name);
            deleteBelow(session, child);
            try {
                session.delete(child, ANY_VERSION);
            } catch (Refusal refusal) {
                if (refusal.error() != ErrorCode.NONODE) { // Somebody else deleted it.
                    throw refusal;
                }
            }
        }
    }

    private static List<String> children(Session session, String parent) throws InterruptedException {
        try {
            return session.children(parent);
        } catch (Refusal refusal) {
            if (refusal.error() == ErrorCode.NONODE) {
                return List.of();
            }
            throw refusal;
        }
    }
}
