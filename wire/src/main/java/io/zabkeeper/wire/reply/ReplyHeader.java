package io.zabkeeper.wire.reply;

import io.zabkeeper.wire.ErrorCode;

/**
 * In front of every reply but the first of a connection.
 *
 * @param xid the request's
 * @param zxid the last one that the server has applied; a write's own
 * @param error 0, or an {@link ErrorCode}'s number; then there is no body
 */
public record ReplyHeader(int xid, long zxid, int error) {
    public ReplyHeader(int xid, long zxid, ErrorCode error) {
        this(xid, zxid, error.code());
    }

    public boolean isOk() {
        return error == 0;
    }
}
