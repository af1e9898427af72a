package io.zabkeeper.cli.ensemble;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How many members a local ensemble has and where they listen: all on loopback, three ports each.
 *
 * @param basePort the first member's client port; the others follow it
 */
public record Definition(int size, int basePort) {
    private static final String HOST = "127.0.0.1";
    private static final String FILE = "ensemble";

    /** Peer and election ports lie this far above the client ports. */
    private static final int PEER_OFFSET = 100;

    private static final int ELECTION_OFFSET = 200;

    public Definition {
        if (size < 1 || size > 9) {
            throw new IllegalArgumentException("an ensemble on one machine has 1 to 9 members, not " + size);
        }
        if (basePort < 1 || basePort + ELECTION_OFFSET + size > 65536) {
            throw new IllegalArgumentException("base port " + basePort + " leaves no room: the members use ports up to "
                    + ELECTION_OFFSET + " above it, and 65535 is the last");
        }
    }

    /** The definition kept in the directory, if an ensemble was ever started there. */
    static Optional<Definition> read(Path dir) throws IOException {
        List<String> words;
        try {
            words = List.of(Files.readString(dir.resolve(FILE)).strip().split("[ =\n]+", -1));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        if (words.size() != 4
                || !words.get(1).matches("[0-9]+")
                || !words.get(3).matches("[0-9]+")) {
            throw new IOException(dir.resolve(FILE) + " is not a definition of an ensemble");
        }
        return Optional.of(new Definition(Integer.parseInt(words.get(1)), Integer.parseInt(words.get(3))));
    }

    void write(Path dir) throws IOException {
        Files.writeString(dir.resolve(FILE), "size=" + size + "\nbase-port=" + basePort + "\n");
    }

    static void remove(Path dir) throws IOException {
        Files.deleteIfExists(dir.resolve(FILE));
    }

    /** Where clients find a member. */
    public HostPort client(int member) {
        return new HostPort(HOST, basePort + member - 1);
    }

    /** One string that names all members. */
    public String connectString() {
        return members().stream().map(member -> client(member).toString()).collect(Collectors.joining(","));
    }

    /** The members' numbers, from 1. */
    List<Integer> members() {
        List<Integer> members = new ArrayList<>();
        for (int member = 1; member <= size; member++) {
            members.add(member);
        }
        return members;
    }

    /** The ports that a member will listen on. */
    List<Integer> ports(int member) {
        return size == 1
                ? List.of(client(member).port())
                : List.of(client(member).port(), peerPort(member), electionPort(member));
    }

    /** The member's configuration file. */
    String configuration(int member, Path dataDir) {
        StringBuilder text = new StringBuilder("# Written by 'zab ensemble up', anew at each start.\n")
                .append("tickTime=2000\n")
                .append("initLimit=10\n")
                .append("syncLimit=5\n")
                // The properties syntax of the file eats a backslash.
                .append("dataDir=")
                .append(dataDir.toString().replace("\\", "\\\\"))
                .append('\n')
                .append("admin.enableServer=false\n")
                .append("4lw.commands.whitelist=*\n");
        if (size == 1) {
            text.append("clientPort=" + client(member).port() + "\nclientPortAddress=" + HOST + "\n");
        } else {
            // With the addresses for clients, which 'zab members' shows.
            members().forEach(other -> text.append("server." + other + "=" + serverLine(other) + "\n"));
        }
        return text.toString();
    }

    private String serverLine(int member) {
        return HOST + ":" + peerPort(member) + ":" + electionPort(member) + ";" + client(member);
    }

    private int peerPort(int member) {
        return basePort + PEER_OFFSET + member - 1;
    }

    private int electionPort(int member) {
        return basePort + ELECTION_OFFSET + member - 1;
    }
}
