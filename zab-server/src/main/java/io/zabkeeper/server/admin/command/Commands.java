package io.zabkeeper.server.admin.command;

import io.zabkeeper.consensus.Zxid;
import io.zabkeeper.server.admin.MonitorText;
import io.zabkeeper.server.admin.WatchText;
import io.zabkeeper.server.config.ServerConfig;
import io.zabkeeper.server.metrics.MemberReport;
import io.zabkeeper.server.metrics.MemberReport.Digest;
import io.zabkeeper.server.metrics.MemberReport.Watchers;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What each command answers: the keys of the reference with this member's values. For any thread. */
public final class Commands {
    static final String NOT_SERVING = "This ZooKeeper instance is not currently serving requests";

    private final ServerConfig config;
    private final EnsembleObjects ensemble;
    private final Map<String, String> environment;
    private final Map<String, String> properties;

    /**
     * Takes what does not change while the member runs.
     *
     * @param environment as {@code envi} tells it, without the version
     * @param properties of the JVM, those that are secret masked
     */
    public Commands(ServerConfig config, Map<String, String> environment, Map<String, String> properties) {
        this.config = config;
        this.ensemble = new EnsembleObjects(config.ensemble());
        this.environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        this.properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
    }

    Map<String, @Nullable Object> of(Command command, MemberReport report, long traceMask) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        switch (command) {
            case CONFIGURATION -> configuration(object);
            case CONNECTIONS -> StatObjects.connections(object, report, true);
            case DIRS -> {
                object.put("datadir_size", report.directories().dataBytes());
                object.put("logdir_size", report.directories().logBytes());
            }
            case DUMP -> StatObjects.dump(object, report);
            case ENVIRONMENT -> {
                object.put("zookeeper.version", report.version());
                object.putAll(environment);
            }
            case GET_TRACE_MASK, SET_TRACE_MASK -> object.put("tracemask", traceMask);
            case HASH -> object.put("digests", digests(report));
            case INITIAL_CONFIGURATION -> object.put("initial_configuration", null);
            case IS_READ_ONLY -> object.put("read_only", report.standing().isReadOnly());
            case LAST_SNAPSHOT -> {
                object.put("zxid", Long.toHexString(report.directories().checkpointZxid()));
                object.put("timestamp", report.directories().checkpointSeconds());
            }
            case LEADER -> ensemble.leader(object, report);
            case MONITOR -> object.putAll(MonitorText.lines(report));
            case OBSERVERS -> ensemble.observers(object, report);
            case SERVER_STATS -> StatObjects.serverStats(object, report);
            case STATS -> {
                StatObjects.serverStats(object, report);
                StatObjects.connections(object, report, false);
            }
            case SYSTEM_PROPERTIES -> object.putAll(properties);
            case VOTING_VIEW -> object.put("current_config", ensemble.voters());
            case WATCH_SUMMARY -> watchSummary(object, report);
            case WATCHES -> list(object, "session_id_to_watched_paths", WatchText.pathsBySession(report), report);
            case WATCHES_BY_PATH -> list(object, "path_to_session_ids", WatchText.sessionsByPath(report), report);
            case ZABSTATE -> ensemble.zabState(object, report);
            case CONNECTION_STAT_RESET, OBSERVER_CONNECTION_STAT_RESET, RUOK, STAT_RESET -> {
                // There is nothing to say but that it was done.
            }
        }
        return object;
    }

    private void configuration(Map<String, @Nullable Object> object) {
        object.put("client_port", config.listeners().client().port());
        object.put("data_dir", config.storage().dataDir().toString());
        object.put("data_log_dir", config.storage().logDir().toString());
        object.put("tick_time", config.timing().tickMs());
        object.put("max_client_cnxns", config.limits().clientConnectionsPerHost());
        object.put("min_session_timeout", config.timing().minSessionTimeoutMs());
        object.put("max_session_timeout", config.timing().maxSessionTimeoutMs());
        object.put(
                "server_id",
                config.ensemble().isStandalone() ? 0 : config.ensemble().self().value());
        object.put("client_port_listen_backlog", config.listeners().backlog());
    }

    private static List<Map<String, Object>> digests(MemberReport report) {
        return report.details().digests().stream().map(Commands::digest).toList();
    }

    private static Map<String, Object> digest(Digest digest) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("zxid", Zxid.toString(digest.zxid()));
        object.put("digest", digest.digest());
        object.put("digest_version", 1);
        return object;
    }

    private static void watchSummary(Map<String, @Nullable Object> object, MemberReport report) {
        Watchers watchers = report.tree().watchers();
        object.put("num_connections", watchers.connections());
        object.put("num_paths", watchers.paths());
        object.put("num_total_watches", watchers.watches());
    }

    /** A list without its end says so. */
    private static void list(Map<String, @Nullable Object> object, String key, Map<?, ?> list, MemberReport report) {
        object.put(key, list);
        if (report.details().isCut()) {
            object.put("truncated", true);
        }
    }
}
