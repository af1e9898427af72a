package io.zabkeeper.wire;

import org.jspecify.annotations.Nullable;

/** Which children a list is about. */
public enum ChildFilter {
    ALL(0),
    /** All but those of sessions. */
    PERSISTENT(1),
    /** Those of sessions. */
    EPHEMERAL(2);

    private final int code;

    ChildFilter(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** The filter with this number, null when there is none. */
    public static @Nullable ChildFilter of(int code) {
        return switch (code) {
            case 0 -> ALL;
            case 1 -> PERSISTENT;
            case 2 -> EPHEMERAL;
            default -> null;
        };
    }
}
