package io.zabkeeper.server.replica;

import io.zabkeeper.server.tree.Applied;

/** The side of the member that talks to clients, as the replica sees it. Called on the replica loop only. */
public interface ClientService {
    /** Clients may be served from now on. */
    void started();

    /** There is no quorum; clients that ask for it may read what is applied here, until {@link #stopped}. */
    void readOnlyStarted();

    /** Clients may not be served any more: every connection must go. */
    void stopped(String reason);

    /** A session was closed, by its client or by its expiry: a connection that still has it must go. */
    void sessionClosed(long session);

    /** A session that this member as the leader has let expire is closed; what went with it is in the outcome. */
    void sessionExpired(long session, Applied outcome);

    /** A session was attached at another member: a connection that still has it here must go. */
    void sessionMoved(long session);

    /** Reports each session that was heard from since the last call. */
    void heard(HeardSession report);

    /** Receives the sessions that were heard from. */
    interface HeardSession {
        void heard(long session, int timeoutMs, long atNanos);
    }
}
