package io.zabkeeper.server.metrics;

import org.jspecify.annotations.Nullable;

/**
 * One number, or one distribution, as it was at the moment of a report.
 *
 * @param name as in ZooKeeper, without the prefix of {@code mntr}
 * @param value of a counter or gauge; the sum of a distribution
 * @param distribution null unless the kind is {@link Kind#SUMMARY}
 */
public record Sample(
        String name, Kind kind, Number value, @Nullable Distribution distribution) {
    /** How a number may be read: a gauge goes up and down, a counter up only. */
    public enum Kind {
        GAUGE,
        COUNTER,
        SUMMARY
    }

    /**
     * The figures of a {@link Summary}.
     *
     * @param detail how much of it ZooKeeper shows
     */
    public record Distribution(
            Summary.Detail detail, double average, long min, long max, long count, long sum, Percentiles percentiles) {}

    /** Values that this share of the measurements does not exceed. */
    public record Percentiles(long p50, long p90, long p95, long p99, long p999) {}

    public static Sample gauge(String name, Number value) {
        return new Sample(name, Kind.GAUGE, value, null);
    }

    public static Sample counter(String name, long value) {
        return new Sample(name, Kind.COUNTER, value, null);
    }

    static Sample of(String name, Summary summary) {
        Percentiles percentiles = new Percentiles(
                summary.quantile(0.5),
                summary.quantile(0.9),
                summary.quantile(0.95),
                summary.quantile(0.99),
                summary.quantile(0.999));
        Distribution distribution = new Distribution(
                summary.detail(),
                summary.average(),
                summary.min(),
                summary.max(),
                summary.count(),
                summary.sum(),
                percentiles);
        return new Sample(name, Kind.SUMMARY, summary.sum(), distribution);
    }
}
