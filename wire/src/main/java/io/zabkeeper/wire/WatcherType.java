package io.zabkeeper.wire;

import org.jspecify.annotations.Nullable;

/** Which watches checkWatches and removeWatches mean (client protocol §5.3). Each means exactly its kind but ANY. */
public enum WatcherType {
    CHILDREN(1),
    DATA(2),
    /** Every kind on the path. */
    ANY(3),
    PERSISTENT(4),
    PERSISTENT_RECURSIVE(5);

    private final int code;

    WatcherType(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** The type with this number, null when there is none. */
    public static @Nullable WatcherType of(int code) {
        for (WatcherType type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        return null;
    }
}
