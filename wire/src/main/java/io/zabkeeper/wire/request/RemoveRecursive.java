package io.zabkeeper.wire.request;

import io.zabkeeper.wire.OpCode;

/**
 * Removes a znode with everything below it, or nothing. An extension.
 *
 * @param limit znodes that it may be, as an unsigned number
 */
public record RemoveRecursive(String path, int limit) implements Request {
    @Override
    public OpCode op() {
        return OpCode.REMOVE_RECURSIVE;
    }

    @Override
    public boolean isWrite() {
        return true;
    }

    @Override
    public <R> R deliverTo(Receiver<R> receiver) {
        return receiver.onRemoveRecursive(this);
    }
}
