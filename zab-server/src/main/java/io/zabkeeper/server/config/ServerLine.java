package io.zabkeeper.server.config;

import io.zabkeeper.consensus.quorum.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * The value of {@code server.N}: {@code host:peerPort:electionPort[:role][;[clientHost:]clientPort][;[host:]securePort]}.
 *
 * <p>The part for clients may be empty before a second semicolon. An IPv6 address stands in brackets.
 */
final class ServerLine {
    static final String PREFIX = "server.";
    private static final String GRAMMAR =
            "host:peerPort:electionPort[:participant|:observer][;[host:]clientPort][;[host:]securePort]";

    private final Setting setting;

    private ServerLine(Setting setting) {
        this.setting = setting;
    }

    static Member parse(Setting setting, int highestId) throws ConfigException {
        return new ServerLine(setting).member(highestId);
    }

    private Member member(int highestId) throws ConfigException {
        NodeId id = id(highestId);
        String[] parts = setting.value().split(";", -1);
        if (parts.length > 3) {
            throw malformed("it has " + (parts.length - 1) + " semicolons");
        }
        if (parts[0].indexOf('|') >= 0) {
            throw setting.refused("several addresses for one server are not supported; write one");
        }
        String[] fields = addressFields(parts[0]);
        if (fields.length < 3 || fields.length > 4) {
            throw malformed("it has " + fields.length + " fields before the clients' part");
        }
        Endpoint peer = new Endpoint(host(fields[0]), port(fields[1]));
        int electionPort = port(fields[2]);
        if (electionPort == peer.port()) {
            throw setting.refused("peer port and election port are both " + electionPort + "; they must differ");
        }
        boolean observer = fields.length == 4 && isObserver(fields[3]);
        Endpoint client = parts.length > 1 ? listener(parts[1], parts.length == 3) : null;
        Endpoint secureClient = parts.length > 2 ? listener(parts[2], false) : null;
        return new Member(id, peer, electionPort, observer, client, secureClient);
    }

    private NodeId id(int highestId) throws ConfigException {
        String digits = setting.key().substring(PREFIX.length());
        try {
            int id = Integer.parseInt(digits);
            if (id >= 1 && id <= highestId) {
                return new NodeId(id);
            }
        } catch (NumberFormatException e) {
            // Not a number at all: the same sentence serves.
        }
        throw setting.refused("expected server.N with N from 1 to " + highestId + ", not '" + digits + "'");
    }

    /** Splits at colons, but not inside brackets. */
    private String[] addressFields(String text) throws ConfigException {
        String trimmed = text.strip();
        if (!trimmed.startsWith("[")) {
            return trimmed.split(":", -1);
        }
        int close = trimmed.indexOf(']');
        if (close < 0) {
            throw malformed("a bracket is not closed");
        }
        String rest = trimmed.substring(close + 1);
        if (!rest.startsWith(":")) {
            throw malformed("a port is missing behind the bracket");
        }
        String[] ports = rest.substring(1).split(":", -1);
        String[] fields = new String[ports.length + 1];
        fields[0] = trimmed.substring(1, close);
        System.arraycopy(ports, 0, fields, 1, ports.length);
        return fields;
    }

    private @Nullable Endpoint listener(String text, boolean mayBeEmpty) throws ConfigException {
        if (text.isBlank()) {
            if (mayBeEmpty) {
                return null;
            }
            throw malformed("a port is missing behind the semicolon");
        }
        String[] fields = addressFields(text);
        return switch (fields.length) {
            case 1 -> new Endpoint(Endpoint.ANY_HOST, port(fields[0]));
            case 2 -> new Endpoint(host(fields[0]), port(fields[1]));
            default -> throw malformed("'" + text.strip() + "' is not [host:]port");
        };
    }

    private String host(String text) throws ConfigException {
        String host = text.strip();
        if (host.isEmpty()) {
            throw malformed("a host is empty");
        }
        return host;
    }

    private int port(String text) throws ConfigException {
        try {
            int port = Integer.parseInt(text.strip());
            if (port >= 1 && port <= Endpoint.HIGHEST_PORT) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Not a number at all: the same sentence serves.
        }
        throw malformed("'" + text.strip() + "' is not a port");
    }

    private boolean isObserver(String text) throws ConfigException {
        String role = text.strip();
        if (role.equalsIgnoreCase("observer")) {
            return true;
        }
        if (role.equalsIgnoreCase("participant")) {
            return false;
        }
        throw malformed("'" + role + "' is not a role");
    }

    private ConfigException malformed(String why) {
        return setting.refused(why + "; expected " + GRAMMAR);
    }
}
