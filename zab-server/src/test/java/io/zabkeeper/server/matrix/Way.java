package io.zabkeeper.server.matrix;

/** How an operation gets to the server. */
enum Way {
    DIRECT,
    IN_MULTI,
    IN_MULTI_READ,
    /** Over a new connection of the session, which has proven nothing yet. */
    AFTER_RECONNECT
}
