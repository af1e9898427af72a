package io.zabkeeper.consensus;

/**
 * A position in the history of Zab: the epoch in the high 32 bits, a counter in the low ones.
 *
 * <p>Kept as a plain {@code long} everywhere, because every entry, reply and stat carries several; this class only names
 * what can be done with one. The counter starts at 1 in each epoch; (epoch, 0) names the epoch itself and is never the
 * position of an entry. 0 is the position before the first entry.
 */
public final class Zxid {
    public static final long NONE = 0;

    private Zxid() {}

    public static long of(long epoch, long counter) {
        return epoch << 32 | counter;
    }

    public static long epoch(long zxid) {
        return zxid >>> 32;
    }

    public static long counter(long zxid) {
        return zxid & 0xffffffffL;
    }

    /** As operators read it: {@code 0x500000007}. */
    public static String toString(long zxid) {
        return "0x" + Long.toHexString(zxid);
    }
}
