package io.zabkeeper.client;

import org.jspecify.annotations.Nullable;

/**
 * The session is over: expired, closed, or never granted. The request was not done.
 *
 * <p>Ephemeral znodes and watches of the session are gone. The client does not recover; build another one.
 */
public final class SessionLostException extends ZabException {
    private static final long serialVersionUID = 1;

    SessionLostException(String reason, @Nullable String path) {
        super("session lost" + (path == null ? "" : ", request at " + path) + ": " + reason, path);
    }
}
