package io.zabkeeper.server.tree;

/**
 * What the 64 bits of a znode's stored owner say: nobody, a session, or the mark of a container or of a time to live
 * (client protocol §4.5).
 */
final class Owner {
    static final long NOBODY = 0;
    static final long CONTAINER = Long.MIN_VALUE;
    static final long MAX_TTL_MS = 0xff_ffff_ffffL;

    private static final int TTL_BITS = 40;
    private static final long TTL_MARK = 0xff0000;

    private Owner() {}

    static long ttl(long ttlMs) {
        return TTL_MARK << TTL_BITS | ttlMs;
    }

    static boolean isTtl(long owner) {
        return owner >>> TTL_BITS == TTL_MARK;
    }

    /** The time to live in milliseconds of an owner for which {@link #isTtl} holds. */
    static long ttlMs(long owner) {
        return owner & MAX_TTL_MS;
    }

    /** Whether a znode with this owner may be removed by the service itself, without any session's end. */
    static boolean isMortal(long owner) {
        return owner == CONTAINER || isTtl(owner);
    }

    /** Whether these bits can be the id of a session; all others mean something else when a znode carries them. */
    static boolean isSession(long owner) {
        return owner != NOBODY && owner != CONTAINER && !isTtl(owner);
    }
}
