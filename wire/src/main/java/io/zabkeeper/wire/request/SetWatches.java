package io.zabkeeper.wire.request;

import io.zabkeeper.wire.OpCode;
import java.util.List;

/**
 * Registers watches again that an earlier connection of the session held, and asks for the events missed meanwhile.
 *
 * @param op {@link OpCode#SET_WATCHES}, which has no persistent watches, or {@link OpCode#SET_WATCHES2}
 * @param relativeZxid the last zxid that the client has seen
 */
public record SetWatches(
        OpCode op,
        long relativeZxid,
        List<String> data,
        List<String> exist,
        List<String> child,
        List<String> persistent,
        List<String> persistentRecursive)
        implements Request {
    public SetWatches {
        if (op != OpCode.SET_WATCHES && op != OpCode.SET_WATCHES2) {
            throw new IllegalArgumentException("not a setWatches: " + op);
        }
        data = List.copyOf(data);
        exist = List.copyOf(exist);
        child = List.copyOf(child);
        persistent = List.copyOf(persistent);
        persistentRecursive = List.copyOf(persistentRecursive);
        if (op == OpCode.SET_WATCHES && !(persistent.isEmpty() && persistentRecursive.isEmpty())) {
            throw new IllegalArgumentException("setWatches has no persistent watches, setWatches2 has");
        }
    }

    @Override
    public <R> R deliverTo(Receiver<R> receiver) {
        return receiver.onSetWatches(this);
    }
}
