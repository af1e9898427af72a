package io.zabkeeper.wire.request;

import io.zabkeeper.wire.OpCode;

/** Inside a multi: the znode must have this version, -1 for any. */
public record Check(String path, int version) implements Request {
    @Override
    public OpCode op() {
        return OpCode.CHECK;
    }

    @Override
    public <R> R deliverTo(Receiver<R> receiver) {
        return receiver.onCheck(this);
    }
}
