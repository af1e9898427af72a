package io.zabkeeper.wire.request;

import io.zabkeeper.wire.OpCode;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the paths of the session's own ephemerals.
 *
 * @param prefix what they begin with, as text; null, blank or "/" for all
 */
public record GetEphemerals(@Nullable String prefix) implements Request {
    @Override
    public OpCode op() {
        return OpCode.GET_EPHEMERALS;
    }

    @Override
    public <R> R deliverTo(Receiver<R> receiver) {
        return receiver.onGetEphemerals(this);
    }
}
