package io.zabkeeper.server.admin;

import io.zabkeeper.server.metrics.MemberReport;
import io.zabkeeper.server.metrics.MemberReport.Watched;
import io.zabkeeper.server.metrics.MemberReport.Watchers;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The answers to {@code wchs}, {@code wchc} and {@code wchp}, in the order of ids and paths. */
public final class WatchText {
    private WatchText() {}

    static String summary(MemberReport report) {
        Watchers watchers = report.tree().watchers();
        return watchers.connections() + " connections watching " + watchers.paths() + " paths\nTotal watches:"
                + watchers.watches() + "\n";
    }

    static String bySession(MemberReport report) {
        StringBuilder text = new StringBuilder();
        pathsBySession(report).forEach((session, paths) -> {
            text.append("0x").append(Long.toHexString(session)).append('\n');
            paths.forEach(path -> text.append('\t').append(path).append('\n'));
        });
        return ended(text, report);
    }

    static String byPath(MemberReport report) {
        StringBuilder text = new StringBuilder();
        sessionsByPath(report).forEach((path, sessions) -> {
            text.append(path).append('\n');
            sessions.forEach(session ->
                    text.append("\t0x").append(Long.toHexString(session)).append('\n'));
        });
        return ended(text, report);
    }

    /** A list without its end says so behind it. */
    private static String ended(StringBuilder text, MemberReport report) {
        text.append('\n');
        if (report.details().isCut()) {
            text.append("The list is cut after ")
                    .append(report.details().watched().size())
                    .append(" of ")
                    .append(report.tree().watchers().watches())
                    .append(" watches.\n");
        }
        return text.toString();
    }

    public static Map<Long, Set<String>> pathsBySession(MemberReport report) {
        Map<Long, Set<String>> paths = new TreeMap<>();
        for (Watched watched : report.details().watched()) {
            paths.computeIfAbsent(watched.session(), unused -> new TreeSet<>()).add(watched.path());
        }
        return paths;
    }

    public static Map<String, Set<Long>> sessionsByPath(MemberReport report) {
        Map<String, Set<Long>> sessions = new TreeMap<>();
        for (Watched watched : report.details().watched()) {
            sessions.computeIfAbsent(watched.path(), unused -> new TreeSet<>()).add(watched.session());
        }
        return sessions;
    }
}
