package io.zabkeeper.server.admin.report;

import io.zabkeeper.consensus.Role;
import io.zabkeeper.consensus.Status;
import io.zabkeeper.consensus.quorum.NodeId;
import io.zabkeeper.consensus.quorum.NodeSet;
import io.zabkeeper.server.config.ServerConfig;
import io.zabkeeper.server.metrics.MemberReport;
import io.zabkeeper.server.metrics.MemberReport.Details;
import io.zabkeeper.server.metrics.MemberReport.Digest;
import io.zabkeeper.server.metrics.MemberReport.Leadership;
import io.zabkeeper.server.metrics.MemberReport.Mode;
import io.zabkeeper.server.metrics.MemberReport.Standing;
import io.zabkeeper.server.metrics.MemberReport.Traffic;
import io.zabkeeper.server.metrics.MemberReport.Tree;
import io.zabkeeper.server.metrics.MemberReport.Watchers;
import io.zabkeeper.server.metrics.Metrics;
import io.zabkeeper.server.replica.Replica;
import io.zabkeeper.server.replica.ReplicaFigures;
import io.zabkeeper.server.request.ConnectedClients;
import io.zabkeeper.server.request.RequestCounters;
import io.zabkeeper.server.tree.TreeMachine;
import io.zabkeeper.server.watch.WatchTotals;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes the member's report of itself. Belongs to the replica loop; the report does not. */
public final class MemberReporter {
    /** A list in a report has no more elements than this: what an operator reads, and the memory that it takes, ends. */
    static final int LIMIT = 100_000;

    /** About a millisecond of the loop. */
    private static final int STEP = 2_000;

    private final ServerConfig config;
    private final Replica replica;
    private final ConnectedClients clients;
    private final RequestCounters counters;
    private final Metrics metrics;
    private final Supplier<MemberReport.Directories> directories;
    private final String version;
    private final LongSupplier wallMillis;
    private final LongSupplier nanos;
    private final long startNanos;
    private final Steps steps;

    public MemberReporter(
            ServerConfig config,
            Replica replica,
            ConnectedClients clients,
            RequestCounters counters,
            Metrics metrics,
            Supplier<MemberReport.Directories> directories,
            String version,
            LongSupplier wallMillis,
            LongSupplier nanos,
            Pacer pacer) {
        this.config = config;
        this.replica = replica;
        this.clients = clients;
        this.counters = counters;
        this.metrics = metrics;
        this.directories = directories;
        this.version = version;
        this.wallMillis = wallMillis;
        this.nanos = nanos;
        this.startNanos = nanos.getAsLong();
        this.steps = new Steps(pacer);
    }

    /** Collects what these topics ask for, now or in steps, and hands the report over on the loop. */
    public void report(Set<Topic> topics, Consumer<MemberReport> receiver) {
        WatchCollection watches = topics.contains(Topic.WATCHES) ? new WatchCollection(replica.watches(), LIMIT) : null;
        EphemeralCollection ephemerals =
                topics.contains(Topic.EPHEMERALS) ? new EphemeralCollection(replica, LIMIT) : null;
        if (watches == null && ephemerals == null) {
            receiver.accept(report(details(topics, null, null)));
            return;
        }
        steps.run(new Steps.Collection() {
            @Override
            public boolean step() {
                boolean isMore = watches != null && watches.step(STEP);
                return (ephemerals != null && ephemerals.step(STEP)) || isMore;
            }

            @Override
            public void done() {
                receiver.accept(report(details(topics, watches, ephemerals)));
            }
        });
    }

