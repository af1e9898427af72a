package io.zabkeeper.server.config;

import java.util.Locale;

/**
 * One key with its value and where it was written; reads itself as the type that is wanted.
 *
 * @param origin the file, or {@link #PROPERTY}
 * @param line from 1; 0 for a system property
 */
record Setting(String origin, int line, String key, String value) {
    /** The origin of what came from the command line. */
    static final String PROPERTY = "-D";

    ConfigException refused(String expected) {
        return new ConfigException(origin, line, key, shown(), expected);
    }

    boolean isProperty() {
        return origin.equals(PROPERTY);
    }

    /** The key as a file would have it: a system property has something in front. */
    String name() {
        return isProperty() && key.startsWith(Key.PREFIX) ? key.substring(Key.PREFIX.length()) : key;
    }

    /** The beginning of a warning about it. */
    String where() {
        return isProperty() ? PROPERTY + key : origin + ":" + line + ": " + key;
    }

    /** The value as a message may show it: a credential never gets into a log. */
    String shown() {
        String name = key.toLowerCase(Locale.ROOT);
        return name.contains("superdigest") || name.contains("password") ? "..." : value;
    }

    long number(long least, long most) throws ConfigException {
        try {
            long number = Long.parseLong(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Not a number at all: the same sentence serves.
        }
        throw refused("expected a whole number from " + least + " to " + most);
    }

    /** Also in hexadecimal, as ZooKeeper reads its own system properties. */
    long bytes(long least, long most) throws ConfigException {
        try {
            long number = Long.decode(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Not a number at all: the same sentence serves.
        }
        throw refused("expected a number of bytes from " + least + " to " + most);
    }

    double share() throws ConfigException {
        try {
            double share = Double.parseDouble(value);
            if (share >= 0 && share <= 1) {
                return share;
            }
        } catch (NumberFormatException e) {
            // Not a number at all: the same sentence serves.
        }
        throw refused("expected a number from 0 to 1");
    }

    boolean flag() throws ConfigException {
        String word = value.toLowerCase(Locale.ROOT);
        if (!word.equals("true") && !word.equals("false")) {
            throw refused("expected true or false");
        }
        return word.equals("true");
    }

    String text() throws ConfigException {
        if (value.isEmpty()) {
            throw refused("expected a value");
        }
        return value;
    }

    /** Where it is written, for the message about another setting. */
    String place() {
        return isProperty() ? PROPERTY + key : "line " + line;
    }
}
