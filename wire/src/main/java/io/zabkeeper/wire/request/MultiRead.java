package io.zabkeeper.wire.request;

import io.zabkeeper.wire.OpCode;
import java.util.List;

/**
 * Several reads of one state, each with a result of its own.
 *
 * @param operations getData and getChildren; their watch flags count for nothing
 */
public record MultiRead(List<Request> operations) implements Request {
    public MultiRead {
        operations = List.copyOf(operations);
    }

    @Override
    public OpCode op() {
        return OpCode.MULTI_READ;
    }

    @Override
    public <R> R deliverTo(Receiver<R> receiver) {
        return receiver.onMultiRead(this);
    }
}
