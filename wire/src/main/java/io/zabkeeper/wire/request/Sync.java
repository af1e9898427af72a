package io.zabkeeper.wire.request;

import io.zabkeeper.wire.OpCode;
import org.jspecify.annotations.Nullable;

/** Asks the member to catch up with everything committed before it answers. */
public record Sync(@Nullable String path) implements Request {
    @Override
    public OpCode op() {
        return OpCode.SYNC;
    }

    @Override
    public <R> R deliverTo(Receiver<R> receiver) {
        return receiver.onSync(this);
    }
}
