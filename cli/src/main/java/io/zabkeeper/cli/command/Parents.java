package io.zabkeeper.cli.command;

import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.CreateMode;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.ZnodePath;

/** The znodes that must be there before one below them can be created. */
final class Parents {
    private Parents() {}

    /** @throws CommandFailure if the parent of a path is missing */
    static void require(Session session, String path) throws InterruptedException {
        String parent = ZnodePath.parent(path);
        if (session.stat(parent).isEmpty()) {
            throw new CommandFailure(
                    ExitCode.REFUSED,
                    "NONODE: the parent " + parent + " does not exist; 'create -p " + parent + "' creates it");
        }
    }

    /** Creates those of a path that are missing. */
    static void create(Session session, String path) throws InterruptedException {
        String parent = ZnodePath.parent(path);
        if (parent.equals(ZnodePath.ROOT) || session.stat(parent).isPresent()) {
            return;
        }
        create(session, parent);
        try {
            session.create(parent, Bytes.EMPTY, CreateMode.PERSISTENT);
        } catch (Refusal refusal) {
            if (refusal.error() != ErrorCode.NODEEXISTS) { // Somebody else was quicker.
                throw refusal;
            }
        }
    }
}
