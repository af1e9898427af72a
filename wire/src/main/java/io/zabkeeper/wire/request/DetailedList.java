package io.zabkeeper.wire.request;

import io.zabkeeper.wire.ChildFilter;
import io.zabkeeper.wire.OpCode;

/**
 * Asks for children of a znode and for what they are. An extension.
 *
 * @param withStats whether the answer has each child's stat
 * @param withData whether the answer has each child's data
 */
public record DetailedList(String path, boolean watch, ChildFilter filter, boolean withStats, boolean withData)
        implements Request {
    @Override
    public OpCode op() {
        return OpCode.DETAILED_LIST;
    }

    @Override
    public <R> R deliverTo(Receiver<R> receiver) {
        return receiver.onDetailedList(this);
    }
}
