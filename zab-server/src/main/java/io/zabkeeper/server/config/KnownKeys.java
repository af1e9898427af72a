package io.zabkeeper.server.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The keys of ZooKeeper 3.9 that do nothing here: accepted, so that an existing file starts, or refused, where silence
 * would promise something that matters.
 *
 * <p>A key that asks for protection (TLS, SASL, other hashes) or for another quorum is refused unless its value switches
 * it off. A key whose absence an operator could notice gives a warning that says what happens instead. The rest tunes
 * machinery that does not exist here and is accepted without a word.
 */
final class KnownKeys {
    private static final String NO_TLS = "TLS is not supported yet; remove the key and protect the port otherwise";
    private static final String NO_SASL = "SASL is not supported; remove the key";
    private static final String NO_GROUPS = "groups and weights are not supported; a quorum is a majority here";

    /** Does nothing, and nobody would notice. */
    private static final List<String> SILENT = List.of(
            "admin.forceHttps",
            "admin.needClientAuth",
            "admin.portUnification",
            "admin.rateLimiterIntervalInMS",
            "cnxTimeout",
            "commitLogCount",
            "connectToLearnerMasterLimit",
            "digest.enabled",
            "closeSessionTxn.enabled",
            "electionPortBindRetry",
            "flushDelay",
            "fsync.warningthresholdms",
            "jvm.pause.info-threshold.ms",
            "jvm.pause.monitor",
            "jvm.pause.sleep.time.ms",
            "jvm.pause.warn-threshold.ms",
            "maxBatchSize",
            "maxGetChildrenResponseCacheSize",
            "maxResponseCacheSize",
            "maxWriteQueuePollTime",
            "multiAddress.enabled",
            "multiAddress.reachabilityCheckEnabled",
            "multiAddress.reachabilityCheckTimeoutMs",
            "preAllocSize",
            "serializeLastProcessedZxid.enabled",
            "serverCnxnFactory",
            "snapshot.trust.empty",
            "syncEnabled",
            "watchManagerName");

    /** Does nothing; the third ends the sentence "{@code key} is accepted, but"; said unless the value is the second. */
    private static final List<List<String>> WARNED = List.of(
            List.of("audit.impl.class", "(any)", "audit.enable alone decides; the lines go to the logger"),
            List.of("autopurge.purgeInterval", "0", "nothing needs purging: old log goes with each checkpoint"),
            List.of("autopurge.snapRetainCount", "(any)", "nothing needs purging: there is one checkpoint"),
            List.of("forceSync", "yes", "every write is on the disk of a majority before it is answered"),
            List.of("leaderServes", "yes", "a leader serves clients"),
            List.of("observerMasterPort", "0", "observers always follow the leader"),
            List.of(
                    "snapCount",
                    "(any)",
                    "zab.checkpointMs and zab.checkpointLogBytes decide when to write a checkpoint"),
            List.of("snapSizeLimitInKb", "(any)", "zab.checkpointLogBytes decides when to write a checkpoint"),
            List.of("snapshot.compression.method", "", "the checkpoint is not compressed"),
            List.of("standaloneEnabled", "true", "one server.N line always makes a standalone member"),
            List.of("txnLogSizeLimitInKb", "-1", "zab.segmentBytes decides the size of a file of the log"));

    /** Refused unless the value is the second one; the third is why. */
    private static final List<List<String>> OFF_ONLY = List.of(
            List.of("allowSaslFailedClients", "false", NO_SASL),
            List.of("client.portUnification", "false", NO_TLS),
            List.of("electionAlg", "3", "there is one election algorithm, number 3"),
            List.of("kerberos.removeHostFromPrincipal", "false", NO_SASL),
            List.of("kerberos.removeRealmFromPrincipal", "false", NO_SASL),
            List.of("portUnification", "false", NO_TLS),
            List.of("quorum.auth.enableSasl", "false", NO_SASL),
            List.of("quorum.auth.learnerRequireSasl", "false", NO_SASL),
            List.of("quorum.auth.serverRequireSasl", "false", NO_SASL),
            List.of("reconfigEnabled", "false", "the membership cannot be changed at run time yet"),
            List.of("secureClientPort", "", NO_TLS),
            List.of("secureClientPortAddress", "", NO_TLS),
            List.of("sessionRequireClientSASLAuth", "false", NO_SASL),
            List.of("skipACL", "no", "access checks cannot be switched off"),
            List.of("sslQuorum", "false", NO_TLS),
            List.of("sslQuorumReloadCertFiles", "false", NO_TLS),
            List.of("superUser", "", "only a digest can be the super user: DigestAuthenticationProvider.superDigest"),
            List.of(
                    "X509AuthenticationProvider.superUser",
                    "",
                    "only a digest can be the super user: DigestAuthenticationProvider.superDigest"),
            List.of(
                    "dynamicConfigFile",
                    "",
                    "a second file for the members is not supported; write its server.N lines into this one"));

