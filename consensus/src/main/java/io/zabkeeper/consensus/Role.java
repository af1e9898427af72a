package io.zabkeeper.consensus;

/** What a member is doing. */
public enum Role {
    LOOKING,
    FOLLOWING,
    LEADING,
    OBSERVING
}
