package io.zabkeeper.wire.request;

import io.zabkeeper.wire.OpCode;

/**
 * Part of a multi: requires that there is no such znode. An extension.
 *
 * @param version only one that has this version would be in the way; -1 for any
 */
public record CheckNotExists(String path, int version) implements Request {
    @Override
    public OpCode op() {
        return OpCode.CHECK_NOT_EXISTS;
    }

    @Override
    public boolean isWrite() {
        return true;
    }

    @Override
    public <R> R deliverTo(Receiver<R> receiver) {
        return receiver.onCheckNotExists(this);
    }
}
