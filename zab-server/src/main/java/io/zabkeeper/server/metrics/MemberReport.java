package io.zabkeeper.server.metrics;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a member says about itself at one moment: assembled on the replica loop, read by anyone.
 *
 * @param version {@code x.y.z-revision, built on yyyy-MM-dd HH:mm UTC}; tools cut out the digits in front
 * @param isServing whether clients are served; most figures mean nothing otherwise
 * @param peerState role and phase in small letters, such as {@code following - broadcast}; empty when standalone
 * @param zxid of the last applied entry
 * @param quorumSize voters; 0 when standalone
 * @param configVersion of the membership in force
 * @param leadership null on a member that does not lead
 * @param connections may be left empty when the word does not list them
 * @param watchers null when the word does not ask for them
 * @param values more lines of {@code mntr}, by name without prefix
 */
public record MemberReport(
        String version,
        boolean isServing,
        Mode mode,
        String peerState,
        long zxid,
        long uptimeMs,
        int quorumSize,
        long configVersion,
        Traffic traffic,
        Tree tree,
        @Nullable Leadership leadership,
        List<Connection> connections,
        @Nullable Watchers watchers,
        Directories directories,
        SortedMap<String, Number> values) {

    public MemberReport {
        connections = List.copyOf(connections);
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    /** What a member does for its clients. */
    public enum Mode {
        STANDALONE("standalone"),
        LEADER("leader"),
        FOLLOWER("follower"),
        OBSERVER("observer");

        private final String word;

        Mode(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /**
     * Requests and answers since the start or the last reset.
     *
     * @param received frames from clients
     * @param sent frames to clients
     * @param outstanding requests that are not answered yet
     * @param connections open connections of clients
     */
    public record Traffic(
            long minLatencyMs,
            double averageLatencyMs,
            long maxLatencyMs,
            long received,
            long sent,
            long outstanding,
            int connections) {}

    /**
     * The tree and what hangs on it.
     *
     * @param nodeCount as ZooKeeper counts: the root twice
     * @param dataBytes paths and data, approximately
     */
    public record Tree(long nodeCount, long ephemeralCount, long watchCount, long dataBytes, int sessionCount) {}

    /**
     * Only a leader knows this.
     *
     * @param learners followers and observers that are connected
     * @param lastProposalBytes -1 before the first proposal, as the two that follow
     */
    public record Leadership(
            int learners,
            int syncedFollowers,
            int syncedObservers,
            int pendingSyncs,
            long uptimeMs,
            long lastProposalBytes,
            long minProposalBytes,
            long maxProposalBytes) {}

    /**
     * One connection of a client.
     *
     * @param address {@code ip:port}
     * @param interest what the server waits for, in ZooKeeper's bits: 1 to read, 4 to write
     * @param session null before there is one
     */
    public record Connection(
            String address,
            int interest,
            long queued,
            long received,
            long sent,
            @Nullable Conversation session) {}

    /**
     * What was said on one connection.
     *
     * @param lastOperation ZooKeeper's four letters, such as {@code PING}
     * @param establishedMillis wall clock time
     * @param lastXid negative when none is known
     * @param lastResponseMillis ZooKeeper's clock of elapsed time
     */
    public record Conversation(
            long session,
            String lastOperation,
            long establishedMillis,
            int timeoutMs,
            int lastXid,
            long lastZxid,
            long lastResponseMillis,
            long lastLatencyMs,
            long minLatencyMs,
            double averageLatencyMs,
            long maxLatencyMs) {}

    /** How many watch how much: the summary of {@code wchs}. */
    public record Watchers(int connections, int paths, long watches) {}

    /** Space on the disks, as last measured. */
    public record Directories(long dataBytes, long logBytes) {}
}
