package io.zabkeeper.server.admin;

import io.zabkeeper.server.admin.report.Desk;
import io.zabkeeper.server.admin.report.Topic;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
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

    /** Bytes that are sent behind it. */
    public int argumentSize() {
        return this == STMK ? Long.BYTES : 0;
    }

    /** What it does. */
    public Desk.Effect effect() {
        return switch (this) {
            case SRST -> Desk.Effect.RESET_STATISTICS;
            case CRST -> Desk.Effect.RESET_CONNECTIONS;
            default -> Desk.Effect.NONE;
        };
    }

    /** What its answer needs of a report. */
    public Set<Topic> topics() {
        return switch (this) {
            case CONS, STAT -> EnumSet.of(Topic.CONNECTIONS);
            case DUMP -> EnumSet.of(Topic.CONNECTIONS, Topic.SESSIONS, Topic.EPHEMERALS);
            case HASH -> EnumSet.of(Topic.DIGESTS);
            case MNTR -> EnumSet.of(Topic.METRICS);
            case WCHC, WCHP -> EnumSet.of(Topic.WATCHES);
            case CONF, CRST, DIRS, ENVI, GTMK, ISRO, RUOK, SRST, SRVR, STMK, WCHS -> EnumSet.noneOf(Topic.class);
        };
    }
}
