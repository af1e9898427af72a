package io.zabkeeper.server.request;

import io.zabkeeper.server.tree.ReadResult;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.reply.ChildrenReply;
import io.zabkeeper.wire.reply.EphemeralsReply;
import io.zabkeeper.wire.reply.Reply;
import java.util.List;

/**
 * The largest reply: a small request must not bring about one without a bound (CVE-2026-100302). Only listings can be
 * that large; data and access control lists came in one request, and multiRead has a budget of its own.
 *
 * @param bytes of names, each with its length
 */
record ReplyBudget(int bytes) {
    /** What the longest name could take. Shorter listings than the budget divided by it need not be measured. */
    private static final int LONGEST_NAME = 256 * 1024;

    private static final ReadResult TOO_LARGE = new ReadResult(ErrorCode.MARSHALLING_ERROR, null);

    /** The same, or an error in its place. */
    ReadResult within(ReadResult result) {
        Reply reply = result.reply();
        if (reply instanceof ChildrenReply children) {
            return isWithin(children.names()) ? result : TOO_LARGE;
        }
        if (reply instanceof EphemeralsReply ephemerals) {
            return areWithin(ephemerals.paths()) ? result : TOO_LARGE;
        }
        return result;
    }

    private boolean isWithin(List<Bytes> names) {
        if (names.size() <= bytes / LONGEST_NAME) {
            return true;
        }
        long size = 0;
        for (Bytes name : names) {
            size += Integer.BYTES + (long) name.length();
        }
        return size <= bytes;
    }

    private boolean areWithin(List<String> paths) {
        if (paths.size() <= bytes / LONGEST_NAME) {
            return true;
        }
        long size = 0;
        for (String path : paths) {
            size += Integer.BYTES + (long) path.length();
        }
        return size <= bytes;
    }
}
