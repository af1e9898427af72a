package io.zabkeeper.server.admin.command;

import io.zabkeeper.server.admin.report.Desk.Effect;
import io.zabkeeper.server.admin.report.Topic;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The commands, each with its other names and with what its answer needs of a report. */
enum Command {
    CONFIGURATION("conf config"),
    CONNECTION_STAT_RESET("crst"),
    CONNECTIONS("cons"),
    DIRS(""),
    DUMP(""),
    ENVIRONMENT("env envi"),
    GET_TRACE_MASK("gtmk"),
    HASH(""),
    INITIAL_CONFIGURATION("icfg"),
    IS_READ_ONLY("isro"),
    LAST_SNAPSHOT("lsnp"),
    LEADER("lead"),
    MONITOR("mntr"),
    OBSERVER_CONNECTION_STAT_RESET("orst"),
    OBSERVERS("obsr"),
    RUOK(""),
    SERVER_STATS("srvr"),
    SET_TRACE_MASK("stmk"),
    STAT_RESET("srst"),
    STATS("stat"),
    SYSTEM_PROPERTIES("sysp"),
    VOTING_VIEW(""),
    WATCH_SUMMARY("wchs"),
    WATCHES("wchc"),
    WATCHES_BY_PATH("wchp"),
    ZABSTATE("");

    private static final Map<String, Command> BY_NAME = byName();

    private final String text = name().toLowerCase(Locale.ROOT);
    private final String aliases;

    /** @param aliases with blanks between */
    Command(String aliases) {
        this.aliases = aliases;
    }

    private static Map<String, Command> byName() {
        Map<String, Command> table = new HashMap<>();
        for (Command command : values()) {
            table.put(command.text, command);
            for (String alias : command.aliases.split(" ", -1)) {
                if (!alias.isEmpty()) {
                    table.put(alias, command);
                }
            }
        }
        return table;
    }

    /** The command with this name or alias, null when there is none. */
    static @Nullable Command named(String name) {
        return BY_NAME.get(name);
    }

    /** The first of its names. */
    String text() {
        return text;
    }

    Set<Topic> topics() {
        return switch (this) {
            case CONNECTIONS, STATS -> EnumSet.of(Topic.CONNECTIONS);
            case DUMP -> EnumSet.of(Topic.SESSIONS, Topic.EPHEMERALS);
            case HASH -> EnumSet.of(Topic.DIGESTS);
            case MONITOR -> EnumSet.of(Topic.METRICS);
            case WATCHES, WATCHES_BY_PATH -> EnumSet.of(Topic.WATCHES);
            default -> EnumSet.noneOf(Topic.class);
        };
    }

    Effect effect() {
        return switch (this) {
            case STAT_RESET -> Effect.RESET_STATISTICS;
            case CONNECTION_STAT_RESET -> Effect.RESET_CONNECTIONS;
            default -> Effect.NONE;
        };
    }

    /** Whether it is answered by a member that serves nobody. */
    boolean isAnsweredAlways() {
        return switch (this) {
            case ENVIRONMENT, GET_TRACE_MASK, SET_TRACE_MASK, SYSTEM_PROPERTIES, ZABSTATE, MONITOR -> true;
            default -> false;
        };
    }
}
