package io.zabkeeper.wire.request;

import io.zabkeeper.wire.OpCode;

/** Asks for the identities of the connection. */
public record WhoAmI() implements Request {
    public static final WhoAmI INSTANCE = new WhoAmI();

    @Override
    public OpCode op() {
        return OpCode.WHO_AM_I;
    }

    @Override
    public <R> R deliverTo(Receiver<R> receiver) {
        return receiver.onWhoAmI(this);
    }
}
