package io.zabkeeper.server.tree;

import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.Permission;
import io.zabkeeper.wire.reply.StatReply;
import io.zabkeeper.wire.request.SetAcl;
import java.util.List;

/** setACL. Moves the aversion and nothing else, and fires no watch (client protocol §4.1, §5.2). */
final class SetAclOp {
    private SetAclOp() {}

    static Outcome execute(Write write, SetAcl setAcl) {
        String path = setAcl.path();
        if (!PathRules.isPath(path)) {
            return Outcome.failed(ErrorCode.BAD_ARGUMENTS);
        }
        List<Acl> acl = AclFixUp.fix(setAcl.acl(), write.identity, write.settings.agreed());
        if (acl == null) {
            return Outcome.failed(ErrorCode.INVALID_ACL);
        }
        Tree tree = write.tree;
        Znode node = tree.find(path);
        if (node == null) {
            return Outcome.failed(ErrorCode.NONODE);
        }
        if (!write.may(Permission.ADMIN, node)) {
            return Outcome.failed(ErrorCode.NOAUTH);
        }
        if (!Version.matches(setAcl.version(), node.aversion)) {
            return Outcome.failed(ErrorCode.BADVERSION);
        }

        Znode changed = node.withAcl(tree.intern(acl));
        tree.replace(node, changed);
        return Outcome.done(new StatReply(changed.stat()));
    }
}
