package io.zabkeeper.cli.command;

import org.jspecify.annotations.Nullable;

/**
 * Something that was learnt about a subtree that is followed.
 *
 * @param path the znode's; that of the subtree's top for what is about all of it
 * @param znode what it holds now, or held last when it was deleted
 * @param reason for people, where there is one
 */
public record SubtreeChange(Kind kind, String path, Session.@Nullable Znode znode, String reason) {
    /** What was learnt. */
    public enum Kind {
        /** A znode is there; before the first {@link #COMPLETE}, it was there already. */
        CREATED,
        CHANGED,
        DELETED,

        /** All that was there has been told. Comes again behind a reconnect. */
        COMPLETE,

        /** There is no connection; what changes meanwhile is told later. */
        STALE,

        /** Nothing more will be told. */
        ENDED
    }
}
