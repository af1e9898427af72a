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
        Agreed agreed,
        Limits limits,
        Throttling throttling,
        Handshakes handshakes,
        Sessions sessions,
        Containers containers,
        Security security,
        Admin admin,
        Metrics metrics,
        List<String> warnings) {

    public ServerConfig {
        warnings = List.copyOf(warnings);
    }

    /**
     * Requests that clients of this member may have under way: the ensemble's share of it, as in ZooKeeper, where one
     * member's clients may not use up what all of them may.
     */
    public int outstandingRequestsPerMember() {
        int voters = ensemble.configuration().voters().size();
        return Math.max(1, limits.outstandingRequests() / Math.max(1, voters - 1));
    }

    ServerConfig withWarnings(List<String> told) {
        return new ServerConfig(
                listeners,
                ensemble,
                timing,
                storage,
                agreed,
                limits,
                throttling,
                handshakes,
                sessions,
                containers,
                security,
                admin,
                metrics,
                told);
    }

    /**
     * Where this member accepts connections.
     *
     * @param peer null for a standalone member
     * @param backlog connections that may wait to be accepted; -1 leaves it to the system
     * @param ioThreads event loops for connections; 0 puts them on the replica loop
     * @param clientKeepAlive whether the system probes idle connections of clients
     * @param peerKeepAlive and those of the other members
     */
    public record Listeners(
            Endpoint client,
            @Nullable Endpoint peer,
            int backlog,
            int ioThreads,
            boolean clientKeepAlive,
            boolean peerKeepAlive) {}

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
     * What decides the outcome of a request: every member must be told the same, or their states part. Nothing else in
     * this configuration does.
     *
     * @param extendedTypes whether nodes with a time to live may be created
     * @param enforceQuota whether a write beyond a hard quota is refused
     * @param digestScheme whether an access control list may name ids of the scheme {@code digest}
     * @param pathLevels the deepest path that may be created
     * @param aclEntries the longest access control list
     * @param multiOperations the longest multi
     */
    public record Agreed(
            boolean extendedTypes,
            boolean enforceQuota,
            boolean digestScheme,
            int pathLevels,
            int aclEntries,
            int multiOperations) {
        public static final Agreed DEFAULT = new Agreed(true, false, true, 1024, 256, 10_000);

        /** As a member tells it to another one: the keys with their values. */
        public String text() {
            return "extendedTypesEnabled=" + extendedTypes + " enforceQuota=" + enforceQuota
                    + " DigestAuthenticationProvider.enabled=" + digestScheme + " zab.maxPathLevels=" + pathLevels
                    + " zab.maxAclEntries=" + aclEntries + " zab.maxMultiOperations=" + multiOperations;
        }
    }

    /**
     * How much one member takes from its clients and holds for them.
     *
     * @param clientConnectionsPerHost 0 for no bound
     * @param clientConnections 0 for no bound
     * @param outstandingRequests of all clients of the ensemble together, before members stop reading from them
     * @param frameBytes the largest request
     * @param replyBytes the largest reply; one that would be larger becomes an error
     * @param unreadBytes replies that may wait for one client before it is cut off
     * @param largeRequestBytes larger requests count as large; -1 or 0 for none
     * @param largeRequestsBytes large requests under way, all together; a connection that brings one too many is closed
     */
    public record Limits(
            int clientConnectionsPerHost,
            int clientConnections,
            int outstandingRequests,
            int frameBytes,
            int replyBytes,
            int unreadBytes,
            int largeRequestBytes,
            int largeRequestsBytes) {
        public static final Limits DEFAULT = new Limits(60, 0, 1000, 0xfffff, 64 << 20, 64 << 20, -1, 100 << 20);
    }

    /**
     * Requests that wait before they are looked at, because too many are under way.
     *
     * @param mostRequests under way at one time; 0 throttles nothing
     * @param stallMs after which a waiting request is looked at again
     * @param dropStale whether requests of connections that are gone or of those that are too old are dropped
     * @param staleByLatency whether a request is stale that waited longer than its session's timeout
     * @param staleByConnection whether a request is stale whose connection is closed
     * @param opWaitMs a request that waited longer is answered with THROTTLED_OP; 0 for never
     */
    public record Throttling(
            int mostRequests,
            int stallMs,
            boolean dropStale,
            boolean staleByLatency,
            boolean staleByConnection,
            int opWaitMs) {
        public static final Throttling DEFAULT = new Throttling(0, 100, true, false, true, 0);
    }

    /**
     * How often sessions may be opened: a bucket of tokens from which each handshake takes some (BLUE, client-protocol
     * §11).
     *
     * @param tokens size of the bucket; 0 throttles nothing
     * @param fillMs a handshake that comes so long after the last filling fills the bucket
     * @param fillCount tokens for each {@code fillMs}
     * @param freezeMs time between changes of the probability with which handshakes are dropped; -1 never drops any
     * @param dropIncrease of that probability, when the bucket is empty
     * @param dropDecrease of that probability, when it is filled above {@code decreaseRatio}
     * @param decreaseRatio share of the bucket
     * @param weighted whether the three weights count; otherwise each handshake takes one token
     * @param openWeight tokens that a new session takes
     * @param renewWeight tokens that a session takes that comes back
     * @param localWeight tokens that a new local session takes
     */
    public record Handshakes(
            int tokens,
            int fillMs,
            int fillCount,
            int freezeMs,
            double dropIncrease,
            double dropDecrease,
            double decreaseRatio,
            boolean weighted,
            int openWeight,
            int renewWeight,
            int localWeight) {
        public static final Handshakes DEFAULT = new Handshakes(0, 1, 1, -1, 0.02, 0.002, 0, false, 3, 2, 1);
    }

    /**
     * What a connection can become.
     *
     * @param handshakeMs a connection that has not asked for a session by then is closed
     * @param readOnly whether a member without a quorum serves those clients that accept it
     * @param local whether sessions begin as ones that only their member knows
     * @param localUpgrade whether such a session becomes a global one when it needs to
     */
    public record Sessions(int handshakeMs, boolean readOnly, boolean local, boolean localUpgrade) {}

    /**
     * How a leader removes empty containers and nodes whose time is over.
     *
     * @param checkIntervalMs between two passes
     * @param mostPerMinute deletions
     * @param neverUsedMs a container that never had a child goes after so long, too; 0 for never
     */
    public record Containers(int checkIntervalMs, int mostPerMinute, long neverUsedMs) {}

    /**
     * Who may do what, and what is written down about it.
     *
     * @param superDigest {@code user:base64(hash(user:password))} of the superuser; null for nobody
     * @param digestAlgorithm hash of the scheme {@code digest}, as the Java platform names it
     * @param enforcedSchemes a client must have proven an id of one of them before it may do anything; empty for none
     * @param audit whether changes and refusals are written to the audit log
     */
    public record Security(
            @Nullable String superDigest, String digestAlgorithm, List<String> enforcedSchemes, boolean audit) {
        public Security {
            enforcedSchemes = List.copyOf(enforcedSchemes);
        }
    }

    /**
     * How operators ask.
     *
     * @param words four-letter words that are answered, in lower case; {@code *} alone answers all
     */
    public record Admin(List<String> words, Http http) {
        public Admin {
            words = List.copyOf(words);
        }

        public boolean allows(String word) {
            return words.contains("*") || words.contains(word);
        }
    }

    /**
     * The HTTP server for operators.
     *
     * @param enabled true when {@code admin.enableServer} or a port or an address is written
     * @param host loopback unless written
     * @param port 0 takes any that is free
     * @param commandUrl the path under which the commands are, from the first slash, without one at its end
     * @param idleMs after which an idle connection is closed
     */
    public record Http(boolean enabled, String host, int port, String commandUrl, int idleMs) {}

    /**
     * Metrics in Prometheus' text form, on a port of their own.
     *
     * @param exported true when {@code metricsProvider.className} is ZooKeeper's provider for Prometheus
     * @param host where to listen
     * @param port 0 takes any that is free
     * @param jvmInfo whether the JVM's own are among them
     */
    public record Metrics(boolean exported, String host, int port, boolean jvmInfo) {}
}
