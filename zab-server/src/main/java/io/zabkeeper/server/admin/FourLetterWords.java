package io.zabkeeper.server.admin;

import io.zabkeeper.server.config.Endpoint;
import io.zabkeeper.server.config.Member;
import io.zabkeeper.server.config.ServerConfig;
import io.zabkeeper.server.metrics.MemberReport;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The answers to the four-letter words, in ZooKeeper's format to the byte: scripts read them.
 *
 * <p>Owns the texts and the whitelist; knows no connection. A word has an effect ({@link Word#resetsStatistics()}) only
 * when it {@link #isAllowed} and the member is serving, which is for the caller to see to.
 */
public final class FourLetterWords {
    private static final String NOT_SERVING = "This ZooKeeper instance is not currently serving requests\n";

    private final ServerConfig config;
    private final Map<String, String> environment;

    /** @param environment the lines of {@code envi} behind the version, in their order */
    public FourLetterWords(ServerConfig config, Map<String, String> environment) {
        this.config = config;
        this.environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    }

    public boolean isAllowed(Word word) {
        return config.admin().allows(word.text());
    }

    /** The whole text to send before the connection is closed. */
    public String answer(Word word, MemberReport report) {
        if (!isAllowed(word)) {
            return word.text() + " is not executed because it is not in the whitelist.\n";
        }
        return switch (word) {
            case RUOK -> "imok";
            case GTMK -> "306";
            case ISRO -> report.isServing() ? "rw" : "null";
            case ENVI -> envi(report);
            case CONF, CONS, CRST, DIRS, MNTR, SRST, SRVR, STAT, WCHS ->
                report.isServing() ? served(word, report) : NOT_SERVING;
            case DUMP, HASH, STMK, WCHC, WCHP -> word.text() + " is not supported yet.\n";
        };
    }

    private String served(Word word, MemberReport report) {
        return switch (word) {
            case CONF -> conf(report);
            case CONS -> cons(report);
            case CRST -> "Connection stats reset.\n";
            case DIRS ->
                "datadir_size: " + report.directories().dataBytes() + "\nlogdir_size: "
                        + report.directories().logBytes() + "\n";
            case MNTR -> MonitorText.of(report);
            case SRST -> "Server stats reset.\n";
            case SRVR -> srvr(report, "");
            case STAT -> srvr(report, clients(report));
            case WCHS -> wchs(report);
            case DUMP, ENVI, GTMK, HASH, ISRO, RUOK, STMK, WCHC, WCHP ->
                throw new IllegalStateException(word + " is answered without regard to serving");
        };
    }

    private static String srvr(MemberReport report, String clients) {
        MemberReport.Traffic traffic = report.traffic();
        StringBuilder text = new StringBuilder("Zookeeper version: ")
                .append(report.version())
                .append('\n')
                .append(clients)
                .append("Latency min/avg/max: ")
                .append(traffic.minLatencyMs())
                .append('/')
                .append(traffic.averageLatencyMs())
                .append('/')
                .append(traffic.maxLatencyMs())
                .append('\n');
        line(text, "Received: ", traffic.received());
        line(text, "Sent: ", traffic.sent());
        line(text, "Connections: ", traffic.connections());
        line(text, "Outstanding: ", traffic.outstanding());
        line(text, "Zxid: ", "0x" + Long.toHexString(report.zxid()));
        line(text, "Mode: ", report.mode().word());
        line(text, "Node count: ", report.tree().nodeCount());
        MemberReport.Leadership leadership = report.leadership();
        if (leadership != null) {
            line(
                    text,
                    "Proposal sizes last/min/max: ",
                    leadership.lastProposalBytes() + "/" + leadership.minProposalBytes() + "/"
                            + leadership.maxProposalBytes());
        }
        return text.toString();
    }

    private static String clients(MemberReport report) {
        StringBuilder text = new StringBuilder("Clients:\n");
        for (MemberReport.Connection connection : report.connections()) {
            brief(text, connection).append(")\n");
        }
        return text.append('\n').toString();
    }

    private static String cons(MemberReport report) {
        StringBuilder text = new StringBuilder();
        for (MemberReport.Connection connection : report.connections()) {
            brief(text, connection);
            if (connection.session() != null) {
                full(text, connection.session());
            }
            text.append(")\n");
        }
        return text.append('\n').toString();
    }

    /** A client's line up to the bracket that closes it. */
    private static StringBuilder brief(StringBuilder text, MemberReport.Connection connection) {
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

    private static void full(StringBuilder text, MemberReport.Conversation session) {
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

    /** Every line has a {@code =} but the one of the membership: a reader exists that insists on it. */
    private String conf(MemberReport report) {
        ServerConfig.Timing timing = config.timing();
        StringBuilder text = new StringBuilder();
        line(text, "clientPort=", config.listeners().client().port());
        line(text, "secureClientPort=", -1);
        line(text, "dataDir=", config.storage().dataDir());
        line(text, "dataDirSize=", report.directories().dataBytes());
        line(text, "dataLogDir=", config.storage().logDir());
        line(text, "dataLogSize=", report.directories().logBytes());
        line(text, "tickTime=", timing.tickMs());
        line(text, "maxClientCnxns=", config.limits().clientConnectionsPerHost());
        line(text, "minSessionTimeout=", timing.minSessionTimeoutMs());
        line(text, "maxSessionTimeout=", timing.maxSessionTimeoutMs());
        line(text, "clientPortListenBacklog=", config.listeners().backlog());
        line(text, "serverId=", config.ensemble().self());
        Endpoint peer = config.listeners().peer();
        if (peer != null) {
            line(text, "initLimit=", timing.initLimit());
            line(text, "syncLimit=", timing.syncLimit());
            line(text, "electionAlg=", 3);
            line(text, "electionPort=", electionPort());
            line(text, "quorumPort=", peer.port());
            line(text, "peerType=", config.ensemble().isObserver() ? 1 : 0);
            text.append("membership: \n").append(config.ensemble().text(report.configVersion()));
        }
        return text.toString();
    }

    private int electionPort() {
        return config.ensemble().members().stream()
                .filter(member -> member.id().equals(config.ensemble().self()))
                .mapToInt(Member::electionPort)
                .findFirst()
                .orElse(-1);
    }

    private String envi(MemberReport report) {
        StringBuilder text = new StringBuilder("Environment:\n");
        line(text, "zookeeper.version=", report.version());
        environment.forEach((key, value) -> line(text, key + "=", value));
        return text.toString();
    }

    private static String wchs(MemberReport report) {
        MemberReport.Watchers watchers = report.watchers();
        if (watchers == null) {
            return NOT_SERVING;
        }
        return watchers.connections() + " connections watching " + watchers.paths() + " paths\nTotal watches:"
                + watchers.watches() + "\n";
    }

    private static void line(StringBuilder text, String start, Object value) {
        text.append(start).append(value).append('\n');
    }
}
