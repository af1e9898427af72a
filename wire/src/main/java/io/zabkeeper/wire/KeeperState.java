package io.zabkeeper.wire;

/** The state of a connection as a watch event carries it; servers only ever send {@link #SYNC_CONNECTED}. */
public enum KeeperState {
    UNKNOWN(-1),
    DISCONNECTED(0),
    NO_SYNC_CONNECTED(1),
    SYNC_CONNECTED(3),
    AUTH_FAILED(4),
    CONNECTED_READ_ONLY(5),
    SASL_AUTHENTICATED(6),
    CLOSED(7),
    EXPIRED(-112);

    private final int code;

    KeeperState(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** The state with this number, {@link #UNKNOWN} when there is none. */
    public static KeeperState of(int code) {
        for (KeeperState state : values()) {
            if (state.code == code) {
                return state;
            }
        }
        return UNKNOWN;
    }
}
