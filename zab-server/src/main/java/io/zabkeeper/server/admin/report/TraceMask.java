package io.zabkeeper.server.admin.report;

/** The number that {@code stmk} sets and {@code gtmk} tells. It has no effect: kept because tools read it back. */
public final class TraceMask {
    private static final long DEFAULT = 0x132;

    private volatile long mask = DEFAULT;

    public long get() {
        return mask;
    }

    public void set(long newMask) {
        mask = newMask;
    }
}
