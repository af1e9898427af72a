package io.zabkeeper.server.admin;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The four-letter words. Their bytes, read as the length of a frame, are far beyond any limit. */
public enum Word {
    CONF,
    CONS,
    CRST,
    DIRS,
    DUMP,
    ENVI,
    GTMK,
    HASH,
    ISRO,
    MNTR,
    RUOK,
    SRST,
    SRVR,
    STAT,
    STMK,
    WCHC,
    WCHP,
    WCHS;

    private static final Word[] ALL = values();

    private final String text = name().toLowerCase(Locale.ROOT);
    private final int code = code(text);

    /** The word with these first four bytes of a connection, big-endian; null when they are the length of a frame. */
    public static @Nullable Word of(int bytes) {
        for (Word word : ALL) {
            if (word.code == bytes) {
                return word;
            }
        }
        return null;
    }

    private static int code(String text) {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            code = code << 8 | text.charAt(i);
        }
        return code;
    }

    public int code() {
        return code;
    }

    /** As it is sent. */
    public String text() {
        return text;
    }

    /** Whether the member starts its counts anew when it is allowed and serving. */
    public boolean resetsStatistics() {
        return this == SRST;
    }

    /** Whether each connection starts its counts anew when it is allowed and the member is serving. */
    public boolean resetsConnections() {
        return this == CRST;
    }

    /** Whether the report needs its list of connections. */
    public boolean listsConnections() {
        return this == STAT || this == CONS;
    }

    /** Whether the report needs its summary of watches. */
    public boolean countsWatchers() {
        return this == WCHS;
    }
}
