package io.zabkeeper.wire.request;

import io.zabkeeper.wire.OpCode;

/**
 * Deletes a znode without children.
 *
 * @param version the one that it must have, -1 for any
 */
public record Delete(String path, int version) implements Request {
    @Override
    public OpCode op() {
        return OpCode.DELETE;
    }

    @Override
    public boolean isWrite() {
        return true;
    }

    @Override
    public <R> R deliverTo(Receiver<R> receiver) {
        return receiver.onDelete(this);
    }
}
