package io.zabkeeper.server.metrics;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads Prometheus' text form, version 0.0.4, and forgives nothing: a metric is announced once, with a help and a type,
 * its samples follow it, and none comes twice.
 */
public final class PrometheusPage {
    private static final String NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
    private static final Pattern HELP = Pattern.compile("# HELP (" + NAME + ") (.*)");
    private static final Pattern TYPE =
            Pattern.compile("# TYPE (" + NAME + ") (counter|gauge|summary|histogram|untyped)");
    private static final Pattern SAMPLE = Pattern.compile("(" + NAME + ")(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL =
            Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\n]|\\\\[\\\\\"n])*)\"(?:,|$)");

    private final Map<String, String> types = new LinkedHashMap<>();
    private final Map<String, Double> samples = new TreeMap<>();
    private final Set<String> helped = new HashSet<>();
    private String current = "";

    private PrometheusPage() {}

    public static PrometheusPage of(String text) {
        if (!text.endsWith("\n")) {
            throw new AssertionError("the last line has no end");
        }
        PrometheusPage page = new PrometheusPage();
        for (String line : text.substring(0, text.length() - 1).split("\n", -1)) {
            page.read(line);
        }
        return page;
    }

    private void read(String line) {
        Matcher help = HELP.matcher(line);
        Matcher type = TYPE.matcher(line);
        Matcher sample = SAMPLE.matcher(line);
        if (help.matches()) {
            check(helped.add(help.group(1)), "helped twice", line);
            current = help.group(1);
        } else if (type.matches()) {
            check(type.group(1).equals(current), "a type without its help", line);
            check(types.put(current, type.group(2)) == null, "typed twice", line);
        } else {
            check(sample.matches(), "no line of this form", line);
            add(sample.group(1), sample.group(2) == null ? "" : sample.group(2), sample.group(3), line);
        }
    }

    private void add(String name, String labels, String value, String line) {
        String type = types.getOrDefault(current, "");
        check(!type.isEmpty(), "a sample without its type", line);
        boolean isSummary = type.equals("summary");
        boolean isPart = isSummary && (name.equals(current + "_count") || name.equals(current + "_sum"));
        check(name.equals(current) || isPart, "a sample of another metric than " + current, line);
        Map<String, String> read = labels(labels, line);
        check(!isSummary || isPart || read.containsKey("quantile"), "a summary without a quantile", line);
        double number = number(value, line);
        check(!type.equals("counter") || number >= 0, "a counter below 0", line);
        check(samples.put(name + read, number) == null, "twice", line);
    }

    private static Map<String, String> labels(String text, String line) {
        Map<String, String> labels = new TreeMap<>();
        Matcher label = LABEL.matcher(text);
        int end = 0;
        while (end < text.length() && label.find(end) && label.start() == end) {
            check(labels.put(label.group(1), label.group(2)) == null, "a label twice", line);
            end = label.end();
        }
        check(end == text.length(), "labels of another form", line);
        return labels;
    }

    private static double number(String text, String line) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            case "NaN" -> Double.NaN;
            default -> {
                check(text.matches("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?"), "no number", line);
                yield Double.parseDouble(text);
            }
        };
    }

    private static void check(boolean holds, String what, String line) {
        if (!holds) {
            throw new AssertionError(what + ": " + line);
        }
    }

    /** Metrics in their order with their types. */
    public Map<String, String> types() {
        return types;
    }

    /** The value of a sample such as {@code readlatency{quantile=0.5}}, labels in the order of their names. */
    public double value(String sample) {
        Double value = samples.get(sample.contains("{") ? sample : sample + "{}");
        if (value == null) {
            throw new AssertionError("no sample " + sample);
        }
        return value;
    }

    public Set<String> samples() {
        return samples.keySet();
    }
}
