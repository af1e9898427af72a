package io.zabkeeper.server.replica;

import java.util.ArrayList;
import java.util.List;

/**
 * Digests of the state at every 128th position, the last 1,024 of them: members that have applied the same have the same
 * . What {@code hash} shows.
 */
public final class DigestHistory {
    private static final int INTERVAL = 128;
    private static final int LIMIT = 1_024;

    private final long[] zxids = new long[LIMIT];
    private final long[] digests = new long[LIMIT];
    private int oldest;
    private int size;

    DigestHistory() {}

    /** A digest of the state right after the entry at this position. */
    public record Kept(long zxid, long digest) {}

    static boolean isKept(long zxid) {
        return zxid % INTERVAL == 0;
    }

    void add(long zxid, long digest) {
        int at = (oldest + size) % LIMIT;
        zxids[at] = zxid;
        digests[at] = digest;
        if (size < LIMIT) {
            size++;
        } else {
            oldest = (oldest + 1) % LIMIT;
        }
    }

    /** Another history has taken the place of this one. */
    void clear() {
        size = 0;
    }

    /** The oldest first. */
    public List<Kept> kept() {
        List<Kept> kept = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            int at = (oldest + i) % LIMIT;
            kept.add(new Kept(zxids[at], digests[at]));
        }
        return kept;
    }
}
