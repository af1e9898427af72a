package io.zabkeeper.server.tree;

import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.Permission;
import io.zabkeeper.wire.reply.EmptyReply;
import io.zabkeeper.wire.request.CheckNotExists;

/** checkNotExists, part of a multi: changes nothing, and fails if such a znode is there. */
final class CheckNotExistsOp {
    private CheckNotExistsOp() {}

    /** Who may not read the znode does not learn its version. */
    static Outcome execute(Write write, CheckNotExists check) {
        if (!PathRules.isPath(check.path())) {
            return Outcome.failed(ErrorCode.BAD_ARGUMENTS);
        }
        Znode node = write.tree.find(check.path());
        if (node == null) {
            return Outcome.done(EmptyReply.INSTANCE);
        }
        if (!write.may(Permission.READ, node)) {
            return Outcome.failed(ErrorCode.NOAUTH);
        }
        return Version.matches(check.version(), node.version)
                ? Outcome.failed(ErrorCode.NODEEXISTS)
                : Outcome.done(EmptyReply.INSTANCE);
    }
}
