package io.zabkeeper.server.tree;

import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.Permission;
import io.zabkeeper.wire.reply.StatReply;
import io.zabkeeper.wire.request.SetData;

/** setData. The version moves and watches fire even when the bytes are the same (client protocol §4.1). */
final class SetDataOp {
    private SetDataOp() {}

    static Outcome execute(Write write, SetData setData) {
        String path = setData.path();
        if (!PathRules.isPath(path)) {
            return Outcome.failed(ErrorCode.BAD_ARGUMENTS);
        }
        Znode node = write.tree.find(path);
        if (node == null) {
            return Outcome.failed(ErrorCode.NONODE);
        }
        if (!write.may(Permission.WRITE, node)) {
            return Outcome.failed(ErrorCode.NOAUTH);
        }
        byte[] data = setData.data() == null ? null : setData.data().array();
        if (write.isBeyondQuota(path, 0, (data == null ? 0 : data.length) - node.dataLength())) {
            return Outcome.failed(ErrorCode.QUOTA_EXCEEDED);
        }
        if (!Version.matches(setData.version(), node.version)) {
            return Outcome.failed(ErrorCode.BADVERSION);
        }

        Znode changed = node.withData(data, write.zxid, write.stampMillis);
        write.tree.replace(node, changed);
        write.tellDataChanged(path, changed);
        return Outcome.done(new StatReply(changed.stat()));
    }
}
