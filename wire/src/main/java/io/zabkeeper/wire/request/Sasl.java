package io.zabkeeper.wire.request;

import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.OpCode;
import org.jspecify.annotations.Nullable;

/**
 * One step of an exchange of tokens.
 *
 * @param token the mechanism's own; may be absent or empty at first
 */
public record Sasl(@Nullable Bytes token) implements Request {
    @Override
    public OpCode op() {
        return OpCode.SASL;
    }

    @Override
    public <R> R deliverTo(Receiver<R> receiver) {
        return receiver.onSasl(this);
    }
}