    /** Other names of a key, in the file and behind {@code zookeeper.}: ZooKeeper reads other ones than it documents. */
    private static final Map<String, String> ALIASES = Map.ofEntries(
            Map.entry("requestThrottleLimit", "request_throttle_max_requests"),
            Map.entry("requestThrottleStallTime", "request_throttle_stall_time"),
            Map.entry("requestThrottleDropStale", "request_throttle_drop_stale"),
            Map.entry("requestStaleLatencyCheck", "request_stale_latency_check"),
            Map.entry("requestStaleConnectionCheck", "request_stale_connection_check"),
            Map.entry("throttledOpWaitTime", "throttled_op_wait_time"),
            Map.entry("connectionMaxTokens", "connection_throttle_tokens"),
            Map.entry("connectionTokenFillTime", "connection_throttle_fill_time"),
            Map.entry("connectionTokenFillCount", "connection_throttle_fill_count"),
            Map.entry("connectionFreezeTime", "connection_throttle_freeze_time"),
            Map.entry("connectionDropIncrease", "connection_throttle_drop_increase"),
            Map.entry("connectionDropDecrease", "connection_throttle_drop_decrease"),
            Map.entry("connectionDecreaseRatio", "connection_throttle_decrease_ratio"));

    /** System properties that ZooKeeper reads without its prefix. */
    private static final List<String> BARE = List.of("jute.maxbuffer", "readonlymode.enabled");

    private final List<String> warnings = new ArrayList<>();

    private KnownKeys() {}

    /** Under which names a file may set this key. */
    static List<String> names(String key) {
        String alias = ALIASES.get(key);
        return alias == null ? List.of(key) : List.of(key, alias);
    }

    /** Which system properties set this key. */
    static List<String> properties(String key) {
        List<String> properties = new ArrayList<>();
        if (BARE.contains(key)) {
            properties.add(key);
        }
        names(key).forEach(name -> properties.add("zookeeper." + name));
        return properties;
    }

    /** Checks what nobody asked for; returns the warnings in the order of the file. */
    static List<String> accept(List<Setting> unread, SortedSet<String> honoured) throws ConfigException {
        KnownKeys keys = new KnownKeys();
        for (Setting setting : unread) {
            keys.accept(setting, honoured);
        }
        return keys.warnings;
    }

    private void accept(Setting setting, SortedSet<String> honoured) throws ConfigException {
        String key = setting.key();
        if (SILENT.contains(key)) {
            return;
        }
        List<String> warned = row(WARNED, key);
        List<String> offOnly = row(OFF_ONLY, key);
        if (warned == null && offOnly == null) {
            acceptFamily(setting, honoured);
        } else if (offOnly != null && !setting.value().equalsIgnoreCase(offOnly.get(1))) {
            throw setting.refused(offOnly.get(2));
        } else if (warned != null && !setting.value().equalsIgnoreCase(warned.get(1))) {
            warn(setting, warned.get(2));
        }
    }

    private static @Nullable List<String> row(List<List<String>> rows, String key) {
        return rows.stream().filter(row -> row.get(0).equals(key)).findFirst().orElse(null);
    }

    private void acceptFamily(Setting setting, SortedSet<String> honoured) throws ConfigException {
        String key = setting.key();
        if (key.startsWith("group.") || key.startsWith("weight.")) {
            throw setting.refused(NO_GROUPS);
        }
        if (key.startsWith("ssl.")) {
            warn(setting, "there is no TLS yet");
        } else if (key.startsWith("authProvider.")) {
            warn(setting, "classes are not loaded; the schemes are world, auth, digest and ip");
        } else if (key.startsWith("metricsProvider.")) {
            warn(setting, "this option of a provider does nothing");
        } else if (key.startsWith("quorum.auth.") || key.startsWith("quorum.cnxn.")) {
            warn(setting, "connections between members have no such option");
        } else {
            throw setting.refused("unknown key; the nearest known one is " + nearest(key, honoured));
        }
    }

    private void warn(Setting setting, String instead) {
        warnings.add(
                setting.origin() + ":" + setting.line() + ": " + setting.key() + " is accepted, but " + instead + ".");
    }

    /** The known key with the fewest letters to change; the first one in the alphabet when several are as near. */
    static String nearest(String key, SortedSet<String> honoured) {
        SortedSet<String> known = new TreeSet<>(honoured);
        known.addAll(SILENT);
        WARNED.forEach(row -> known.add(row.get(0)));
        OFF_ONLY.forEach(row -> known.add(row.get(0)));
        known.add("server.1");
        String nearest = "";
        int least = Integer.MAX_VALUE;
        for (String candidate : known) {
            int distance = distance(key.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
            if (distance < least) {
                least = distance;
                nearest = candidate;
            }
        }
        return nearest;
    }

    /** Letters to insert, remove or replace (Levenshtein), one row at a time. */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }
}
