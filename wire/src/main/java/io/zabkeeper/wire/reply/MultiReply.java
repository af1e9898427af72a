package io.zabkeeper.wire.reply;

import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.OpCode;
import java.util.List;

/**
 * To multi and multiRead: one result for each operation. Those of a multi are either all {@link Result.Done} or all
 * {@link Result.Failed}; each of a multiRead's stands for itself.
 */
public record MultiReply(List<Result> results) implements Reply {
    public MultiReply {
        results = List.copyOf(results);
    }

    /** What became of one operation. */
    public sealed interface Result {
        /**
         * It was done.
         *
         * @param op what the result is marked with: {@link OpCode#CREATE} in front of a {@link CreateReply},
         *     {@link OpCode#CREATE2} in front of a {@link Create2Reply} whichever create it was, otherwise the
         *     operation's own
         */
        record Done(OpCode op, Reply reply) implements Result {}

        /**
         * Nothing was done.
         *
         * @param error in a multiRead the operation's own; in a multi {@link ErrorCode#OK} in front of the operation at
         *     fault, its error there, {@link ErrorCode#RUNTIME_INCONSISTENCY} behind it
         */
        record Failed(ErrorCode error) implements Result {}
    }

    @Override
    public <R> R deliverTo(Receiver<R> receiver) {
        return receiver.onMulti(this);
    }
}
