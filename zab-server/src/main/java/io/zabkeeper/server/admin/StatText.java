package io.zabkeeper.server.admin;

import io.zabkeeper.server.metrics.MemberReport;
import io.zabkeeper.server.metrics.MemberReport.Connection;
import io.zabkeeper.server.metrics.MemberReport.Conversation;
import io.zabkeeper.server.metrics.MemberReport.Leadership;
import io.zabkeeper.server.metrics.MemberReport.Traffic;

/** The answers to {@code srvr}, {@code stat} and {@code cons} (client protocol §9.3). */
final class StatText {
    private StatText() {}

    static String srvr(MemberReport report) {
        StringBuilder text = head(report);
        figures(text, report);
        return text.toString();
    }

    static String stat(MemberReport report) {
        StringBuilder text = head(report).append("Clients:\n");
        for (Connection connection : report.details().connections()) {
            brief(text, connection).append(")\n");
        }
        text.append('\n');
        figures(text, report);
        return text.toString();
    }

    static String cons(MemberReport report) {
        StringBuilder text = new StringBuilder();
        for (Connection connection : report.details().connections()) {
            brief(text, connection);
            if (connection.session() != null) {
                full(text, connection.session());
            }
            text.append(")\n");
        }
        return text.append('\n').toString();
    }

    private static StringBuilder head(MemberReport report) {
        StringBuilder text = new StringBuilder("Zookeeper version: ")
                .append(report.version())
                .append('\n');
        return report.standing().isReadOnly() ? text.append("READ-ONLY mode; serving only read-only clients\n") : text;
    }

    private static void figures(StringBuilder text, MemberReport report) {
        Traffic traffic = report.traffic();
        line(
                text,
                "Latency min/avg/max: ",
                traffic.minLatencyMs() + "/" + traffic.averageLatencyMs() + "/" + traffic.maxLatencyMs());
        line(text, "Received: ", traffic.received());
        line(text, "Sent: ", traffic.sent());
        line(text, "Connections: ", traffic.connections());
        line(text, "Outstanding: ", traffic.outstanding());
        line(text, "Zxid: ", "0x" + Long.toHexString(report.standing().zxid()));
        line(text, "Mode: ", report.standing().mode().word());
        line(text, "Node count: ", report.tree().nodeCount());
        Leadership leadership = report.leadership();
        if (leadership != null) {
            line(
                    text,
                    "Proposal sizes last/min/max: ",
                    leadership.lastProposalBytes() + "/" + leadership.minProposalBytes() + "/"
                            + leadership.maxProposalBytes());
        }
    }

    /** A client's line up to the bracket that closes it. */
    private static StringBuilder brief(StringBuilder text, Connection connection) {
        return text.append(" /")
                .append(connection.address())
                .append('[')
                .append(Integer.toHexString(connection.interest()))
                .append("](queued=")
                .append(connection.queued())
                .append(",recved=")
                .append(connection.received())
                .append(",sent=")
                .append(connection.sent());
    }

    private static void full(StringBuilder text, Conversation session) {
        text.append(",sid=0x")
                .append(Long.toHexString(session.session()))
                .append(",lop=")
                .append(session.lastOperation())
                .append(",est=")
                .append(session.establishedMillis())
                .append(",to=")
                .append(session.timeoutMs());
        if (session.lastXid() >= 0) {
            text.append(",lcxid=0x").append(Integer.toHexString(session.lastXid()));
        }
        text.append(",lzxid=0x")
                .append(Long.toHexString(session.lastZxid()))
                .append(",lresp=")
                .append(session.lastResponseMillis())
                .append(",llat=")
                .append(session.lastLatencyMs())
                .append(",minlat=")
                .append(session.minLatencyMs())
                .append(",avglat=")
                .append(session.averageLatencyMs())
                .append(",maxlat=")
                .append(session.maxLatencyMs());
    }

    private static void line(StringBuilder text, String start, Object value) {
        text.append(start).append(value).append('\n');
    }
}
