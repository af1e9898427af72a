package io.zabkeeper.server.admin;

import io.zabkeeper.server.metrics.MemberReport;
import io.zabkeeper.server.metrics.MemberReport.Connection;
import io.zabkeeper.server.metrics.MemberReport.Deadline;
import io.zabkeeper.server.metrics.MemberReport.Ephemerals;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** The answer to {@code dump} (client protocol §9.5): sessions and connections by the second in which they end. */
final class DumpText {
    private static final long SECOND_MS = 1_000;
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss zzz yyyy", Locale.US)
            .withZone(ZoneId.systemDefault());

    private DumpText() {}

    static String of(MemberReport report) {
        StringBuilder text = new StringBuilder("SessionTracker dump:\n");
        sessions(text, report);
        text.append("ephemeral nodes dump:\n");
        ephemerals(text, report);
        text.append("Connections dump:\n");
        sets(
                text,
                "Connections Sets",
                report.details().connections(),
                Connection::expiresMillis,
                connection -> "ip: /" + connection.address() + " sessionId: 0x"
                        + Long.toHexString(
                                connection.session() == null
                                        ? 0
                                        : connection.session().session()));
        return text.toString();
    }

    private static void sessions(StringBuilder text, MemberReport report) {
        List<Deadline> sessions = report.details().deadlines();
        switch (report.standing().mode()) {
            case STANDALONE, LEADER, READ_ONLY ->
                sets(
                        text,
                        "Session Sets",
                        sessions,
                        Deadline::expiresMillis,
                        session -> "0x" + Long.toHexString(session.session()));
            case FOLLOWER, OBSERVER -> {
                text.append("Global Sessions(").append(sessions.size()).append("):\n");
                sessions.stream()
                        .sorted(Comparator.comparing(Deadline::session))
                        .forEach(session -> text.append("0x")
                                .append(Long.toHexString(session.session()))
                                .append('\t')
                                .append(session.timeoutMs())
                                .append("ms\n"));
            }
        }
    }

    private static void ephemerals(StringBuilder text, MemberReport report) {
        List<Ephemerals> all = report.details().ephemerals();
        text.append("Sessions with Ephemerals (").append(all.size()).append("):\n");
        for (Ephemerals ephemerals : all) {
            text.append("0x").append(Long.toHexString(ephemerals.session())).append(":\n");
            ephemerals.paths().forEach(path -> text.append('\t').append(path).append('\n'));
        }
    }

    private static <T> void sets(
            StringBuilder text,
            String title,
            List<T> elements,
            ToLongFunction<T> expiresMillis,
            Function<T, String> line) {
        Map<Long, List<T>> sets = new TreeMap<>();
        for (T element : elements) {
            long second = Math.floorDiv(expiresMillis.applyAsLong(element) + SECOND_MS - 1, SECOND_MS);
            sets.computeIfAbsent(second, unused -> new ArrayList<>()).add(element);
        }
        text.append(title)
                .append(" (")
                .append(sets.size())
                .append(")/(")
                .append(elements.size())
                .append("):\n");
        sets.forEach((second, set) -> {
            text.append(set.size())
                    .append(" expire at ")
                    .append(DATE.format(Instant.ofEpochSecond(second)))
                    .append(":\n");
            set.forEach(element -> text.append('\t').append(line.apply(element)).append('\n'));
        });
    }
}
