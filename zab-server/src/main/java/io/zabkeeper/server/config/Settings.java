package io.zabkeeper.server.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one file, and behind them the system properties of the same name: the file wins, as in ZooKeeper.
 *
 * <p>Remembers which keys were asked for. What is left at the end is unused or unknown, so there is no second list of
 * the keys that are honoured.
 */
final class Settings {
    private final String file;
    private final Map<String, Setting> written = new LinkedHashMap<>();
    private final UnaryOperator<@Nullable String> properties;
    private final SortedSet<String> asked = new TreeSet<>();

    /**
     * Takes what was read from a file.
     *
     * @param properties what {@link System#getProperty(String)} would answer
     */
    Settings(String file, List<Setting> settings, UnaryOperator<@Nullable String> properties) throws ConfigException {
        this.file = file;
        this.properties = properties;
        for (Setting setting : settings) {
            Setting first = written.putIfAbsent(setting.key(), setting);
            if (first != null) {
                throw setting.refused("already set in line " + first.line() + " to '" + first.shown()
                        + "'; a key may be written once");
            }
        }
    }

    /** What the file says, else what the system properties say, under any of the names that count for the key. */
    @Nullable
    Setting find(String key) {
        asked.add(key);
        List<String> names = KnownKeys.names(key);
        for (String name : names) {
            Setting setting = written.get(name);
            if (setting != null) {
                asked.add(name);
                return setting;
            }
        }
        for (String property : KnownKeys.properties(key)) {
            String value = properties.apply(property);
            if (value != null) {
                return new Setting(Setting.PROPERTY, 0, property, value.strip());
            }
        }
        return null;
    }

    int number(String key, int otherwise, int least, int most) throws ConfigException {
        return (int) longNumber(key, otherwise, least, most);
    }

    long longNumber(String key, long otherwise, long least, long most) throws ConfigException {
        Setting setting = find(key);
        return setting == null ? otherwise : setting.number(least, most);
    }

    boolean flag(String key, boolean otherwise) throws ConfigException {
        Setting setting = find(key);
        return setting == null ? otherwise : setting.flag();
    }

    double share(String key, double otherwise) throws ConfigException {
        Setting setting = find(key);
        return setting == null ? otherwise : setting.share();
    }

    /** The keys with this prefix, in the order of the file. */
    List<Setting> withPrefix(String prefix) {
        List<Setting> found = new ArrayList<>();
        for (Setting setting : written.values()) {
            if (setting.key().startsWith(prefix)) {
                asked.add(setting.key());
                found.add(setting);
            }
        }
        return found;
    }

    /** What nobody asked for. */
    List<Setting> rest() {
        return written.values().stream()
                .filter(setting -> !asked.contains(setting.key()))
                .toList();
    }

    SortedSet<String> asked() {
        return asked;
    }

    ConfigException missing(String key, String expected) {
        return new ConfigException(file, 0, key, null, expected);
    }
}
