package io.zabkeeper.client.recipe;

import io.zabkeeper.client.OutcomeUnknownException;
import io.zabkeeper.client.RefusedException;
import io.zabkeeper.client.SessionLostException;
import io.zabkeeper.client.ZabException;
import io.zabkeeper.wire.ErrorCode;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** What a recipe does about a request that failed. */
enum Trouble {
    /** Surely not done, because of the connection or the load: asking again may help. */
    PASSING,
    /** It may have been done: look first. */
    UNKNOWN,
    /** The session is over, and with it whatever the recipe held. */
    SESSION_LOST,
    /** The znode is not there. */
    NO_NODE,
    /** The server will say the same again. */
    LASTING;

    private static final Set<ErrorCode> PASSING_CODES = EnumSet.of(
            ErrorCode.CONNECTION_LOSS, ErrorCode.OPERATION_TIMEOUT, ErrorCode.THROTTLED_OP, ErrorCode.NOT_READ_ONLY);

    static Trouble of(@Nullable Throwable failure) {
        Throwable cause = cause(failure);
        if (cause instanceof SessionLostException) {
            return SESSION_LOST;
        }
        if (cause instanceof OutcomeUnknownException) {
            return UNKNOWN;
        }
        if (cause instanceof RefusedException refused) {
            if (refused.code() == ErrorCode.NONODE) {
                return NO_NODE;
            }
            return PASSING_CODES.contains(refused.code()) ? PASSING : LASTING;
        }
        return LASTING;
    }

    /** Of a watch that ended without an event, for whatever reason. */
    static Trouble ofWatch(@Nullable Throwable failure) {
        return failure == null || failure instanceof CancellationException ? PASSING : of(failure);
    }

    /** Whether it may go away by itself, for a request that can be repeated whatever became of it. */
    boolean isWorthRepeating() {
        return this == PASSING || this == UNKNOWN;
    }

    /** The failure without the wrapping of futures. */
    static Throwable cause(@Nullable Throwable failure) {
        if (failure == null) {
            return new IllegalStateException("failed without a reason");
        }
        boolean isWrapped = failure instanceof CompletionException || failure instanceof ExecutionException;
        Throwable cause = failure.getCause();
        return isWrapped && cause != null ? cause : failure;
    }

    /** The failure as blocking methods throw it. */
    static RuntimeException toThrow(@Nullable Throwable failure) {
        Throwable cause = cause(failure);
        if (cause instanceof ZabException known) {
            known.fillInStackTrace();
            return known;
        }
        return cause instanceof RuntimeException unexpected ? unexpected : new IllegalStateException(cause);
    }
}
