package io.zabkeeper.server.tree;

import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.codec.JuteWriter;
import io.zabkeeper.wire.reply.ChildrenReply;
import io.zabkeeper.wire.reply.DataReply;
import io.zabkeeper.wire.reply.MultiReply;
import io.zabkeeper.wire.reply.MultiReply.Result;
import io.zabkeeper.wire.reply.Reply;
import io.zabkeeper.wire.request.MultiRead;
import io.zabkeeper.wire.request.Request;
import java.util.ArrayList;
import java.util.List;

/**
 * multiRead: each operation is answered for itself, all from the same state (client protocol §2.4).
 *
 * <p>A small request must not bring about a reply without bounds (CVE-2026-100302). Operations beyond the one with which
 * the budget was used up, or beyond the number that one request may have, are answered with
 * {@link ErrorCode#THROTTLED_OP}: the client may ask for them once more. So a reply takes at most the budget, one
 * operation's reply and an error for each of the others.
 */
final class MultiReader {
    /** Bytes of results in one reply; clients accept less by default. */
    static final int REPLY_BUDGET = 4 * 1024 * 1024;

    /** Operations that are carried out in one request. */
    static final int OPERATION_LIMIT = 8 * 1024;

    private static final int HEADER_SIZE = 2 * Integer.BYTES + 1;

    private static final Result REFUSED = new Result.Failed(ErrorCode.THROTTLED_OP);

    private final TreeReader reader;
    private long sizeBytes;

    MultiReader(TreeReader reader) {
        this.reader = reader;
    }

    MultiReply read(MultiRead multiRead) {
        List<Request> operations = multiRead.operations();
        List<Result> results = new ArrayList<>(operations.size());
        for (Request operation : operations) {
            boolean isRefused = sizeBytes >= REPLY_BUDGET || results.size() >= OPERATION_LIMIT;
            results.add(isRefused ? REFUSED : read(operation));
        }
        return new MultiReply(results);
    }

    private Result read(Request operation) {
        ReadResult result = operation.deliverTo(reader);
        Reply reply = result.reply();
        if (reply == null) {
            sizeBytes += HEADER_SIZE + Integer.BYTES;
            return new Result.Failed(result.error());
        }
        sizeBytes += HEADER_SIZE + sizeOf(reply);
        return new Result.Done(operation.op(), reply);
    }

    private static long sizeOf(Reply reply) {
        if (reply instanceof DataReply data) {
            Bytes bytes = data.data();
            return (long) Integer.BYTES + (bytes == null ? 0 : bytes.length()) + JuteWriter.STAT_SIZE;
        }
        long size = Integer.BYTES;
        if (reply instanceof ChildrenReply children) {
            for (Bytes name : children.names()) {
                size += (long) Integer.BYTES + name.length();
            }
        }
        return size;
    }
}
