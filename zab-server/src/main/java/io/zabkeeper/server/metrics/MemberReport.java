package io.zabkeeper.server.metrics;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a member says about itself at one moment: assembled on the replica loop, read by anyone.
 *
 * @param version {@code x.y.z-revision, built on yyyy-MM-dd HH:mm UTC}; tools cut out the digits in front
 * @param standing most other figures mean nothing while it does not serve
 * @param leadership null on a member that does not lead
 * @param details what was asked for beyond the figures that cost nothing
 */
public record MemberReport(
        String version,
        Standing standing,
        Traffic traffic,
        Tree tree,
        @Nullable Leadership leadership,
        Directories directories,
        Details details) {

    /** What a member does for its clients. */
    public enum Mode {
        STANDALONE("standalone"),
        LEADER("leader"),
        FOLLOWER("follower"),
        OBSERVER("observer"),
        READ_ONLY("read-only");

        private final String word;

        Mode(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /**
     * Where a member stands.
     *
     * @param isServing whether clients are served
     * @param peerState role and phase in small letters, such as {@code following - broadcast}; empty when standalone
     * @param phase of the protocol in small letters, such as {@code broadcast}
     * @param zxid of the last applied entry
     * @param leader its number; 0 when there is none
     * @param isVoting whether its vote counts
     * @param quorumSize voters; 0 when standalone
     * @param configVersion of the membership in force
     */
    public record Standing(
            boolean isServing,
            Mode mode,
            String peerState,
            String phase,
            long zxid,
            int leader,
            boolean isVoting,
            long uptimeMs,
            int quorumSize,
            long configVersion) {
        public boolean isReadOnly() {
            return mode == Mode.READ_ONLY;
        }
    }

    /**
     * Requests and answers since the start or the last reset.
     *
     * @param received frames from clients
     * @param sent frames to clients
     * @param outstanding requests that are not answered yet
     * @param connections open connections of clients
     * @param lastResponseBytes -1 before the first answer, as the two that follow
     */
    public record Traffic(
            long minLatencyMs,
            double averageLatencyMs,
            long maxLatencyMs,
            long received,
            long sent,
            long outstanding,
            int connections,
            long authFailures,
            long lastResponseBytes,
            long minResponseBytes,
            long maxResponseBytes) {}

    /**
     * The tree and what hangs on it.
     *
     * @param nodeCount as ZooKeeper counts: the root twice
     * @param watchCount as ZooKeeper counts: a persistent watch twice
     * @param dataBytes paths and data, approximately
     */
    public record Tree(
            long nodeCount,
            long ephemeralCount,
            long watchCount,
            long dataBytes,
            int sessionCount,
            int localSessionCount,
            Watchers watchers) {}

    /** How many watch how much: the summary of {@code wchs}. */
    public record Watchers(int connections, int paths, long watches) {}

    /**
     * Only a leader knows this.
     *
     * @param learners followers and observers that follow it
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
     * Space on the disks, as last measured, and the newest checkpoint.
     *
     * @param checkpointSeconds wall clock time at which it was written; 0 for none since the start
     * @param slowSyncs syncs of the log that took a second or longer
     */
    public record Directories(
            long dataBytes, long logBytes, long checkpointZxid, long checkpointSeconds, long slowSyncs) {}

    /**
     * Lists, each empty unless it was asked for.
     *
     * @param samples the numbers of the registry
     * @param isCut whether a list ends early because it would be too long
     */
    public record Details(
            List<Sample> samples,
            List<Connection> connections,
            List<Deadline> deadlines,
            List<Ephemerals> ephemerals,
            List<Watched> watched,
            List<Digest> digests,
            boolean isCut) {
        public static final Details NONE =
                new Details(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), false);

        public Details {
            samples = List.copyOf(samples);
            connections = List.copyOf(connections);
            deadlines = List.copyOf(deadlines);
            ephemerals = List.copyOf(ephemerals);
            watched = List.copyOf(watched);
            digests = List.copyOf(digests);
        }
    }

    /**
     * One connection of a client.
     *
     * @param address {@code ip:port}
     * @param interest what the server waits for, in ZooKeeper's bits: 1 to read, 4 to write
     * @param expiresMillis wall clock time at which it is closed unless it says something
     * @param session null before there is one
     */
    public record Connection(
            String address,
            int interest,
            long queued,
            long received,
            long sent,
            long expiresMillis,
            @Nullable Conversation session) {}

    /**
     * What was said on one connection.
     *
     * @param lastOperation ZooKeeper's four letters, such as {@code PING}; null when nothing was answered yet
     * @param establishedMillis wall clock time
     * @param lastXid negative when none is known
     * @param lastResponseMillis ZooKeeper's clock of elapsed time
     */
    public record Conversation(
            long session,
            @Nullable String lastOperation,
            long establishedMillis,
            int timeoutMs,
            int lastXid,
            long lastZxid,
            long lastResponseMillis,
            long lastLatencyMs,
            long minLatencyMs,
            long averageLatencyMs,
            long maxLatencyMs) {}

    /**
     * A session and when it expires.
     *
     * @param expiresMillis wall clock time; 0 where it is not known, on a learner
     */
    public record Deadline(long session, int timeoutMs, long expiresMillis) {}

    /** The ephemerals of a session. */
    public record Ephemerals(long session, List<String> paths) {
        public Ephemerals {
            paths = List.copyOf(paths);
        }
    }

    /** One watch of data; a path with several watchers comes several times. */
    public record Watched(String path, long session) {}

    /** A digest of the state right after the entry at this position. */
    public record Digest(long zxid, long digest) {}
}
