package io.zabkeeper.wire;

import org.jspecify.annotations.Nullable;

/** The watches that addWatch registers: both stay until they are removed or the connection ends. */
public enum AddWatchMode {
    PERSISTENT(0),
    PERSISTENT_RECURSIVE(1);

    private final int code;

    AddWatchMode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** The mode with this number, null when there is none. */
    public static @Nullable AddWatchMode of(int code) {
        return switch (code) {
            case 0 -> PERSISTENT;
            case 1 -> PERSISTENT_RECURSIVE;
            default -> null;
        };
    }
}
