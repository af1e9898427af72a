package io.zabkeeper.server.config;

import org.jspecify.annotations.Nullable;

/** A setting that cannot be used; the message is for the operator and names file, line, key, value and what is expected. */
public final class ConfigException extends Exception {
    private static final long serialVersionUID = 1;

    private final String origin;
    private final int line;
    private final String key;

    /**
     * @param origin the file, or {@code -D} for a system property
     * @param line 0 when no line is to blame
     * @param value null when the key is missing
     * @param expected what would be right, or what is wrong, without a full stop
     */
    ConfigException(String origin, int line, String key, @Nullable String value, String expected) {
        super(text(origin, line, key, value, expected));
        this.origin = origin;
        this.line = line;
        this.key = key;
    }

    private static String text(String origin, int line, String key, @Nullable String value, String expected) {
        String setting = value == null ? key : key + "=" + value;
        if (origin.equals(Setting.PROPERTY)) {
            return origin + setting + ": " + expected;
        }
        String place = line == 0 ? origin : origin + ":" + line;
        return setting.isEmpty() ? place + ": " + expected : place + ": " + setting + ": " + expected;
    }

    public String origin() {
        return origin;
    }

    /** The line in {@link #origin}, from 1; 0 when no line is to blame. */
    public int line() {
        return line;
    }

    public String key() {
        return key;
    }
}
