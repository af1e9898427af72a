package io.zabkeeper.wire.request;

import io.zabkeeper.wire.OpCode;
import java.util.List;

/**
 * Several writes that happen all or not at all.
 *
 * @param operations creates, deletes, sets of data, checks
 */
public record Multi(List<Request> operations) implements Request {
    public Multi {
        operations = List.copyOf(operations);
    }

    @Override
    public OpCode op() {
        return OpCode.MULTI;
    }

    @Override
    public boolean isWrite() {
        return true;
    }

    @Override
    public <R> R deliverTo(Receiver<R> receiver) {
        return receiver.onMulti(this);
    }
}
