package io.zabkeeper.wire.request;

import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.OpCode;
import org.jspecify.annotations.Nullable;

/**
 * Sets the data of a znode.
 *
 * @param data null and empty are told apart
 * @param version the one that it must have, -1 for any
 */
public record SetData(String path, @Nullable Bytes data, int version) implements Request {
    @Override
    public OpCode op() {
        return OpCode.SET_DATA;
    }

    @Override
    public boolean isWrite() {
        return true;
    }

    @Override
    public <R> R deliverTo(Receiver<R> receiver) {
        return receiver.onSetData(this);
    }
}
