package io.zabkeeper.client.recipe;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Config} said at one moment: all values are of one state of the ensemble, and stay as they are.
 *
 * <p>Those that read a value as something else than text throw {@link NoSuchElementException} if there is none, and
 * {@link IllegalArgumentException} if it cannot be read so; both name the key.
 */
public final class Settings {
    private final Map<String, String> values;
    private final Map<String, String> defaults;

    Settings(Map<String, String> values, Map<String, String> defaults) {
        this.values = Map.copyOf(values);
        this.defaults = Map.copyOf(defaults);
    }

    /** The value, or else the default, if there is one of them. */
    public Optional<String> find(String key) {
        String value = values.get(key);
        return Optional.ofNullable(value == null ? defaults.get(key) : value);
    }

    /** Whether it was set, rather than left at its default. */
    public boolean isSet(String key) {
        return values.containsKey(key);
    }

    public String text(String key) {
        return find(key).orElseThrow(() -> new NoSuchElementException("no value for \"" + key + "\", and no default"));
    }

    public long number(String key) {
        return read(key, "a whole number", Long::parseLong);
    }

    /** {@code true} or {@code false}, in any case. */
    public boolean flag(String key) {
        return read(key, "true or false", text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(text);
        });
    }

    /** In the form of {@link Duration#parse}, {@code PT1.5S} for example. */
    public Duration duration(String key) {
        return read(key, "a duration such as PT1.5S", Duration::parse);
    }

    /** All keys that have a value or a default, sorted. */
    public Set<String> keys() {
        Set<String> keys = new TreeSet<>(defaults.keySet());
        keys.addAll(values.keySet());
        return keys;
    }

    /** All keys with their values or defaults, sorted. */
    public Map<String, String> all() {
        Map<String, String> all = new TreeMap<>(defaults);
        all.putAll(values);
        return all;
    }

    private <T> T read(String key, String what, Function<String, T> reader) {
        String text = text(key);
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IllegalArgumentException("\"" + key + "\" is not " + what + ": \"" + text + '"', e);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Settings that && values.equals(that.values) && defaults.equals(that.defaults);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return all().toString();
    }
}
