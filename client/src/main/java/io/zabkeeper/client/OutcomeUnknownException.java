package io.zabkeeper.client;

import org.jspecify.annotations.Nullable;

/**
 * A write that was sent and not answered: it may have been done, may not, or may be done yet.
 *
 * <p>The client never sends it a second time. After a reconnect a {@link ZabClient#sync sync} and a read tell what
 * became of it.
 */
public final class OutcomeUnknownException extends ZabException {
    private static final long serialVersionUID = 1;

    OutcomeUnknownException(String reason, @Nullable String path) {
        super("outcome unknown" + (path == null ? "" : " at " + path) + ": " + reason, path);
    }
}
