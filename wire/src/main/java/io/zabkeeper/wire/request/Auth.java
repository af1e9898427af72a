package io.zabkeeper.wire.request;

import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.OpCode;
import org.jspecify.annotations.Nullable;

/**
 * Adds an identity to the connection.
 *
 * @param type always 0
 * @param auth the scheme's own credentials, for {@code digest} the text {@code user:password}
 */
public record Auth(
        int type, @Nullable String scheme, @Nullable Bytes auth) implements Request {
    @Override
    public OpCode op() {
        return OpCode.AUTH;
    }

    @Override
    public <R> R deliverTo(Receiver<R> receiver) {
        return receiver.onAuth(this);
    }
}
