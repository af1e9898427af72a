package io.zabkeeper.server.matrix;

/** Who asks, and for what: the znode is open to everybody, or to Alice alone. */
enum Role {
    /** No session at all. */
    NOBODY,
    /** A session, and a znode that is open. */
    ANYBODY,
    /** Somebody who has proven to be somebody else. */
    WRONG,
    RIGHT,
    SUPER;

    boolean isOpen() {
        return this == ANYBODY;
    }
}
