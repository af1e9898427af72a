package io.zabkeeper.wire.request;

import io.zabkeeper.wire.OpCode;

/** Asks for the data of a znode. */
public record GetData(String path, boolean watch) implements Request {
    @Override
    public OpCode op() {
        return OpCode.GET_DATA;
    }

    @Override
    public <R> R deliverTo(Receiver<R> receiver) {
        return receiver.onGetData(this);
    }
}
