package io.zabkeeper.wire.request;

import io.zabkeeper.wire.OpCode;

/**
 * Asks for the stat of a znode.
 *
 * @param watch also when there is no such znode: then for its creation
 */
public record Exists(String path, boolean watch) implements Request {
    @Override
    public OpCode op() {
        return OpCode.EXISTS;
    }

    @Override
    public <R> R deliverTo(Receiver<R> receiver) {
        return receiver.onExists(this);
    }
}
