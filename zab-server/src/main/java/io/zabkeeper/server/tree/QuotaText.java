package io.zabkeeper.server.tree;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the znodes of a quota contain, a limit or a usage (client protocol §8): {@code count=3,bytes=20}, and more pairs
 * behind {@code =;}, which makes old clients stop reading. Immutable.
 */
final class QuotaText {
    static final String COUNT = "count";
    static final String BYTES = "bytes";
    static final String HARD_COUNT = "countHardLimit";
    static final String HARD_BYTES = "byteHardLimit";

    /** What stands for no limit, and is written for a number that is missing. */
    static final long NONE = -1;

    /** A usage is written anew with each change below; nobody shall be able to make that expensive. */
    private static final int MOST_BYTES = 1024;

    private final SortedMap<String, Long> values;

    private QuotaText(SortedMap<String, Long> values) {
        this.values = values;
    }

    static QuotaText usage(long count, long bytes) {
        SortedMap<String, Long> values = new TreeMap<>();
        values.put(COUNT, count);
        values.put(BYTES, bytes);
        return new QuotaText(values);
    }

    /** Null for a text that is none: whoever wrote it gets no limit and no totals, and nothing worse (CVE-2026-100300). */
    static @Nullable QuotaText parse(byte @Nullable [] data) {
        SortedMap<String, Long> values = new TreeMap<>();
        if (data == null || data.length == 0) {
            return new QuotaText(values);
        }
        if (data.length > MOST_BYTES) {
            return null;
        }
        String text = new String(data, StandardCharsets.UTF_8);
        int from = text.chars().allMatch(c -> isSeparator((char) c)) ? text.length() : 0;
        while (from < text.length()) {
            int to = from;
            while (to < text.length() && !isSeparator(text.charAt(to))) {
                to++;
            }
            if (!put(text.substring(from, to), values)) {
                return null;
            }
            from = to;
            while (from < text.length() && isSeparator(text.charAt(from))) {
                from++;
            }
        }
        return new QuotaText(values);
    }

    private static boolean isSeparator(char c) {
        return c == ',' || c == ';';
    }

    /** One pair. What is behind a second {@code =} does not count, those at the end of the pair are not there at all. */
    private static boolean put(String pair, SortedMap<String, Long> values) {
        int length = pair.length();
        while (length > 0 && pair.charAt(length - 1) == '=') {
            length--;
        }
        int equals = pair.indexOf('=');
        if (equals < 0 || equals >= length) {
            return false;
        }
        int end = pair.indexOf('=', equals + 1);
        String number = pair.substring(equals + 1, end < 0 ? length : Math.min(end, length));
        try {
            values.put(pair.substring(0, equals), number.isEmpty() ? NONE : Long.parseLong(number));
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** {@link #NONE} when it is not there. */
    long get(String key) {
        Long value = values.get(key);
        return value == null ? NONE : value;
    }

    /** The limit that counts: the hard one, if there is any. */
    long limit(String hard, String soft) {
        return get(hard) > NONE ? get(hard) : get(soft);
    }

    QuotaText plus(long count, long bytes) {
        SortedMap<String, Long> sum = new TreeMap<>(values);
        sum.put(COUNT, get(COUNT) + count);
        sum.put(BYTES, get(BYTES) + bytes);
        return new QuotaText(sum);
    }

    byte[] encoded() {
        StringBuilder text = new StringBuilder();
        text.append(COUNT).append('=').append(get(COUNT)).append(',');
        text.append(BYTES).append('=').append(get(BYTES));
        boolean isFirst = true;
        for (Map.Entry<String, Long> entry : values.entrySet()) {
            String key = entry.getKey();
            if (!key.equals(COUNT) && !key.equals(BYTES)) {
                text.append(isFirst ? "=;" : ";").append(key).append('=').append(entry.getValue());
                isFirst = false;
            }
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
