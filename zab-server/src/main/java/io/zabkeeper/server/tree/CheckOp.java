package io.zabkeeper.server.tree;

import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.Permission;
import io.zabkeeper.wire.reply.EmptyReply;
import io.zabkeeper.wire.request.Check;

/** check, part of a multi: changes nothing, and fails unless the znode has the version (client protocol §3.3). */
final class CheckOp {
    private CheckOp() {}

    static Outcome execute(Write write, Check check) {
        if (!PathRules.isPath(check.path())) {
            return Outcome.failed(ErrorCode.BAD_ARGUMENTS);
        }
        Znode node = write.tree.find(check.path());
        if (node == null) {
            return Outcome.failed(ErrorCode.NONODE);
        }
        if (!write.may(Permission.READ, node)) {
            return Outcome.failed(ErrorCode.NOAUTH);
        }
        if (!Version.matches(check.version(), node.version)) {
            return Outcome.failed(ErrorCode.BADVERSION);
        }
        return Outcome.done(EmptyReply.INSTANCE);
    }
}
