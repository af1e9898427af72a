package io.zabkeeper.server.tree;

import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.reply.Reply;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of an ordered command, the same on all members.
 *
 * @param error a multi that failed has {@link ErrorCode#OK} here and the errors in its reply
 * @param reply null when there is an error, and for commands that only concern a session
 * @param events what changed, in the order in which it is told
 * @param session what became of a session; null when the command did not concern one, or failed
 */
public record Applied(
        ErrorCode error,
        @Nullable Reply reply,
        List<TreeEvent> events,
        @Nullable SessionChange session) {}
