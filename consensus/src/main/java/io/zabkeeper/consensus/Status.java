package io.zabkeeper.consensus;

import io.zabkeeper.consensus.quorum.NodeId;
import io.zabkeeper.consensus.quorum.NodeSet;

/**
 * An immutable view of a core for metrics, four-letter words and checkers.
 *
 * @param phase the protocol's own word for where it stands, such as {@code BROADCAST}
 * @param round the leadership number: Zab's current epoch
 * @param leader {@link NodeId#NONE} when unknown
 * @param serving whether clients may be served
 * @param lastLogged position of the last entry appended
 * @param lastDurable position of the last entry known durable
 * @param committed commit point as known here
 * @param delivered position handed to the state machine
 * @param synced learners that are up to date, on a leader; empty elsewhere
 * @param voting whether this member's votes and acks count
 */
public record Status(
        Role role,
        String phase,
        long round,
        NodeId leader,
        boolean serving,
        long lastLogged,
        long lastDurable,
        long committed,
        long delivered,
        NodeSet synced,
        boolean voting) {}
