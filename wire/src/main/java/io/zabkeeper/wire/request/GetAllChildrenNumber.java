package io.zabkeeper.wire.request;

import io.zabkeeper.wire.OpCode;

/** Asks how many znodes there are below a path. */
public record GetAllChildrenNumber(String path) implements Request {
    @Override
    public OpCode op() {
        return OpCode.GET_ALL_CHILDREN_NUMBER;
    }

    @Override
    public <R> R deliverTo(Receiver<R> receiver) {
        return receiver.onGetAllChildrenNumber(this);
    }
}
