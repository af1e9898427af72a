package io.zabkeeper.client;

import io.zabkeeper.wire.ErrorCode;
import java.util.List;

/** Nothing of a transaction was done, because of one operation; {@link #code()} and {@link #path()} are that one's. */
public final class TransactionRefusedException extends RefusedException {
    private static final long serialVersionUID = 1;

    private final int failedIndex;
    private final List<ErrorCode> codes;

    TransactionRefusedException(int failedIndex, List<ErrorCode> codes, String path) {
        super(codes.get(failedIndex), "operation " + failedIndex + " of " + codes.size(), path);
        this.failedIndex = failedIndex;
        this.codes = List.copyOf(codes);
    }

    /** Which operation failed, counted from 0. */
    public int failedIndex() {
        return failedIndex;
    }

    /**
     * What the server says of each operation: {@link ErrorCode#OK} in front of the one that failed,
     * {@link ErrorCode#RUNTIME_INCONSISTENCY} behind it.
     */
    public List<ErrorCode> codes() {
        return codes;
    }
}
