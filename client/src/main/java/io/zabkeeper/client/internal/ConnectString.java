package io.zabkeeper.client.internal;

import io.zabkeeper.wire.ZnodePath;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code host:port,host:port/chroot} taken apart.
 *
 * @param chroot the path below which the client lives, empty for the root
 */
public record ConnectString(List<HostAddress> hosts, String chroot) {
    private static final int DEFAULT_PORT = 2181;
    private static final int HIGHEST_PORT = 65535;

    public ConnectString {
        hosts = List.copyOf(hosts);
    }

    /**
     * Takes it apart.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    public static ConnectString parse(String text) {
        int slash = text.indexOf('/');
        String chroot = slash < 0 ? "" : text.substring(slash);
        if (chroot.equals(ZnodePath.ROOT)) {
            chroot = "";
        }
        String problem = chroot.isEmpty() ? null : ZnodePath.problem(chroot);
        if (problem != null) {
            throw new IllegalArgumentException("connect string \"" + text + "\": " + problem);
        }
        List<HostAddress> hosts = new ArrayList<>();
        for (String part : (slash < 0 ? text : text.substring(0, slash)).split(",", -1)) {
            hosts.add(parseHost(text, part.strip()));
        }
        return new ConnectString(hosts, chroot);
    }

    private static HostAddress parseHost(String text, String part) {
        int colon = part.lastIndexOf(':');
        boolean isBracketed = part.startsWith("[") && part.indexOf(']') > 0;
        boolean hasPort = colon > part.lastIndexOf(']') && (isBracketed || part.indexOf(':') == colon);
        String host = hasPort ? part.substring(0, colon) : part;
        if (isBracketed && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        if (host.isEmpty()) {
            throw new IllegalArgumentException("connect string \"" + text + "\": a host is missing");
        }
        return new HostAddress(host, hasPort ? parsePort(text, part.substring(colon + 1)) : DEFAULT_PORT);
    }

    private static int parsePort(String text, String digits) {
        try {
            int port = Integer.parseInt(digits);
            if (port > 0 && port <= HIGHEST_PORT) {
                return port;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("connect string \"" + text + "\": no port \"" + digits + "\"", e);
        }
        throw new IllegalArgumentException("connect string \"" + text + "\": no port \"" + digits + "\"");
    }
}
