package io.zabkeeper.server.oracle;

import io.zabkeeper.wire.Bytes;
import java.util.List;

/**
 * What one server did with a script, as it came.
 *
 * @param home where it ran
 * @param base the last zxid before it began
 * @param startMillis wall clock at its beginning
 * @param endMillis and at its end
 */
record Recording(String home, long base, long startMillis, long endMillis, List<Entry> entries) {
    /**
     * Something on one connection.
     *
     * @param step where in the script; behind its last step, what cleans up
     * @param session whose connection
     * @param stale whether it is one that the session has left behind
     */
    record Entry(int step, int session, boolean stale, What what) {}

    /** What was sent or came. */
    sealed interface What {
        /** A request was sent. */
        record Sent(Step.Request request) implements What {}

        /** The answer to a handshake. */
        record Answered(boolean isNew, Bytes payload) implements What {}

        /** A reply or an event. */
        record Came(Received.Frame frame) implements What {}

        /** The server closed the connection. */
        record Ended() implements What {}

        /** Something was due and did not come. */
        record Silent() implements What {}
    }

    Recording with(List<Entry> others) {
        return new Recording(home, base, startMillis, endMillis, List.copyOf(others));
    }
}
