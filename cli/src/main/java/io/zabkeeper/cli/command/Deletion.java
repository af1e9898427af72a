package io.zabkeeper.cli.command;

import io.zabkeeper.cli.output.Json;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.ZnodePath;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A znode's deletion with all that was below it when it was counted, from the leaves upwards. What others create
 * meanwhile was not counted, and stays.
 */
final class Deletion {
    private static final int ANY_VERSION = -1;

    private final Session session;
    private final String path;
    private final int version;
    private long deleted;

    /** @param version what the data of the znode itself must have; -1 stands for any */
    Deletion(Session session, String path, int version) {
        this.session = session;
        this.path = path;
        this.version = version;
    }

    /** Deletes, if it is approved, and says how many znodes that were. */
    long run(Approval approval) throws InterruptedException, IOException {
        checkVersion();
        Subtree tree = Subtree.read(session, path, Integer.MAX_VALUE);
        if (!approval.isGiven(question(tree.size() - 1))) {
            throw new CommandFailure(ExitCode.REFUSED, "nothing was deleted");
        }
        for (Subtree child : tree.children()) {
            delete(child);
        }
        delete(path, version);
        return deleted;
    }

    /** Ahead of everything below, which would be gone when the service refuses the znode itself. */
    private void checkVersion() throws InterruptedException {
        if (version != ANY_VERSION
                && session.stat(path).filter(stat -> stat.version() != version).isPresent()) {
            throw otherVersion();
        }
    }

    private String question(long below) {
        return switch ((int) Math.min(below, 2)) {
            case 0 -> "delete " + path + "?";
            case 1 -> "delete 1 znode below " + path + " and " + path + " itself?";
            default -> "delete " + below + " znodes below " + path + " and " + path + " itself?";
        };
    }

    private void delete(Subtree tree) throws InterruptedException {
        for (Subtree child : tree.children()) {
            delete(child);
        }
        try {
            delete(tree.path(), ANY_VERSION);
        } catch (Refusal refusal) {
            if (refusal.error() != ErrorCode.NONODE) { // Somebody else deleted it.
                throw refusal;
            }
        }
    }

    private void delete(String doomed, int guard) throws InterruptedException {
        try {
            session.delete(doomed, guard);
            deleted++;
        } catch (Refusal refusal) {
            throw explained(refusal, doomed);
        }
    }

    private CommandFailure explained(Refusal refusal, String doomed) {
        return switch (refusal.error()) {
            case BADVERSION -> otherVersion();
            case NOTEMPTY ->
                new CommandFailure(
                        ExitCode.REFUSED,
                        "NOTEMPTY: " + doomed + " has children that others created since they were counted");
            default -> refusal;
        };
    }

    private CommandFailure otherVersion() {
        return new CommandFailure(ExitCode.REFUSED, "BADVERSION: " + path + " is not at version " + version);
    }

    /** For programs: what was deleted, and how many znodes that were. */
    static Map<String, @Nullable Object> object(String path, long deleted) {
        Map<String, @Nullable Object> object = Json.object();
        object.put("path", path);
        object.put("deleted", deleted);
        return object;
    }

    /** @throws CommandFailure for the root */
    static void refuseRoot(String path) {
        if (path.equals(ZnodePath.ROOT)) {
            throw new CommandFailure(ExitCode.USAGE, "the root stays");
        }
    }
}
