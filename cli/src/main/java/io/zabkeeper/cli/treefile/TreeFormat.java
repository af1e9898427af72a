package io.zabkeeper.cli.treefile;

import java.util.Locale;

/** How a {@link TreeFile} is written. */
public enum TreeFormat {
    YAML,
    /** One znode a line. */
    JSON;

    /** What the name of a file promises: YAML unless it ends in {@code .json}. */
    public static TreeFormat of(String fileName) {
        return fileName.endsWith(".json") ? JSON : YAML;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
