package io.zabkeeper.server.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * One key that a file or a system property may set, and what becomes of it.
 *
 * @param names the first is the usual one; ZooKeeper documents some under other names than it reads. One that ends in
 *     {@code .*} stands for all that begin with what is before the star
 * @param isBare whether the system property is also read without {@code zookeeper.} in front
 * @param harmless the value that asks for nothing; only of {@link Verdict#TOLD} and {@link Verdict#REFUSED}
 * @param reason what happens instead, or why it is refused, without a full stop; empty when honoured
 */
record Key(List<String> names, boolean isBare, Verdict verdict, String harmless, String reason) {
    /** What every system property of ZooKeeper begins with, but for a few. */
    static final String PREFIX = "zookeeper.";

    enum Verdict {
        HONOURED,
        /** Does nothing, and nobody could notice. */
        SILENT,
        /** Does nothing; there is a warning unless the value is harmless. */
        TOLD,
        /** Must not be written unless the value is harmless. */
        REFUSED
    }

    static Key honoured(String... names) {
        return new Key(List.of(names), false, Verdict.HONOURED, "", "");
    }

    static Key silent(String reason, String... names) {
        return new Key(List.of(names), false, Verdict.SILENT, "", reason);
    }

    static Key told(String harmless, String reason, String... names) {
        return new Key(List.of(names), false, Verdict.TOLD, harmless, reason);
    }

    static Key refused(String harmless, String reason, String... names) {
        return new Key(List.of(names), false, Verdict.REFUSED, harmless, reason);
    }

    /** The same, also read as a system property without the prefix. */
    Key bare() {
        return new Key(names, true, verdict, harmless, reason);
    }

    String name() {
        return names.get(0);
    }

    /** Whether this is the key that is written so in a file. */
    boolean isCalled(String written) {
        return names.stream()
                .anyMatch(name -> name.endsWith(".*")
                        ? written.startsWith(name.substring(0, name.length() - 1))
                                && written.length() > name.length() - 1
                        : name.equals(written));
    }

    /** The system properties that set it, the one that counts most first; of a family none. */
    List<String> properties() {
        List<String> properties = new ArrayList<>();
        if (isBare) {
            properties.addAll(names);
        }
        names.forEach(name -> properties.add(PREFIX + name));
        return properties;
    }

    /** Whether this value asks for nothing that is not done. */
    boolean isHarmless(String value) {
        return value.equalsIgnoreCase(harmless);
    }

    /** Its line in the table of {@code docs/compatibility.md}. */
    String row() {
        String keys = names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
        String unless = harmless.isEmpty() ? "" : " unless `" + harmless + "`";
        String text = switch (verdict) {
            case HONOURED -> "honoured";
            case SILENT -> "nothing to do: " + reason;
            case TOLD -> "a warning" + unless + ": " + reason;
            case REFUSED -> "refused" + unless + ": " + reason;
        };
        return "| " + keys + (isBare ? " (also without `zookeeper.`)" : "") + " | " + text + " |";
    }

    /** For a reader who looks a name up: small and capital letters are the same. */
    String sortedBy() {
        return name().toLowerCase(Locale.ROOT);
    }
}
