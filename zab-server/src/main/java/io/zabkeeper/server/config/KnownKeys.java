package io.zabkeeper.server.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Looks keys up in the {@link KeyTable} and says what is to be said about those that are not honoured. */
final class KnownKeys {
    private static final Map<String, Key> BY_NAME = byName();

    private final List<String> warnings = new ArrayList<>();

    private KnownKeys() {}

    /** The key that is written so; null when nobody knows it. */
    static @Nullable Key find(String written) {
        Key exact = BY_NAME.get(written);
        if (exact != null) {
            return exact;
        }
        for (Key key : KeyTable.ALL) {
            if (key.isCalled(written)) {
                return key;
            }
        }
        return null;
    }

    /** The key that the parser asks for. */
    static Key honoured(String name) {
        Key key = BY_NAME.get(name);
        if (key == null || key.verdict() != Key.Verdict.HONOURED) {
            throw new IllegalStateException(name + " is not declared as honoured");
        }
        return key;
    }

    /** Checks what nobody asked for: a key of a file that nobody knows is refused, a system property is told. */
    static List<String> accept(List<Setting> unread) throws ConfigException {
        KnownKeys keys = new KnownKeys();
        for (Setting setting : unread) {
            keys.accept(setting);
        }
        return keys.warnings;
    }

    private void accept(Setting setting) throws ConfigException {
        String name = setting.name();
        Key key = find(name);
        if (key == null) {
            if (!setting.isProperty()) {
                throw setting.refused("unknown key; the nearest known one is " + nearest(name));
            }
            warnings.add(setting.where() + " is not known and does nothing; the nearest known one is " + Key.PREFIX
                    + nearest(name) + ".");
            return;
        }
        if (key.isHarmless(setting.value())) {
            return;
        }
        switch (key.verdict()) {
            case REFUSED -> throw setting.refused(key.reason());
            case TOLD -> warnings.add(setting.where() + " is accepted, but " + key.reason() + ".");
            case HONOURED -> warnings.add(setting.where() + " does nothing; write it into the file.");
            case SILENT -> {
                // Nobody could notice.
            }
        }
    }

    /** The known key with the fewest letters to change; the first one in the alphabet when several are as near. */
    static String nearest(String name) {
        SortedSet<String> known = new TreeSet<>();
        for (Key key : KeyTable.ALL) {
            key.names().forEach(other -> known.add(other.replace(".*", ".1")));
        }
        String nearest = "";
        int least = Integer.MAX_VALUE;
        for (String candidate : known) {
            int distance = distance(name.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
            if (distance < least) {
                least = distance;
                nearest = candidate;
            }
        }
        return nearest;
    }

    /** Letters to insert, remove or replace (Levenshtein), one row at a time. */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }

    private static Map<String, Key> byName() {
        Map<String, Key> keys = new HashMap<>();
        for (Key key : KeyTable.ALL) {
            for (String name : key.names()) {
                if (keys.put(name, key) != null) {
                    throw new IllegalStateException(name + " is declared twice");
                }
            }
        }
        return Map.copyOf(keys);
    }
}
