package io.zabkeeper.server.config;

import io.zabkeeper.consensus.quorum.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * One {@code server.N} line.
 *
 * @param peer where the other members reach it
 * @param electionPort accepted for the sake of existing files; nothing listens there
 * @param client null when the line does not tell it
 * @param secureClient null when the line does not tell it
 */
public record Member(
        NodeId id,
        Endpoint peer,
        int electionPort,
        boolean isObserver,
        @Nullable Endpoint client,
        @Nullable Endpoint secureClient) {

    /** As a line of {@code /zookeeper/config}, without its end. */
    public String line() {
        StringBuilder line = new StringBuilder("server.")
                .append(id)
                .append('=')
                .append(peer)
                .append(':')
                .append(electionPort)
                .append(isObserver ? ":observer" : ":participant");
        if (client != null || secureClient != null) {
            line.append(';').append(client == null ? "" : client.toString());
        }
        if (secureClient != null) {
            line.append(';').append(secureClient);
        }
        return line.toString();
    }
}
