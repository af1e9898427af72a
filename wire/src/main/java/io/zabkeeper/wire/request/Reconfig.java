package io.zabkeeper.wire.request;

import io.zabkeeper.wire.OpCode;
import org.jspecify.annotations.Nullable;

/**
 * Asks for other members.
 *
 * @param newMembers all of them; null when only those that join and leave are named
 * @param curConfigId the configuration that the client has seen, -1 for any
 */
public record Reconfig(
        @Nullable String joiningServers,
        @Nullable String leavingServers,
        @Nullable String newMembers,
        long curConfigId) implements Request {
    @Override
    public OpCode op() {
        return OpCode.RECONFIG;
    }

    @Override
    public boolean isWrite() {
        return true;
    }

    @Override
    public <R> R deliverTo(Receiver<R> receiver) {
        return receiver.onReconfig(this);
    }
}
