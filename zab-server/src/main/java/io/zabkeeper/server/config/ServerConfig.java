package io.zabkeeper.server.config;

import io.zabkeeper.consensus.Configuration;
import io.zabkeeper.consensus.quorum.NodeId;
import io.zabkeeper.consensus.quorum.NodeSet;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything an operator can set for one member.
 *
 * @param warnings one sentence for each accepted key that does not do here what it does in ZooKeeper
 */
public record ServerConfig(
        Listeners listeners,
        Ensemble ensemble,
        Timing timing,
        Storage storage,
        Limits limits,
        Security security,
        Admin admin,
        List<String> warnings) {

    public ServerConfig {
        warnings = List.copyOf(warnings);
    }

    /**
     * Where this member accepts connections.
     *
     * @param peer null for a standalone member
     * @param backlog connections that may wait to be accepted; -1 leaves it to the system
     * @param ioThreads event loops for connections; 0 puts them on the replica loop
     */
    public record Listeners(Endpoint client, @Nullable Endpoint peer, int backlog, int ioThreads) {}

    /**
     * Who the members are.
     *
     * @param members in ascending order of id; empty when the file has no {@code server.N}
     * @param broadcast the replication protocol, fixed when an ensemble is created
     */
    public record Ensemble(NodeId self, List<Member> members, String broadcast) {
        public Ensemble {
            members = List.copyOf(members);
        }

        /** Whether this member is alone: the file has no or one {@code server.N}. */
        public boolean isStandalone() {
            return members.size() <= 1;
        }

        public boolean isObserver() {
            return members.stream().anyMatch(member -> member.id().equals(self) && member.isObserver());
        }

        /** What the core starts from. */
        public Configuration configuration() {
            if (isStandalone()) {
                return new Configuration(0, NodeSet.of(self), NodeSet.EMPTY);
            }
            return new Configuration(0, ids(false), ids(true));
        }

        private NodeSet ids(boolean observers) {
            return NodeSet.copyOf(members.stream()
                    .filter(member -> member.isObserver() == observers)
                    .map(Member::id)
                    .toList());
        }

        /** The data of {@code /zookeeper/config} at this version; empty for a standalone member. */
        public String text(long version) {
            if (isStandalone()) {
                return "";
            }
            StringBuilder text = new StringBuilder();
            for (Member member : members) {
                text.append(member.line()).append('\n');
            }
            return text.append("version=").append(Long.toHexString(version)).toString();
        }
    }

    /**
     * Bounds on waiting.
     *
     * @param tickMs ZooKeeper's unit: session timeouts and the two limits are counted in it
     * @param initLimit ticks a member may take to follow a new leader
     * @param syncLimit ticks a member may lag
     * @param heartbeatMs how often a leader speaks
     * @param leaderSilenceMs how long followers wait before they look for another leader
     * @param finalizeWaitMs how long a finished election waits for a better vote
     */
    public record Timing(
            int tickMs,
            int initLimit,
            int syncLimit,
            int minSessionTimeoutMs,
            int maxSessionTimeoutMs,
            int heartbeatMs,
            int leaderSilenceMs,
            int finalizeWaitMs) {}

    /**
     * Where and how this member keeps its state.
     *
     * @param dataDir checkpoint and {@code myid}
     * @param logDir the log; {@code dataDir} unless set
     * @param segmentBytes size of one file of the log
     * @param checkpointMs longest time between checkpoints while there are writes
     * @param checkpointLogBytes log written since the last checkpoint that calls for the next one
     */
    public record Storage(Path dataDir, Path logDir, long segmentBytes, int checkpointMs, long checkpointLogBytes) {}

    /**
     * What clients may ask for.
     *
     * @param clientConnectionsPerHost 0 for no bound
     * @param clientConnections 0 for no bound
     * @param outstandingRequests of all clients together, before this member stops reading from them
     * @param frameBytes the largest request
     * @param extendedTypes whether nodes with a time to live may be created
     */
    public record Limits(
            int clientConnectionsPerHost,
            int clientConnections,
            int outstandingRequests,
            int frameBytes,
            boolean extendedTypes) {}

    /**
     * Who may do everything.
     *
     * @param superDigest {@code user:base64(sha1(user:password))}; null for nobody
     */
    public record Security(@Nullable String superDigest) {}

    /**
     * Which four-letter words are answered.
     *
     * @param words in lower case; {@code *} alone answers all
     */
    public record Admin(List<String> words) {
        public Admin {
            words = List.copyOf(words);
        }

        public boolean allows(String word) {
            return words.contains("*") || words.contains(word);
        }
    }
}
