package io.zabkeeper.server.replica;

import java.util.Arrays;

/** When each proposal began that no quorum has yet: a ring without an object for each, in the order of the zxids. */
final class ProposalTimes {
    /** No time. */
    static final long NONE = Long.MIN_VALUE;

    private static final int FIRST_SIZE = 64;

    private long[] zxids = new long[FIRST_SIZE];
    private long[] times = new long[FIRST_SIZE];
    private int head;
    private int size;

    void add(long zxid, long nanos) {
        if (size == zxids.length) {
            grow();
        }
        int at = (head + size++) & (zxids.length - 1);
        zxids[at] = zxid;
        times[at] = nanos;
    }

    /** Takes out the oldest one up to this position; {@link #NONE} when there is none. */
    long take(long zxid) {
        if (size == 0 || zxids[head] > zxid) {
            return NONE;
        }
        long nanos = times[head];
        head = (head + 1) & (zxids.length - 1);
        size--;
        return nanos;
    }

    void clear() {
        size = 0;
    }

    private void grow() {
        int length = zxids.length;
        long[] newZxids = Arrays.copyOf(zxids, 2 * length);
        long[] newTimes = Arrays.copyOf(times, 2 * length);
        for (int i = 0; i < length; i++) {
            int from = (head + i) & (length - 1);
            newZxids[i] = zxids[from];
            newTimes[i] = times[from];
        }
        zxids = newZxids;
        times = newTimes;
        head = 0;
    }
}
