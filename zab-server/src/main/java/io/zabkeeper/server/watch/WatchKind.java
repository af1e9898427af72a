package io.zabkeeper.server.watch;

import io.zabkeeper.wire.AddWatchMode;
import io.zabkeeper.wire.EventType;
import io.zabkeeper.wire.WatcherType;

/** The kinds of watches; one connection can have each of them on the same path (client protocol §5.1). */
public enum WatchKind {
    /** Once, when the znode is created, deleted or gets new data. */
    DATA(1),
    /** Once, when the znode is deleted or a child comes or goes. */
    CHILD(1 << 1),
    /** Each time, for all of these. */
    PERSISTENT(1 << 2),
    /** Each time, for creation, deletion and new data of the znode and everything below. */
    PERSISTENT_RECURSIVE(1 << 3);

    /** Those that go with their first event. */
    static final int ONE_SHOT = DATA.bit | CHILD.bit;

    /** Those that ZooKeeper keeps in its table of data watches; persistent ones are in both of its tables. */
    static final int DATA_TABLE = DATA.bit | PERSISTENT.bit | PERSISTENT_RECURSIVE.bit;

    static final int CHILD_TABLE = CHILD.bit | PERSISTENT.bit | PERSISTENT_RECURSIVE.bit;

    private final int bit;

    WatchKind(int bit) {
        this.bit = bit;
    }

    int bit() {
        return bit;
    }

    /** Those that this type means. */
    static int named(WatcherType type) {
        return switch (type) {
            case CHILDREN -> CHILD.bit;
            case DATA -> DATA.bit;
            case ANY -> DATA.bit | CHILD.bit | PERSISTENT.bit | PERSISTENT_RECURSIVE.bit;
            case PERSISTENT -> PERSISTENT.bit;
            case PERSISTENT_RECURSIVE -> PERSISTENT_RECURSIVE.bit;
        };
    }

    public static WatchKind of(AddWatchMode mode) {
        return switch (mode) {
            case PERSISTENT -> PERSISTENT;
            case PERSISTENT_RECURSIVE -> PERSISTENT_RECURSIVE;
        };
    }

    /** Those at the very path that an event of this type is for. */
    static int concernedBy(EventType type) {
        return switch (type) {
            case NODE_CREATED, NODE_DATA_CHANGED -> DATA.bit | PERSISTENT.bit | PERSISTENT_RECURSIVE.bit;
            case NODE_DELETED -> DATA.bit | CHILD.bit | PERSISTENT.bit | PERSISTENT_RECURSIVE.bit;
            case NODE_CHILDREN_CHANGED -> CHILD.bit | PERSISTENT.bit;
            case NONE, DATA_WATCH_REMOVED, CHILD_WATCH_REMOVED, PERSISTENT_WATCH_REMOVED -> 0;
        };
    }

    /** Whether an event of this type is also told to recursive watches above its path. */
    static boolean isToldAbove(EventType type) {
        return type == EventType.NODE_CREATED || type == EventType.NODE_DELETED || type == EventType.NODE_DATA_CHANGED;
    }
}
