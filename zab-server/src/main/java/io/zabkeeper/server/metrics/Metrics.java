package io.zabkeeper.server.metrics;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Gauge;
import com.codahale.metrics.Metric;
import com.codahale.metrics.MetricRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Every number of one member by its name in {@code mntr}, without the prefix {@code zk_}.
 *
 * <p>Ask for a number once and keep it: a name is looked up here, never on the hot path. Asking again gives the same
 * number. Whoever counts without knowing this registry keeps its numbers and has them {@link #add}ed.
 */
public final class Metrics {
    private final MetricRegistry registry = new MetricRegistry();

    /** A counter that one thread writes, most often the replica loop. */
    public Count count(String name) {
        return registered(name, Count.class, Count::new);
    }

    /** A counter that several threads write. */
    public Counter sharedCount(String name) {
        return registry.counter(name);
    }

    /** A distribution that one thread writes; its unit belongs to its name. */
    public Summary summary(String name, Summary.Detail detail) {
        return registered(name, Summary.class, () -> new Summary(detail));
    }

    /** A number that somebody else keeps; asked on the thread that reports. */
    public void gauge(String name, Supplier<? extends Number> current) {
        Gauge<Number> gauge = current::get;
        registry.register(name, gauge);
    }

    /** A count that somebody else keeps. */
    public void add(String name, Count count) {
        registry.register(name, count);
    }

    /** A distribution that somebody else keeps. */
    public void add(String name, Summary summary) {
        registry.register(name, summary);
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

    /** All numbers as they are now, in the order of their names. */
    public List<Sample> samples() {
        List<Sample> samples = new ArrayList<>();
        for (Map.Entry<String, Metric> entry : registry.getMetrics().entrySet()) {
            String name = entry.getKey();
            if (entry.getValue() instanceof Summary summary) {
                samples.add(Sample.of(name, summary));
            } else if (entry.getValue() instanceof Count count) {
                samples.add(Sample.counter(name, count.value()));
            } else if (entry.getValue() instanceof Counter counter) {
                samples.add(Sample.counter(name, counter.getCount()));
            } else if (entry.getValue() instanceof Gauge<?> gauge && gauge.getValue() instanceof Number number) {
                samples.add(Sample.gauge(name, number));
            }
        }
        return samples;
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
