package io.zabkeeper.server.oracle;

import io.zabkeeper.wire.Bytes;
import java.util.List;

/** One thing that a script does. Sessions are numbered from 0, members from 1. */
sealed interface Step {
    int session();

    /** A request with the number that its reply must repeat. */
    record Request(int xid, Ask ask) {
        @Override
        public String toString() {
            return xid + ":" + Text.of(ask);
        }
    }

    /** What a client says about its session when it comes back. */
    enum Secret {
        RIGHT,
        WRONG,
        EMPTY,
        NULL
    }

    /** Which zxid it says it has seen. */
    enum Seen {
        NOTHING,
        LAST,
        AHEAD
    }

    /** Opens a connection and a new session. */
    record Connect(int session, int member, int timeoutMs, boolean knowsReadOnly) implements Step {}

    /** Opens a connection and comes back to the session, which may be connected still, dropped or closed. */
    record Attach(int session, int member, Secret secret, Seen seen, int timeoutMs) implements Step {}

    /** Sends requests in one piece and reads as many replies. */
    record Burst(int session, List<Request> requests) implements Step {}

    /** Sends a request through the connection that the session has left behind on another member. */
    record Stale(int session, Request request) implements Step {}

    /** Sends bytes that are no frame; the server is expected to hang up. */
    record Garbage(int session, Bytes bytes) implements Step {
        @Override
        public String toString() {
            return "Garbage[session=" + session + ", bytes=" + Text.hex(bytes.array()) + "]";
        }
    }

    /** Ends the connection without a word. */
    record Drop(int session) implements Step {}

    /** A session with the shortest timeout leaves an ephemeral node and is not heard of again, until it is gone. */
    record Expire(int session, int member, String path) implements Step {}
}
