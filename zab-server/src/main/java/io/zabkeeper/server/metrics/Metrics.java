package io.zabkeeper.server.metrics;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Gauge;
import com.codahale.metrics.Metric;
import com.codahale.metrics.MetricRegistry;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Every number of one member by its name in {@code mntr}, without the prefix {@code zk_}.
 *
 * <p>Ask for a number once and keep it: a name is looked up here, never on the hot path. Asking again gives the same
 * number.
 */
public final class Metrics {
    private final MetricRegistry registry = new MetricRegistry();

    /** For reporters of other formats. */
    public MetricRegistry registry() {
        return registry;
    }

    /** A counter that one thread writes, most often the replica loop. */
    public Count count(String name) {
        return registered(name, Count.class, Count::new);
    }

    /** A counter that several threads write. */
    public Counter sharedCount(String name) {
        return registry.counter(name);
    }

    /** A distribution that one thread writes; its unit belongs to its name. */
    public Summary summary(String name) {
        return registered(name, Summary.class, Summary::new);
    }

    /** A number that somebody else keeps; asked on the thread that reports. */
    public void gauge(String name, Supplier<? extends Number> current) {
        Gauge<Number> gauge = current::get;
        registry.register(name, gauge);
    }

    private <T extends Metric> T registered(String name, Class<T> type, Supplier<T> fresh) {
        Metric known = registry.getMetrics().get(name);
        if (known == null) {
            return registry.register(name, fresh.get());
        }
        if (!type.isInstance(known)) {
            throw new IllegalArgumentException(
                    name + " is a " + known.getClass().getSimpleName() + ", not a " + type.getSimpleName());
        }
        return type.cast(known);
    }

    /** Every name with its value now; a summary gives one for each of its figures, prefixed as in ZooKeeper. */
    public SortedMap<String, Number> values() {
        SortedMap<String, Number> values = new TreeMap<>();
        for (Map.Entry<String, Metric> entry : registry.getMetrics().entrySet()) {
            String name = entry.getKey();
            if (entry.getValue() instanceof Summary summary) {
                putSummary(name, summary, values);
            } else if (entry.getValue() instanceof Counter counter) {
                values.put(name, counter.getCount());
            } else if (entry.getValue() instanceof Gauge<?> gauge && gauge.getValue() instanceof Number number) {
                values.put(name, number);
            }
        }
        return Collections.unmodifiableSortedMap(values);
    }

    private static void putSummary(String name, Summary summary, SortedMap<String, Number> values) {
        values.put("avg_" + name, summary.average());
        values.put("min_" + name, summary.min());
        values.put("max_" + name, summary.max());
        values.put("cnt_" + name, summary.count());
        values.put("sum_" + name, summary.sum());
        values.put("p50_" + name, summary.quantile(0.5));
        values.put("p95_" + name, summary.quantile(0.95));
        values.put("p99_" + name, summary.quantile(0.99));
        values.put("p999_" + name, summary.quantile(0.999));
    }

    /** Starts every count and summary anew; what is counted at the same moment may be lost. */
    public void reset() {
        for (Metric metric : registry.getMetrics().values()) {
            if (metric instanceof Summary summary) {
                summary.reset();
            } else if (metric instanceof Count count) {
                count.reset();
            } else if (metric instanceof Counter counter) {
                counter.dec(counter.getCount());
            }
        }
    }
}
