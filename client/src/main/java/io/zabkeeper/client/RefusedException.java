package io.zabkeeper.client;

import io.zabkeeper.wire.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * The request was surely not done, and {@link #code()} says why.
 *
 * <p>Most codes are the server's. The client itself uses {@link ErrorCode#BAD_ARGUMENTS} for what it does not even send
 * (a malformed path, a request that is too long), {@link ErrorCode#OPERATION_TIMEOUT} for a request that waited too
 * long for a server and for a read without a reply in time, and {@link ErrorCode#CONNECTION_LOSS} for a read whose
 * connection broke. A server that is cut off from its quorum ({@link ConnectionState#READ_ONLY}) says
 * {@link ErrorCode#NOT_READ_ONLY} to every write and to {@code sync}.
 */
public sealed class RefusedException extends ZabException permits TransactionRefusedException {
    private static final long serialVersionUID = 1;

    private final ErrorCode code;

    RefusedException(ErrorCode code, String reason, @Nullable String path) {
        super(code + (path == null ? "" : " at " + path) + ": " + reason, path);
        this.code = code;
    }

    public ErrorCode code() {
        return code;
    }
}
