package io.zabkeeper.client;

import org.jspecify.annotations.Nullable;

/**
 * A request that did not succeed. There are three kinds, and which one it is decides what the caller may do:
 *
 * <ul>
 *   <li>{@link RefusedException}: surely not done. It can be asked again.
 *   <li>{@link OutcomeUnknownException}: a write that may have been done, may not, or may be done yet. Look first.
 *   <li>{@link SessionLostException}: the session is over, with its ephemeral znodes and watches. A new client is needed.
 * </ul>
 *
 * <p>Blocking methods throw it; futures complete with it.
 */
public abstract sealed class ZabException extends RuntimeException
        permits RefusedException, OutcomeUnknownException, SessionLostException {
    private static final long serialVersionUID = 1;

    private final @Nullable String path;

    ZabException(String message, @Nullable String path) {
        super(message);
        this.path = path;
    }

    /** The path of the request, null if it had none. */
    public @Nullable String path() {
        return path;
    }
}
