package io.zabkeeper.server;

import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.zabkeeper.server.admin.FourLetterWords;
import io.zabkeeper.server.admin.MetricsPages;
import io.zabkeeper.server.admin.command.CommandPages;
import io.zabkeeper.server.admin.command.Commands;
import io.zabkeeper.server.admin.http.HttpPort;
import io.zabkeeper.server.admin.http.Pages;
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
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A member as its operators see it: the registry of its numbers, its report, the words, and the thread on which texts are
 * made, so that the replica loop does not.
 */
final class Administration {
    private static final Logger LOG = LoggerFactory.getLogger(Administration.class);

    /** Between two steps of a long collection. */
    private static final long PAUSE_MS = 1;

    private static final int STOP_SECONDS = 1;

    private final EventLoopGroup threads;
    private final Metrics metrics = new Metrics();
    private final MemberWords words;
    private final List<Listening> ports = new ArrayList<>();

    private record Listening(String name, String host, int number, HttpPort port) {}

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
        Map<String, String> environment = Environment.read();
        TraceMask traceMask = new TraceMask();
        words = new MemberWords(new FourLetterWords(config, environment), desk, counters, traceMask);
        Commands commands = new Commands(config, environment, Environment.properties());
        ServerConfig.Http http = config.admin().http();
        if (http.enabled()) {
            Pages pages = new CommandPages(http.commandUrl(), commands, desk, traceMask);
            ports.add(new Listening(
                    "admin", http.host(), http.port(), new HttpPort(threads, transport, http.idleMs(), pages)));
        }
        ServerConfig.Metrics exported = config.metrics();
        if (exported.exported()) {
            Pages pages = new MetricsPages(desk, exported.jvmInfo());
            ports.add(new Listening(
                    "metrics",
                    exported.host(),
                    exported.port(),
                    new HttpPort(threads, transport, http.idleMs(), pages)));
        }
    }

    private void register(Replica replica, RequestCounters counters, Storage storage, LogStats log) {
        ProcessGauges.register(metrics);
        counters.register(metrics);
        replica.figures().register(metrics);
        metrics.add("fsynctime", log.syncTimes());
        metrics.add("snapshottime", storage.checkpointTimes());
        metrics.add("startup_snap_load_time", storage.loadTimes());
        metrics.add("snapshot_error_count", storage.checkpointFailures());
        metrics.gauge("zab_log_syncs", log::syncs);
        metrics.gauge("zab_log_bytes", log::bytes);
        metrics.gauge("zab_log_queue", log::queueLength);
        metrics.gauge("zab_log_sync_avg_us", () -> TimeUnit.NANOSECONDS.toMicros(log.averageSyncNanos()));
        metrics.gauge("zab_log_sync_max_us", () -> TimeUnit.NANOSECONDS.toMicros(log.maxSyncNanos()));
        metrics.gauge("zab_checkpoint_bytes", storage::checkpointBytes);
        metrics.gauge("acl_count", () -> replica.machine().aclCount());
    }

    /**
     * Listens, where that is configured.
     *
     * @throws IOException when a port cannot be used; the message says which
     */
    void open() throws IOException {
        for (Listening one : ports) {
            ChannelFuture bound =
                    one.port.start(new InetSocketAddress(one.host, one.number)).awaitUninterruptibly();
            if (!bound.isSuccess()) {
                throw new IOException(one.name + " port " + one.number + " cannot be bound on " + one.host + ": "
                        + bound.cause().getMessage() + ". Is another process using it?");
            }
            LOG.info("{} port listens address={}", one.name, bound.channel().localAddress());
        }
    }

    AdminWords words() {
        return words;
    }

    /** The member is up: disk read, ports open. */
    void started(long tookMs) {
        metrics.summary("dbinittime", Summary.Detail.BASIC).record(tookMs);
    }

    void close() {
        ports.forEach(one -> one.port.close());
        threads.shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS);
    }
}
