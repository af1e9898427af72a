package io.zabkeeper.server.tree;

import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.reply.Reply;
import org.jspecify.annotations.Nullable;

/** What one executor says: done, with this reply, or not done, with this error. */
record Outcome(ErrorCode error, @Nullable Reply reply) {
    static Outcome done(Reply reply) {
        return new Outcome(ErrorCode.OK, reply);
    }

    static Outcome failed(ErrorCode error) {
        return new Outcome(error, null);
    }

    boolean isDone() {
        return error == ErrorCode.OK;
    }
}
