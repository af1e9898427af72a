package io.zabkeeper.wire.request;

import io.zabkeeper.wire.OpCode;

/**
 * Asks for the names of a znode's children.
 *
 * @param withStat whether the answer carries the stat too: an operation of its own on the wire
 */
public record GetChildren(String path, boolean watch, boolean withStat) implements Request {
    @Override
    public OpCode op() {
        return withStat ? OpCode.GET_CHILDREN2 : OpCode.GET_CHILDREN;
    }

    @Override
    public <R> R deliverTo(Receiver<R> receiver) {
        return receiver.onGetChildren(this);
    }
}
