package io.zabkeeper.wire.request;

import io.zabkeeper.wire.OpCode;
import io.zabkeeper.wire.WatcherType;

/** Asks whether this connection has such a watch on this very path. */
public record CheckWatches(String path, WatcherType type) implements Request {
    @Override
    public OpCode op() {
        return OpCode.CHECK_WATCHES;
    }

    @Override
    public <R> R deliverTo(Receiver<R> receiver) {
        return receiver.onCheckWatches(this);
    }
}
