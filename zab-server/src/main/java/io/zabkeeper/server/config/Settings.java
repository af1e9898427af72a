package io.zabkeeper.server.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one file, and behind them the system properties of the same name: the file wins, as in ZooKeeper.
 *
 * <p>Remembers which keys were asked for. What is left at the end is unused or unknown.
 */
final class Settings {
    /** Who is a member stands in a file. */
    private static final Set<String> NEVER_PROPERTIES = Set.of("server.*", EnsembleKeys.DYNAMIC);

    private final String file;
    private final Map<String, Setting> written = new LinkedHashMap<>();
    private final SortedMap<String, Setting> properties = new TreeMap<>();
    private final SortedSet<String> asked = new TreeSet<>();

    /** Takes what was read from a file, and the system properties of the process. */
    Settings(String file, List<Setting> settings, Map<String, String> properties) throws ConfigException {
        this.file = file;
        for (Setting setting : settings) {
            Setting first = written.putIfAbsent(setting.key(), setting);
            if (first != null) {
                throw setting.refused("already set in line " + first.line() + " to '" + first.shown()
                        + "'; a key may be written once");
            }
        }
        properties.forEach(
                (name, value) -> this.properties.put(name, new Setting(Setting.PROPERTY, 0, name, value.strip())));
    }

    /** What the file says, else what the system properties say, under any of the names that count for the key. */
    @Nullable
    Setting find(String name) throws ConfigException {
        Key key = KnownKeys.honoured(name);
        asked.add(key.name());
        Setting found = null;
        for (String other : key.names()) {
            Setting setting = written.get(other);
            if (setting != null && found != null) {
                throw setting.refused(
                        "already set in line " + found.line() + " as " + found.key() + "; a key may be written once");
            }
            found = setting == null ? found : setting;
        }
        for (String property : NEVER_PROPERTIES.contains(name) ? List.<String>of() : key.properties()) {
            found = found == null ? properties.get(property) : found;
        }
        return found;
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

    /** The keys of the file with this prefix, in its order. */
    List<Setting> withPrefix(String prefix) {
        asked.add(prefix + "*");
        return written.values().stream()
                .filter(setting -> setting.key().startsWith(prefix))
                .toList();
    }

    /** The same, and the system properties behind them. */
    List<Setting> withPrefixAnywhere(String prefix) {
        List<Setting> found = new ArrayList<>(withPrefix(prefix));
        for (Setting property : properties.tailMap(Key.PREFIX + prefix).values()) {
            if (property.key().startsWith(Key.PREFIX + prefix) && !written.containsKey(property.name())) {
                found.add(property);
            }
        }
        return found;
    }

    /** What nobody asked for: of the file in its order, then the system properties that are meant for a ZooKeeper. */
    List<Setting> rest() {
        List<Setting> rest = new ArrayList<>();
        for (Setting setting : written.values()) {
            if (!isAsked(setting)) {
                rest.add(setting);
            }
        }
        for (Setting setting : properties.values()) {
            Key key = KnownKeys.find(setting.name());
            boolean isMeant = setting.key().startsWith(Key.PREFIX) || (key != null && key.isBare());
            boolean isRead = isAsked(setting) && key != null && !NEVER_PROPERTIES.contains(key.name());
            if (isMeant && !isRead) {
                rest.add(setting);
            }
        }
        return rest;
    }

    private boolean isAsked(Setting setting) {
        Key key = KnownKeys.find(setting.name());
        return key != null && asked.contains(key.name());
    }

    /** The usual names of the keys that somebody asked for. */
    SortedSet<String> asked() {
        return asked;
    }

    ConfigException missing(String key, String expected) {
        return new ConfigException(file, 0, key, null, expected);
    }
}
