package io.zabkeeper.wire;

/** What a watch event says about its path. */
public enum EventType {
    /** Local: the event is about the connection, not about a znode. */
    NONE(-1),
    NODE_CREATED(1),
    NODE_DELETED(2),
    NODE_DATA_CHANGED(3),
    NODE_CHILDREN_CHANGED(4),
    /** Local. */
    DATA_WATCH_REMOVED(5),
    /** Local. */
    CHILD_WATCH_REMOVED(6),
    /** Local. */
    PERSISTENT_WATCH_REMOVED(7);

    private final int code;

    EventType(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** The type with this number, {@link #NONE} when there is none. */
    public static EventType of(int code) {
        for (EventType type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        return NONE;
    }
}
