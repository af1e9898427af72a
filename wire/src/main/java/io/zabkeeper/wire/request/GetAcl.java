package io.zabkeeper.wire.request;

import io.zabkeeper.wire.OpCode;

/** Asks for the access control list of a znode. */
public record GetAcl(String path) implements Request {
    @Override
    public OpCode op() {
        return OpCode.GET_ACL;
    }

    @Override
    public <R> R deliverTo(Receiver<R> receiver) {
        return receiver.onGetAcl(this);
    }
}
