package io.zabkeeper.wire;

/** The xids with a meaning of their own; an ordinary request carries a positive one. */
public final class Xid {
    /** A watch event, from the server without a request. */
    public static final int NOTIFICATION = -1;

    public static final int PING = -2;
    public static final int AUTH = -4;
    public static final int SET_WATCHES = -8;

    private Xid() {}
}
