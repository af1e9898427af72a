package io.zabkeeper.server.tree;

/**
 * What a command did to a session.
 *
 * @param timeoutMs as negotiated; 0 for a session that was closed
 */
public record SessionChange(Kind kind, long session, int timeoutMs) {
    /** The turns in a session's life. */
    public enum Kind {
        OPENED,
        ATTACHED,
        CLOSED
    }
}
