package io.zabkeeper.wire.request;

import io.zabkeeper.wire.OpCode;

/** Ends the session. */
public record CloseSession() implements Request {
    public static final CloseSession INSTANCE = new CloseSession();

    @Override
    public OpCode op() {
        return OpCode.CLOSE_SESSION;
    }

    @Override
    public boolean isWrite() {
        return true;
    }

    @Override
    public <R> R deliverTo(Receiver<R> receiver) {
        return receiver.onCloseSession(this);
    }
}
