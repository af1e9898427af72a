package io.zabkeeper.wire.request;

import io.zabkeeper.wire.ChildFilter;
import io.zabkeeper.wire.OpCode;

/** Asks for the names of some children of a znode. An extension. */
public record FilteredList(String path, boolean watch, ChildFilter filter) implements Request {
    @Override
    public OpCode op() {
        return OpCode.FILTERED_LIST;
    }

    @Override
    public <R> R deliverTo(Receiver<R> receiver) {
        return receiver.onFilteredList(this);
    }
}
