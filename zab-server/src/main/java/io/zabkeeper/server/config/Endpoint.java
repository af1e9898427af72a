package io.zabkeeper.server.config;

import java.util.Locale;

/**
 * A host and a port, not resolved: names are looked up where connections are made, each time.
 *
 * @param host a name or an address; an IPv6 address without its brackets
 */
public record Endpoint(String host, int port) {
    /** Every address of this machine. */
    public static final String ANY_HOST = "0.0.0.0";

    public static final int HIGHEST_PORT = 65535;

    public Endpoint {
        if (host.isEmpty() || port < 1 || port > HIGHEST_PORT) {
            throw new IllegalArgumentException("not an endpoint: host '" + host + "', port " + port);
        }
    }

    public boolean isAnyHost() {
        return host.equals(ANY_HOST) || host.equals("::") || host.equals("0:0:0:0:0:0:0:0");
    }

    /** The same port, seen by others at {@code seenAs} when this end listens everywhere. */
    Endpoint reachedAt(String seenAs) {
        return new Endpoint((isAnyHost() ? seenAs : host).toLowerCase(Locale.ROOT), port);
    }

    /** An IPv6 address as it is written before a port, or anything else, without brackets. */
    static String unbracketed(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    /** The host as it is written before a port: an IPv6 address in brackets. */
    String writtenHost() {
        return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    }

    @Override
    public String toString() {
        return writtenHost() + ":" + port;
    }
}
