package io.zabkeeper.wire.request;

import io.zabkeeper.wire.OpCode;
import io.zabkeeper.wire.WatcherType;

/** Takes such watches of this connection off this very path. */
public record RemoveWatches(String path, WatcherType type) implements Request {
    @Override
    public OpCode op() {
        return OpCode.REMOVE_WATCHES;
    }

    @Override
    public <R> R deliverTo(Receiver<R> receiver) {
        return receiver.onRemoveWatches(this);
    }
}
