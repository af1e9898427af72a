package io.zabkeeper.cli.ensemble;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The members of an ensemble as it lists them itself, in the znode {@value #PATH}.
 *
 * @param version of the list, in hexadecimal digits; empty for a standalone server, which has no list
 */
public record MemberList(String version, List<Member> members) {
    public static final String PATH = "/zookeeper/config";

    private static final Pattern SERVER =
            Pattern.compile("server\\.(\\d+)=(.+?)(?::(participant|observer))?(?:;(.*))?");
    private static final Pattern EVERY_ADDRESS = Pattern.compile("0\\.0\\.0\\.0|\\[?[0:]+]?");

    /**
     * One member.
     *
     * @param id its number in the ensemble
     * @param peers where the other members find it, as the list has it
     * @param kind {@code participant} or {@code observer}
     * @param client where clients find it, if the list says so
     */
    public record Member(String id, String peers, String kind, Optional<HostPort> client) {}

    /** Reads what the znode holds; lines that are about no member and no version are for servers only. */
    public static MemberList parse(String text) {
        String version = "";
        List<Member> members = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            Matcher server = SERVER.matcher(line.strip());
            if (server.matches()) {
                members.add(member(server));
            } else if (line.startsWith("version=")) {
                version = line.substring("version=".length()).strip();
            }
        }
        return new MemberList(version, List.copyOf(members));
    }

    private static Member member(Matcher server) {
        String peers = server.group(2);
        String kind = server.group(3) == null ? "participant" : server.group(3);
        return new Member(server.group(1), peers, kind, client(peers, server.group(4)));
    }

    /** A member that listens on all of its addresses is found where its peers find it. */
    private static Optional<HostPort> client(String peers, @Nullable String address) {
        if (address == null || address.isEmpty()) {
            return Optional.empty();
        }
        int colon = address.lastIndexOf(':');
        String host = colon < 0 ? "" : address.substring(0, colon);
        boolean isSaid = !host.isEmpty() && !EVERY_ADDRESS.matcher(host).matches();
        try {
            return Optional.of(HostPort.of((isSaid ? host : host(peers)) + ":" + address.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The first of {@code host:port:port|host:port:port}; IPv6 addresses stand in brackets. */
    private static String host(String peers) {
        int end = peers.startsWith("[") ? peers.indexOf(']') + 1 : peers.indexOf(':');
        return end <= 0 ? peers : peers.substring(0, end);
    }
}
