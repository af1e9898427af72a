package io.zabkeeper.wire.request;

import io.zabkeeper.wire.OpCode;

/**
 * In front of every request but the first of a connection.
 *
 * @param xid numbers one client's requests and comes back with the reply; see {@link io.zabkeeper.wire.Xid}
 * @param code the operation's number, perhaps an unknown one
 */
public record RequestHeader(int xid, int code) {
    public OpCode op() {
        return OpCode.of(code);
    }
}
