package io.zabkeeper.server.metrics;

import com.codahale.metrics.Counting;
import com.codahale.metrics.Metric;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The distribution of a measured quantity since the start or the last reset: one writing thread, any readers.
 *
 * <p>Small values are counted exactly; of larger ones the leading four bits count, so a quantile is at most an eighth too
 * large. A reader beside the writer may see a sum without its last value, which no operator can tell.
 */
public final class Summary implements Metric, Counting {
    /** A power of two is cut into this many buckets. */
    private static final int PARTS = 8;

    private static final int PART_BITS = 3;
    private static final int BUCKETS = (Long.SIZE - PART_BITS) * PARTS;

    /** Behind the buckets: what is not a bucket. */
    private static final int SUM = BUCKETS;

    private static final int LEAST = BUCKETS + 1;
    private static final int MOST = BUCKETS + 2;
    private static final int COUNT = BUCKETS + 3;

    private final AtomicLongArray cells = new AtomicLongArray(BUCKETS + 4);
    private final Detail detail;

    /** What is reported of a distribution: ZooKeeper has summaries with and without percentiles. */
    public enum Detail {
        /** Average, least, most, count and sum. */
        BASIC,
        /** Percentiles, too. */
        ADVANCED
    }

    public Summary(Detail detail) {
        this.detail = detail;
        reset();
    }

    public Detail detail() {
        return detail;
    }

    /** Adds one measurement; a negative one, from a clock that was set back, counts as 0. */
    public void record(long measured) {
        long value = Math.max(0, measured);
        add(bucket(value), 1);
        add(SUM, value);
        if (value < cells.getPlain(LEAST)) {
            cells.setOpaque(LEAST, value);
        }
        if (value > cells.getPlain(MOST)) {
            cells.setOpaque(MOST, value);
        }
        add(COUNT, 1);
    }

    private void add(int cell, long amount) {
        cells.setOpaque(cell, cells.getPlain(cell) + amount);
    }

    private static int bucket(long value) {
        if (value < 2 * PARTS) {
            return (int) value;
        }
        int shift = Long.SIZE - 1 - Long.numberOfLeadingZeros(value) - PART_BITS;
        return shift * PARTS + (int) (value >>> shift);
    }

    /** The largest value of a bucket. */
    private static long top(int bucket) {
        if (bucket < 2 * PARTS) {
            return bucket;
        }
        int shift = bucket / PARTS - 1;
        long leading = bucket - (long) shift * PARTS;
        return ((leading + 1) << shift) - 1;
    }

    public long count() {
        return cells.getOpaque(COUNT);
    }

    public long sum() {
        return cells.getOpaque(SUM);
    }

    /** 0 before the first measurement. */
    public long min() {
        long least = cells.getOpaque(LEAST);
        return least == Long.MAX_VALUE ? 0 : least;
    }

    public long max() {
        return cells.getOpaque(MOST);
    }

    /** With four digits behind the point, as ZooKeeper prints it. */
    public double average() {
        long count = count();
        return count == 0 ? 0 : Math.round(sum() * 10_000.0 / count) / 10_000.0;
    }

    /** A value that this share of the measurements does not exceed; 0 before the first. */
    public long quantile(double share) {
        long wanted = Math.max(1, (long) Math.ceil(share * count()));
        long seen = 0;
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            seen += cells.getOpaque(bucket);
            if (seen >= wanted) {
                return Math.min(top(bucket), max());
            }
        }
        return max();
    }

    @Override
    public long getCount() {
        return count();
    }

    void reset() {
        for (int cell = 0; cell < cells.length(); cell++) {
            cells.setOpaque(cell, 0);
        }
        cells.setOpaque(LEAST, Long.MAX_VALUE);
    }
}
