package io.zabkeeper.cli.ensemble;

import java.util.ArrayList;
import java.util.List;

/** Where a server listens for clients. */
public record HostPort(String host, int port) {
    private static final int DEFAULT_PORT = 2181;

    /**
     * The servers of a connect string: {@code host[:port],...[/chroot]}; IPv6 addresses in brackets.
     *
     * @throws IllegalArgumentException with a message for the user
     */
    public static List<HostPort> list(String connectString) {
        int chroot = connectString.indexOf('/');
        String hosts = chroot < 0 ? connectString : connectString.substring(0, chroot);
        List<HostPort> servers = new ArrayList<>();
        for (String server : hosts.split(",", -1)) {
            servers.add(of(server.strip()));
        }
        return servers;
    }

    /**
     * One server, {@code host[:port]}.
     *
     * @throws IllegalArgumentException with a message for the user
     */
    static HostPort of(String server) {
        int colon = server.lastIndexOf(':');
        boolean hasPort = colon > server.lastIndexOf(']');
        String host = hasPort ? server.substring(0, colon) : server;
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        if (host.isEmpty()) {
            throw new IllegalArgumentException("'" + server + "' names no host; servers are HOST:PORT,HOST:PORT,...");
        }
        return new HostPort(host, hasPort ? port(server, server.substring(colon + 1)) : DEFAULT_PORT);
    }

    private static int port(String server, String digits) {
        if (digits.matches("[0-9]{1,5}") && Integer.parseInt(digits) >= 1 && Integer.parseInt(digits) <= 65535) {
            return Integer.parseInt(digits);
        }
        throw new IllegalArgumentException("'" + server + "' has no port from 1 to 65535 behind its colon");
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
