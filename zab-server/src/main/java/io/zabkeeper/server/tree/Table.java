package io.zabkeeper.server.tree;

/** The kinds of records that make up the state; each has keys of its own. */
public enum Table {
    NODE,
    SESSION,
    ACL
}