    private Details details(
            Set<Topic> topics, @Nullable WatchCollection watches, @Nullable EphemeralCollection ephemerals) {
        long nowMillis = wallMillis.getAsLong();
        return new Details(
                topics.contains(Topic.METRICS) ? metrics.samples() : List.of(),
                topics.contains(Topic.CONNECTIONS)
                        ? ConnectionTopics.connections(
                                clients, config.sessions().handshakeMs(), LIMIT, nanos.getAsLong(), nowMillis)
                        : List.of(),
                topics.contains(Topic.SESSIONS) ? ConnectionTopics.sessions(replica, LIMIT, nowMillis) : List.of(),
                ephemerals == null ? List.of() : ephemerals.ephemerals(),
                watches == null ? List.of() : watches.watched(),
                topics.contains(Topic.DIGESTS) ? digests() : List.of(),
                (watches != null && watches.isCut()) || (ephemerals != null && ephemerals.isCut()));
    }

    private List<Digest> digests() {
        return replica.digests().kept().stream()
                .map(kept -> new Digest(kept.zxid(), kept.digest()))
                .toList();
    }

    private MemberReport report(Details details) {
        Status status = replica.status();
        return new MemberReport(
                version, standing(status), traffic(), tree(), leadership(status), directories.get(), details);
    }

    private Standing standing(Status status) {
        boolean isStandalone = config.ensemble().isStandalone();
        String phase = status.phase().toLowerCase(Locale.ROOT);
        return new Standing(
                replica.isServing() || replica.isReadOnly(),
                mode(status),
                isStandalone ? "" : status.role().name().toLowerCase(Locale.ROOT) + " - " + phase,
                isStandalone ? "" : phase,
                replica.machine().lastZxid(),
                status.leader().equals(NodeId.NONE) ? 0 : status.leader().value(),
                !isStandalone && status.voting() && !config.ensemble().isObserver(),
                TimeUnit.NANOSECONDS.toMillis(nanos.getAsLong() - startNanos),
                isStandalone ? 0 : config.ensemble().configuration().voters().size(),
                0);
    }

    private Mode mode(Status status) {
        if (config.ensemble().isStandalone()) {
            return Mode.STANDALONE;
        }
        if (replica.isReadOnly()) {
            return Mode.READ_ONLY;
        }
        return switch (status.role()) {
            case LEADING -> Mode.LEADER;
            case OBSERVING -> Mode.OBSERVER;
            case FOLLOWING, LOOKING -> Mode.FOLLOWER;
        };
    }

    private Traffic traffic() {
        return new Traffic(
                counters.latencyMinMs(),
                counters.latencyAverageMs(),
                counters.latencyMaxMs(),
                counters.receivedCount(),
                counters.sentCount(),
                replica.outstanding(),
                clients.connections().size(),
                counters.authFailedCount(),
                counters.lastResponseBytes(),
                counters.minResponseBytes(),
                counters.maxResponseBytes());
    }

    private Tree tree() {
        TreeMachine machine = replica.machine();
        WatchTotals watches = replica.watches().totals();
        return new Tree(
                machine.nodeCount() + 1, // ZooKeeper counts the root twice, and dashboards know it.
                machine.ephemeralCount(),
                watches.all(),
                machine.dataSizeBytes(),
                machine.sessions().size(),
                clients.localSessionCount(),
                new Watchers(watches.listedWatchers(), watches.listedPaths(), watches.listed()));
    }

    private @Nullable Leadership leadership(Status status) {
        if (status.role() != Role.LEADING || config.ensemble().isStandalone()) {
            return null;
        }
        NodeSet voters = config.ensemble().configuration().voters();
        int followers = 0;
        int observers = 0;
        for (NodeId learner : status.synced()) {
            if (learner.equals(replica.self())) {
                continue;
            }
            if (voters.contains(learner)) {
                followers++;
            } else {
                observers++;
            }
        }
        ReplicaFigures figures = replica.figures();
        return new Leadership(
                followers + observers,
                followers,
                observers,
                replica.pendingSyncs(),
                figures.leaderUptimeMs(nanos.getAsLong()),
                figures.lastProposalBytes(),
                figures.leastProposalBytes(),
                figures.mostProposalBytes());
    }
}
