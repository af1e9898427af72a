package io.zabkeeper.server.metrics;

import io.zabkeeper.server.metrics.Sample.Distribution;
import io.zabkeeper.server.metrics.Sample.Percentiles;
import java.util.List;
import java.util.Locale;

/**
 * The text form of Prometheus, version 0.0.4, with the names and types of ZooKeeper's own provider (client protocol §9.8):
 * counters without {@code _total}, summaries with the quantiles 0.5 and, for those with percentiles, 0.9 and 0.99.
 */
public final class PrometheusText {
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final StringBuilder text = new StringBuilder();

    public PrometheusText addAll(List<Sample> samples) {
        samples.forEach(this::add);
        return this;
    }

    private void add(Sample sample) {
        String type = sample.kind().name().toLowerCase(Locale.ROOT);
        String name = sample.name();
        family(name, type);
        Distribution distribution = sample.distribution();
        if (distribution == null) {
            value(name, "", sample.value().doubleValue());
            return;
        }
        Percentiles percentiles = distribution.percentiles();
        boolean isEmpty = distribution.count() == 0;
        quantile(name, "0.5", isEmpty, percentiles.p50());
        if (distribution.detail() == Summary.Detail.ADVANCED) {
            quantile(name, "0.9", isEmpty, percentiles.p90());
            quantile(name, "0.99", isEmpty, percentiles.p99());
        }
        value(name + "_count", "", (double) distribution.count());
        value(name + "_sum", "", (double) distribution.sum());
    }

    private void quantile(String name, String quantile, boolean isEmpty, long value) {
        value(name, label("quantile", quantile), isEmpty ? Double.NaN : (double) value);
    }

    /** Begins a metric: what follows are its samples. */
    PrometheusText family(String name, String type) {
        text.append("# HELP ").append(name).append(' ').append(name).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
        return this;
    }

    /** @param labels of {@link #label}, joined by commas; empty for none */
    PrometheusText value(String name, String labels, double value) {
        text.append(name);
        if (!labels.isEmpty()) {
            text.append('{').append(labels).append('}');
        }
        text.append(' ').append(number(value)).append('\n');
        return this;
    }

    static String label(String name, String value) {
        String escaped = value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
        return name + "=\"" + escaped + "\"";
    }

    private static String number(double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        return Double.toString(value);
    }

    /** The page so far. */
    @Override
    public String toString() {
        return text.toString();
    }
}
