package io.zabkeeper.cli.command;

import io.zabkeeper.cli.output.Json;
import io.zabkeeper.cli.output.Style;
import io.zabkeeper.cli.output.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;
import org.jspecify.annotations.Nullable;

/** What became of the operations of a load: how many, how fast, and what failed. Many threads report into it. */
final class LoadReport {
    private static final int SIGNIFICANT_DIGITS = 3;
    private static final int BAR_WIDTH = 40;

    private final Load.Size size;

    /** Of operations that were done, in microseconds. */
    private final Histogram latencies = new ConcurrentHistogram(SIGNIFICANT_DIGITS);

    private final Map<String, LongAdder> failures = new ConcurrentSkipListMap<>();
    private final LongAdder operations = new LongAdder();
    private volatile boolean isAnyUnknown;
    private long beginNanos;
    private long endNanos;

    LoadReport(Load.Size size) {
        this.size = size;
    }

    void begin() {
        beginNanos = System.nanoTime();
    }

    void end() {
        endNanos = System.nanoTime();
    }

    /** One operation was done. */
    void done(long nanos) {
        latencies.recordValue(TimeUnit.NANOSECONDS.toMicros(nanos));
        operations.increment();
    }

    /** One operation failed. */
    void failed(CommandFailure failure) {
        String message = String.valueOf(failure.getMessage());
        int colon = message.indexOf(':');
        failures.computeIfAbsent(colon < 0 ? message : message.substring(0, colon), name -> new LongAdder())
                .increment();
        isAnyUnknown |= failure.exitCode() == ExitCode.UNKNOWN;
    }

    /** How many operations were done until now. */
    long operations() {
        return operations.sum();
    }

    int exitCode() {
        if (isAnyUnknown) {
            return ExitCode.UNKNOWN;
        }
        return failures.isEmpty() ? ExitCode.DONE : ExitCode.REFUSED;
    }

    /** For people. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%s: %d operations in %.1f s, %.0f/s; %d clients, %d in flight each, %d bytes",
                size.workload(),
                operations(),
                seconds(),
                perSecond(),
                size.clients(),
                size.inFlight(),
                size.bytes()));
        failures.forEach((name, number) -> lines.add("failed: " + number + " " + name));
        if (latencies.getTotalCount() == 0) {
            return lines;
        }
        Table percentiles = new Table("LATENCY MS", "");
        percentiles().forEach((name, micros) -> percentiles.row(Style.PLAIN, name, millis(micros)));
        lines.addAll(percentiles.lines((style, text) -> text));
        lines.add("");
        lines.addAll(bars());
        return lines;
    }

    /** For programs. */
    Map<String, @Nullable Object> object() {
        Map<String, @Nullable Object> object = Json.object();
        object.put("workload", size.workload().toString());
        object.put("clients", size.clients());
        object.put("inFlight", size.inFlight());
        object.put("bytes", size.bytes());
        object.put("operations", operations());
        object.put("seconds", seconds());
        object.put("perSecond", Math.round(perSecond()));
        Map<String, @Nullable Object> failed = Json.object();
        failures.forEach((name, number) -> failed.put(name, number.sum()));
        object.put("failed", failed);
        object.put("latencyMicros", percentiles());
        List<Map<String, @Nullable Object>> histogram = new ArrayList<>();
        for (Bucket bucket : buckets()) {
            Map<String, @Nullable Object> entry = Json.object();
            entry.put("below", bucket.belowMicros());
            entry.put("operations", bucket.operations());
            histogram.add(entry);
        }
        object.put("histogram", histogram);
        return object;
    }

    private double seconds() {
        return Math.round((endNanos - beginNanos) / 1e6) / 1e3;
    }

    private double perSecond() {
        return endNanos == beginNanos ? 0 : (double) operations() * 1e9 / (double) (endNanos - beginNanos);
    }

    /** In microseconds. */
    private Map<String, @Nullable Object> percentiles() {
        Map<String, @Nullable Object> percentiles = Json.object();
        if (latencies.getTotalCount() > 0) {
            percentiles.put("min", latencies.getMinValue());
            percentiles.put("mean", Math.round(latencies.getMean()));
            percentiles.put("p50", latencies.getValueAtPercentile(50));
            percentiles.put("p90", latencies.getValueAtPercentile(90));
            percentiles.put("p99", latencies.getValueAtPercentile(99));
            percentiles.put("p99.9", latencies.getValueAtPercentile(99.9));
            percentiles.put("max", latencies.getMaxValue());
        }
        return percentiles;
    }

    /** Operations that took less than a time, and not less than that of the bucket before. */
    private record Bucket(long belowMicros, long operations) {}

    /** Each is twice as wide as the one before; those at the ends that are empty are left out. */
    private List<Bucket> buckets() {
        List<Bucket> buckets = new ArrayList<>();
        for (HistogramIterationValue step : latencies.logarithmicBucketValues(1, 2)) {
            long number = step.getCountAddedInThisIterationStep();
            if (number > 0 || !buckets.isEmpty()) {
                buckets.add(new Bucket(step.getValueIteratedTo() + 1, number));
            }
        }
        return buckets;
    }

    private List<String> bars() {
        List<Bucket> buckets = buckets();
        long most = buckets.stream().mapToLong(Bucket::operations).max().orElse(1);
        Table table = new Table("MS BELOW", "OPERATIONS", "");
        for (Bucket bucket : buckets) {
            long length = (bucket.operations() * BAR_WIDTH + most - 1) / most;
            table.row(Style.PLAIN, millis(bucket.belowMicros()), Long.toString(bucket.operations()), "█".repeat((int)
                            length));
        }
        return table.lines((style, text) -> text);
    }

    private static String millis(@Nullable Object micros) {
        return String.format(Locale.ROOT, "%.3f", ((Number) Objects.requireNonNull(micros)).doubleValue() / 1000);
    }
}
