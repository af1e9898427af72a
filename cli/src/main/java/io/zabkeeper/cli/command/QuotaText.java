package io.zabkeeper.cli.command;

import io.zabkeeper.wire.Bytes;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the znodes of a quota hold, a limit or a usage: {@code count=3,bytes=20}, and further pairs behind {@code =;}, where
 * old clients stop reading. Immutable.
 */
final class QuotaText {
    static final String COUNT = "count";
    static final String BYTES = "bytes";
    static final String HARD_COUNT = "countHardLimit";
    static final String HARD_BYTES = "byteHardLimit";

    private static final long NONE = -1;

    /** What is not known here is kept. */
    private final SortedMap<String, Long> values;

    private QuotaText(SortedMap<String, Long> values) {
        this.values = values;
    }

    static QuotaText empty() {
        return new QuotaText(new TreeMap<>());
    }

    /** @throws CommandFailure if it is not such a text */
    static QuotaText parse(String path, @Nullable Bytes data) {
        SortedMap<String, Long> values = new TreeMap<>();
        String text = data == null ? "" : data.utf8();
        for (String pair : text.split("[,;]+", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            String[] parts = pair.split("=", -1);
            if (parts.length < 2 || !parts[1].matches("-?[0-9]{1,18}")) {
                throw new CommandFailure(ExitCode.REFUSED, path + " holds no quota but '" + text + "'");
            }
            values.put(parts[0], Long.parseLong(parts[1]));
        }
        return new QuotaText(values);
    }

    /** Nothing if there is no limit. */
    OptionalLong get(String key) {
        long value = values.getOrDefault(key, NONE);
        return value < 0 ? OptionalLong.empty() : OptionalLong.of(value);
    }

    QuotaText with(String key, long value) {
        SortedMap<String, Long> changed = new TreeMap<>(values);
        changed.put(key, value);
        return new QuotaText(changed);
    }

    QuotaText without(String key) {
        SortedMap<String, Long> changed = new TreeMap<>(values);
        changed.remove(key);
        return new QuotaText(changed);
    }

    /** Whether there is anything that it limits. */
    boolean isLimiting() {
        return values.values().stream().anyMatch(value -> value >= 0);
    }

    Bytes bytes() {
        StringBuilder text = new StringBuilder();
        text.append(COUNT).append('=').append(values.getOrDefault(COUNT, NONE));
        text.append(',').append(BYTES).append('=').append(values.getOrDefault(BYTES, NONE));
        SortedMap<String, Long> more = new TreeMap<>(values);
        more.remove(COUNT);
        more.remove(BYTES);
        if (!more.isEmpty()) {
            text.append('=');
        }
        for (Map.Entry<String, Long> pair : more.entrySet()) {
            text.append(';').append(pair.getKey()).append('=').append(pair.getValue());
        }
        return Bytes.ofUtf8(text.toString());
    }
}
