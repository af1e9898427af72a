package io.zabkeeper.client;

/** How a client stands with its ensemble. */
public enum ConnectionState {
    /** A server carries out requests. */
    CONNECTED,

    /**
     * A server that is cut off from its quorum answers reads, from what it knew when that happened, and refuses writes. Only
     * a client that was told {@link ZabClientBuilder#readOnly} is ever here; it goes on to another server when it finds one
     * that has a quorum. What others do meanwhile is not known: a lock must not be relied on.
     */
    READ_ONLY,

    /**
     * No server does at the moment, perhaps none did so far. The session may live on, and requests wait for a server
     * until their time is over. What others do meanwhile is not known: a lock must not be relied on.
     */
    SUSPENDED,

    /** The session is over, with its ephemeral znodes and watches. Final; a new client is needed. */
    LOST
}
