package io.zabkeeper.cli.command;

import io.zabkeeper.wire.ErrorCode;

/** The service's no to several writes because of one of them; nothing is done. */
public final class TransactionRefusal extends Refusal {
    private static final long serialVersionUID = 1L;

    private final int index;

    /**
     * @param index of the write at fault, from 0
     * @param path what that one is about
     */
    public TransactionRefusal(int index, ErrorCode error, String path) {
        super(error, path);
        this.index = index;
    }

    int index() {
        return index;
    }
}
