package io.zabkeeper.server.admin;

import io.zabkeeper.server.config.Endpoint;
import io.zabkeeper.server.config.Member;
import io.zabkeeper.server.config.ServerConfig;
import io.zabkeeper.server.metrics.MemberReport;

/** The answer to {@code conf}. Every line has a {@code =} but the one of the membership: a reader insists on it. */
final class ConfText {
    private final ServerConfig config;

    ConfText(ServerConfig config) {
        this.config = config;
    }

    String of(MemberReport report) {
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
        line(
                text,
                "serverId=",
                config.ensemble().isStandalone() ? 0 : config.ensemble().self().value());
        Endpoint peer = config.listeners().peer();
        if (peer != null) {
            line(text, "initLimit=", timing.initLimit());
            line(text, "syncLimit=", timing.syncLimit());
            line(text, "electionAlg=", 3);
            line(text, "electionPort=", electionPort());
            line(text, "quorumPort=", peer.port());
            line(text, "peerType=", config.ensemble().isObserver() ? 1 : 0);
            text.append("membership: \n")
                    .append(config.ensemble().text(report.standing().configVersion()));
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

    private static void line(StringBuilder text, String start, Object value) {
        text.append(start).append(value).append('\n');
    }
}
