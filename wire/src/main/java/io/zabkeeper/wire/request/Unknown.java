package io.zabkeeper.wire.request;

import io.zabkeeper.wire.OpCode;

/** An operation that this build does not carry out, decoded no further than its number. The answer is "unimplemented". */
public record Unknown(int code) implements Request {
    @Override
    public OpCode op() {
        return OpCode.of(code);
    }

    @Override
    public <R> R deliverTo(Receiver<R> receiver) {
        return receiver.onUnknown(this);
    }
}
