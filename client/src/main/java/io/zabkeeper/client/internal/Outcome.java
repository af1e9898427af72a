package io.zabkeeper.client.internal;

import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.reply.Reply;

/** What became of a request. */
public sealed interface Outcome {
    /** The server did it. */
    record Done(Reply reply) implements Outcome {}

    /** It was not done, or it was a read and there is nothing to undo. */
    record Refused(ErrorCode error, String reason) implements Outcome {}

    /** A write that the server may have done or may still do. */
    record Uncertain(String reason) implements Outcome {}

    /** It was not done, and nothing will be done any more. */
    record SessionLost(String reason) implements Outcome {}
}
