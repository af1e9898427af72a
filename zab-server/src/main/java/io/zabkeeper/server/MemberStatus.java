package io.zabkeeper.server;

import io.zabkeeper.consensus.Role;
import io.zabkeeper.consensus.Status;
import io.zabkeeper.server.admin.FourLetterWords;
import io.zabkeeper.server.admin.Word;
import io.zabkeeper.server.config.ServerConfig;
import io.zabkeeper.server.log.LogStats;
import io.zabkeeper.server.metrics.MemberReport;
import io.zabkeeper.server.metrics.Metrics;
import io.zabkeeper.server.metrics.ProcessGauges;
import io.zabkeeper.server.net.AdminWords;
import io.zabkeeper.server.replica.Replica;
import io.zabkeeper.server.request.ClientSession;
import io.zabkeeper.server.request.ConnectedClients;
import io.zabkeeper.server.request.RequestCounters;
import io.zabkeeper.server.tree.TreeMachine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a member says about itself and answers the four-letter words with it. On the replica loop, so every report
 * is of one moment.
 */
final class MemberStatus implements AdminWords {
    /** The protocol's version is what clients parse; ours stands behind it. */
    private static final String COMPATIBLE_WITH = "3.9.5";

    private final ServerConfig config;
    private final Replica replica;
    private final ConnectedClients clients;
    private final RequestCounters counters;
    private final LongSupplier nanos;
    private final long startNanos;
    private final String version;
    private final FourLetterWords words;
    private final Metrics metrics = new Metrics();
    private final Storage storage;
    private final LogStats log;

    MemberStatus(
            ServerConfig config,
            Replica replica,
            ConnectedClients clients,
            RequestCounters counters,
            Storage storage,
            LogStats log,
            LongSupplier nanos) {
        this.config = config;
        this.replica = replica;
        this.clients = clients;
        this.counters = counters;
        this.storage = storage;
        this.log = log;
        this.nanos = nanos;
        this.startNanos = nanos.getAsLong();
        this.version = version();
        this.words = new FourLetterWords(config, environment());
        registerMetrics();
    }

    private void registerMetrics() {
        ProcessGauges.register(metrics);
        metrics.gauge("zab_log_syncs", log::syncs);
        metrics.gauge("zab_log_bytes", log::bytes);
        metrics.gauge("zab_log_queue", log::queueLength);
        metrics.gauge("zab_log_sync_avg_us", () -> TimeUnit.NANOSECONDS.toMicros(log.averageSyncNanos()));
        metrics.gauge("zab_log_sync_max_us", () -> TimeUnit.NANOSECONDS.toMicros(log.maxSyncNanos()));
        metrics.gauge("zab_checkpoint_bytes", storage::checkpointBytes);
        metrics.gauge("acl_count", () -> replica.machine().aclCount());
    }

    @Override
    public @Nullable String answer(int firstBytes) {
        Word word = Word.of(firstBytes);
        if (word == null) {
            return null;
        }
        String answer = words.answer(word, report(word));
        if (word.resetsStatistics() && words.isAllowed(word)) {
            counters.reset();
            metrics.reset();
        }
        return answer;
    }

    private MemberReport report(Word word) {
        Status status = replica.status();
        TreeMachine tree = replica.machine();
        return new MemberReport(
                version,
                replica.isServing(),
                mode(status),
                config.ensemble().isStandalone() ? "" : peerState(status),
                tree.lastZxid(),
                TimeUnit.NANOSECONDS.toMillis(nanos.getAsLong() - startNanos),
                config.ensemble().isStandalone()
                        ? 0
                        : config.ensemble().configuration().voters().size(),
                0,
                new MemberReport.Traffic(
                        counters.latencyMinMs(),
                        counters.latencyAverageMs(),
                        counters.latencyMaxMs(),
                        counters.receivedCount(),
                        counters.sentCount(),
                        replica.outstanding(),
                        clients.connections().size()),
                new MemberReport.Tree(
                        tree.nodeCount() + 1, // ZooKeeper counts the root twice, and dashboards know it.
                        tree.ephemeralCount(),
                        replica.watches().watchCount(),
                        tree.dataSizeBytes(),
                        tree.sessions().size()),
                leadership(status),
                word.listsConnections() ? connections() : List.of(),
                word.countsWatchers()
                        ? new MemberReport.Watchers(
                                replica.watches().watcherCount(),
                                replica.watches().pathCount(),
                                replica.watches().watchCount())
                        : null,
                new MemberReport.Directories(storage.checkpointBytes(), log.bytes()),
                metrics.values());
    }

    private MemberReport.Mode mode(Status status) {
        if (config.ensemble().isStandalone()) {
            return MemberReport.Mode.STANDALONE;
        }
        return switch (status.role()) {
            case LEADING -> MemberReport.Mode.LEADER;
            case OBSERVING -> MemberReport.Mode.OBSERVER;
            case FOLLOWING, LOOKING -> MemberReport.Mode.FOLLOWER;
        };
    }

    private static String peerState(Status status) {
        return status.role().name().toLowerCase(Locale.ROOT) + " - "
                + status.phase().toLowerCase(Locale.ROOT);
    }

    private MemberReport.@Nullable Leadership leadership(Status status) {
        if (status.role() != Role.LEADING || config.ensemble().isStandalone()) {
            return null;
        }
        int synced = status.synced().size();
        return new MemberReport.Leadership(synced, synced, 0, 0, 0, -1, -1, -1);
    }

    private List<MemberReport.Connection> connections() {
        List<MemberReport.Connection> list = new ArrayList<>();
        for (ClientSession session : clients.connections()) {
            list.add(new MemberReport.Connection(
                    session.port().peerName(),
                    1,
                    session.outstanding(),
                    session.receivedCount(),
                    session.sentCount(),
                    null));
        }
        return list;
    }

    private static String version() {
        Properties build = new Properties();
        try (InputStream in = MemberStatus.class.getResourceAsStream("build.properties")) {
            if (in != null) {
                build.load(in);
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return COMPATIBLE_WITH + "-zabkeeper-" + build.getProperty("version", "dev") + ", built on "
                + build.getProperty("built", "an unknown day");
    }

    private Map<String, String> environment() {
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("host.name", hostName());
        lines.put("java.version", String.valueOf(Runtime.version()));
        lines.put("os.memory.max", (Runtime.getRuntime().maxMemory() >> 20) + "MB");
        return lines;
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unknown) {
            return "<NA>";
        }
    }
}
