package io.zabkeeper.wire.request;

import io.zabkeeper.wire.OpCode;

/** Says that the session is alive. */
public record Ping() implements Request {
    public static final Ping INSTANCE = new Ping();

    @Override
    public OpCode op() {
        return OpCode.PING;
    }

    @Override
    public <R> R deliverTo(Receiver<R> receiver) {
        return receiver.onPing(this);
    }
}
