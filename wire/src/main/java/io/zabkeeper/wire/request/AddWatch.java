package io.zabkeeper.wire.request;

import io.zabkeeper.wire.AddWatchMode;
import io.zabkeeper.wire.OpCode;

/** Registers a watch that stays. Neither the path nor whether there is such a znode is checked. */
public record AddWatch(String path, AddWatchMode mode) implements Request {
    @Override
    public OpCode op() {
        return OpCode.ADD_WATCH;
    }

    @Override
    public <R> R deliverTo(Receiver<R> receiver) {
        return receiver.onAddWatch(this);
    }
}
