package io.zabkeeper.server.tree;

import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.reply.Reply;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a read.
 *
 * @param reply null when there is an error
 */
public record ReadResult(ErrorCode error, @Nullable Reply reply) {}
