package io.zabkeeper.server;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.zabkeeper.server.admin.FourLetterWords;
import io.zabkeeper.server.admin.report.MemberReporter;
import io.zabkeeper.server.admin.report.TraceMask;
import io.zabkeeper.server.config.Environment;
import io.zabkeeper.server.config.ServerConfig;
import io.zabkeeper.server.log.LogStats;
import io.zabkeeper.server.loop.Transport;
import io.zabkeeper.server.loop.Turn;
import io.zabkeeper.server.metrics.MemberReport;
import io.zabkeeper.server.metrics.Metrics;
import io.zabkeeper.server.metrics.ProcessGauges;
import io.zabkeeper.server.metrics.Summary;
import io.zabkeeper.server.net.AdminWords;
import io.zabkeeper.server.replica.Replica;
import io.zabkeeper.server.request.ConnectedClients;
import io.zabkeeper.server.request.RequestCounters;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A member as its operators see it: the registry of its numbers, its report, the words, and the thread on which texts are
 * made, so that the replica loop does not.
 */
final class Administration {
    /** Between two steps of a long collection. */
    private static final long PAUSE_MS = 1;

    private static final int STOP_SECONDS = 1;

    private final EventLoopGroup threads;
    private final Metrics metrics = new Metrics();
    private final MemberWords words;

    Administration(
            ServerConfig config,
            Transport transport,
            EventLoop loop,
            Turn turn,
            Replica replica,
            ConnectedClients clients,
            RequestCounters counters,
            Storage storage,
            LogStats log,
            LongSupplier wallMillis,
            LongSupplier nanos) {
        threads = transport.group(1, task -> new Thread(task, "admin"));
        register(replica, counters, storage, log);
        MemberReporter reporter = new MemberReporter(
                config,
                replica,
                clients,
                counters,
                metrics,
                () -> new MemberReport.Directories(
                        storage.checkpointBytes(),
                        log.bytes(),
                        storage.checkpointZxid(),
                        storage.checkpointSeconds(),
                        log.slowSyncs()),
                Version.text(),
                wallMillis,
                nanos,
                step -> loop.schedule(() -> turn.guarded(step), PAUSE_MS, TimeUnit.MILLISECONDS));
        MemberDesk desk = new MemberDesk(loop, turn, threads.next(), reporter, replica, clients, counters, metrics);
        words = new MemberWords(new FourLetterWords(config, Environment.read()), desk, counters, new TraceMask());
    }

    private void register(Replica replica, RequestCounters counters, Storage storage, LogStats log) {
        ProcessGauges.register(metrics);
        counters.register(metrics);
        replica.figures().register(metrics);
        metrics.add("fsynctime", log.syncTimes());
        metrics.add("snapshottime", storage.checkpointTimes());
        metrics.gauge("zab_log_syncs", log::syncs);
        metrics.gauge("zab_log_bytes", log::bytes);
        metrics.gauge("zab_log_queue", log::queueLength);
        metrics.gauge("zab_log_sync_avg_us", () -> TimeUnit.NANOSECONDS.toMicros(log.averageSyncNanos()));
        metrics.gauge("zab_log_sync_max_us", () -> TimeUnit.NANOSECONDS.toMicros(log.maxSyncNanos()));
        metrics.gauge("zab_checkpoint_bytes", storage::checkpointBytes);
        metrics.gauge("acl_count", () -> replica.machine().aclCount());
    }

    AdminWords words() {
        return words;
    }

    /** The member is up: disk read, ports open. */
    void started(long tookMs) {
        metrics.summary("dbinittime", Summary.Detail.BASIC).record(tookMs);
    }

    void close() {
        threads.shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS);
    }
}
