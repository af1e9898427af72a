package io.zabkeeper.cli.output;

import java.util.Locale;

/** How a command prints its result. */
public enum Format {
    /** For people: safe on a terminal, whatever the data. */
    TEXT,
    /** For programs: one JSON value, or one value a line where results keep coming. */
    JSON,
    /** The bytes alone, unchanged. */
    RAW;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
