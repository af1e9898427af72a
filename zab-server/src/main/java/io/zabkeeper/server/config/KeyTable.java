package io.zabkeeper.server.config;

import static io.zabkeeper.server.config.Key.honoured;
import static io.zabkeeper.server.config.Key.refused;
import static io.zabkeeper.server.config.Key.silent;
import static io.zabkeeper.server.config.Key.told;

import java.util.List;
import java.util.stream.Stream;

/**
 * Every key of ZooKeeper 3.9, documented or read by its code, and every key of our own, with what becomes of it: the one
 * declaration that parsing, warnings, refusals and {@code docs/compatibility.md} follow.
 *
 * <p>A key that asks for protection (TLS, SASL) or for another quorum is refused unless its value switches it off: silence
 * would promise something that matters. A key whose absence an operator could notice gives a warning that says what
 * happens instead. The rest tunes machinery that does not exist here.
 */
final class KeyTable {
    private static final String NO_TLS = "TLS is not supported yet; remove the key and protect the port otherwise";
    private static final String NO_SASL = "SASL is not supported; remove the key";
    private static final String TLS = "there is no TLS yet";
    private static final String SASL =
            "there is no SASL; a client that tries it is answered as by a server without a login";
    private static final String ONE_LOOP = "one loop does all the work";
    private static final String SOCKETS = "zab.ioThreads is the only choice";
    private static final String LINKS = "links between members set their own times";
    private static final String ELECTION = "the election sets its own times";
    private static final String LEARNERS = "a learner is synchronized from the log, at its own pace";
    private static final String OBSERVERS = "there are no observers yet";
    private static final String LOG = "zab.segmentBytes is the only choice about the log";
    private static final String CACHES = "replies are made from the znodes themselves";
    private static final String DIAGNOSTICS = "it collects figures that are not collected here";
    private static final String CLIENTS = "it is read by ZooKeeper's client only";
    private static final String LOGGING = "logback's configuration decides about logging";
    private static final String TESTS = "it is for tests of ZooKeeper";

    private static final List<Key> OWN = List.of(
            honoured("zab.broadcast"),
            honoured("zab.checkpointLogBytes"),
            honoured("zab.checkpointMs"),
            honoured("zab.finalizeWaitMs"),
            honoured("zab.heartbeatMs"),
            honoured("zab.ioThreads"),
            honoured("zab.leaderSilenceMs"),
            honoured("zab.maxAclEntries"),
            honoured("zab.maxMultiOperations"),
            honoured("zab.maxPathLevels"),
            honoured("zab.maxReplyBytes"),
            honoured("zab.maxUnreadBytes"),
            honoured("zab.segmentBytes"));

    private static final List<Key> MEMBERS = List.of(
            honoured("server.*"),
            honoured("dynamicConfigFile"),
            honoured("peerType"),
            honoured("initLimit"),
            honoured("syncLimit"),
            honoured("tickTime"),
            honoured("quorumListenOnAllIPs"),
            refused("", "groups and weights are not supported; a quorum is a majority here", "group.*"),
            refused("", "groups and weights are not supported; a quorum is a majority here", "weight.*"),
            refused("", "an oracle cannot stand in for a majority", "oraclePath"),
            refused("3", "there is one election algorithm, number 3", "electionAlg"),
            told(
                    "false",
                    "reconfig is answered with RECONFIG_DISABLED: the membership cannot be changed at run time yet",
                    "reconfigEnabled"),
            told("true", "one server.N line always makes a standalone member", "standaloneEnabled"),
            told("yes", "a leader serves clients", "leaderServes"),
            told("0", OBSERVERS, "observerMasterPort"),
            told("false", "each server has one address", "multiAddress.enabled"),
            silent("each server has one address", "multiAddress.reachabilityCheckEnabled"),
            silent("each server has one address", "multiAddress.reachabilityCheckTimeoutMs"),
            silent(OBSERVERS, "observer.election.DelayMs"),
            silent(OBSERVERS, "observer.reconnectDelayMs"),
            silent(OBSERVERS, "observerMaster.sizeLimit"),
            silent(OBSERVERS, "syncEnabled", "observer.syncEnabled"),
            silent(ELECTION, "fastleader.maxNotificationInterval"),
            silent(ELECTION, "fastleader.minNotificationInterval"),
            silent("nothing listens on the election port", "electionPortBindRetry"),
            silent(LINKS, "cnxTimeout"),
            silent(LINKS, "quorumCnxnTimeoutMs"),
            silent(LINKS, "connectToLearnerMasterLimit"),
            silent(LINKS, "leaderConnectDelayDuringRetryMs"),
            silent(LINKS, "quorum.cnxn.threads.size"),
            silent("initLimit bounds it", "leader.maxTimeToWaitForEpoch"),
            silent("sockets never wait for more to send", "follower.nodelay").bare(),
            silent("sockets never wait for more to send", "leader.nodelay").bare(),
            silent("sockets are closed without waiting", "leader.closeSocketAsync"),
            silent("sockets are closed without waiting", "learner.closeSocketAsync"),
            silent("nothing waits for a socket", "learner.asyncSending"),
            silent("acknowledgements are not logged one by one", "leader.ackLoggingFrequency"),
            silent(LEARNERS, "commitLogCount"),
            silent(LEARNERS, "snapshotSizeFactor"),
            silent(LEARNERS, "forceSnapshotSync"),
            silent(LEARNERS, "leader.maxConcurrentDiffSyncs"),
            silent(LEARNERS, "leader.maxConcurrentSnapSyncs"),
            silent("requests are ordered first and executed once", "follower.skipLearnerRequestToNextProcessor"),
            silent(
                    "requests are ordered first and executed once",
                    "forward_learner_requests_to_commit_processor_disabled"));

    private static final List<Key> CONNECTIONS = List.of(
            honoured("clientPort"),
            honoured("clientPortAddress"),
            honoured("clientPortListenBacklog"),
            honoured("clientTcpKeepAlive"),
            honoured("tcpKeepAlive"),
            honoured("maxClientCnxns"),
            honoured("maxCnxns"),
            honoured("nio.sessionlessCnxnTimeout"),
            honoured("minSessionTimeout"),
            honoured("maxSessionTimeout"),
            honoured("localSessionsEnabled"),
            honoured("localSessionsUpgradingEnabled"),
            honoured("readonlymode.enabled").bare(),
            honoured("connectionMaxTokens", "connection_throttle_tokens"),
            honoured("connectionTokenFillTime", "connection_throttle_fill_time"),
            honoured("connectionTokenFillCount", "connection_throttle_fill_count"),
            honoured("connectionFreezeTime", "connection_throttle_freeze_time"),
            honoured("connectionDropIncrease", "connection_throttle_drop_increase"),
            honoured("connectionDropDecrease", "connection_throttle_drop_decrease"),
            honoured("connectionDecreaseRatio", "connection_throttle_decrease_ratio"),
            honoured("connection_throttle_weight_enabled"),
            honoured("connection_throttle_global_session_weight"),
            honoured("connection_throttle_renew_session_weight"),
            honoured("connection_throttle_local_session_weight"),
            silent("there is one transport", "serverCnxnFactory"),
            silent(SOCKETS, "nio.directBufferBytes"),
            silent(SOCKETS, "nio.numSelectorThreads"),
            silent(SOCKETS, "nio.numWorkerThreads"),
            silent(SOCKETS, "nio.shutdownTimeout"),
            silent(SOCKETS, "intBufferStartingSizeBytes"),
            silent("a client with enough under way is never read from", "netty.advancedFlowControl.enabled"),
            silent(TLS, "netty.server.outstandingHandshake.limit"),
            silent(TLS, "netty.server.earlyDropSecureConnectionHandshakes"));

    private static final List<Key> REQUESTS = List.of(
            honoured("globalOutstandingLimit"),
            honoured("jute.maxbuffer").bare(),
            honoured("largeRequestThreshold"),
            honoured("largeRequestMaxBytes"),
            honoured("requestThrottleLimit", "request_throttle_max_requests"),
            honoured("requestThrottleStallTime", "request_throttle_stall_time"),
            honoured("requestThrottleDropStale", "request_throttle_drop_stale"),
            honoured("requestStaleLatencyCheck", "request_stale_latency_check"),
            honoured("requestStaleConnectionCheck", "request_stale_connection_check"),
            honoured("throttledOpWaitTime", "throttled_op_wait_time"),
            honoured("extendedTypesEnabled"),
            honoured("enforceQuota"),
            honoured("znode.container.checkIntervalMs").bare(),
            honoured("znode.container.maxPerMinute").bare(),
            honoured("znode.container.maxNeverUsedIntervalMs").bare(),
            told("false", "times to live are those of 3.5.4 and later", "emulate353TTLNodes"),
            silent("a length beyond the end of its frame is refused", "jute.maxbuffer.extrasize"),
            silent("access is checked where requests are executed", "enableEagerACLCheck"),
            silent(ONE_LOOP, "commitProcessor.maxCommitBatchSize"),
            silent(ONE_LOOP, "commitProcessor.maxReadBatchSize"),
            silent(ONE_LOOP, "commitProcessor.numWorkerThreads"),
            silent(ONE_LOOP, "commitProcessor.shutdownTimeout"),
            silent(ONE_LOOP, "request_throttler.shutdownTimeout"),
            silent("the end of a session always names what goes with it", "closeSessionTxn.enabled"),
            silent(CACHES, "maxGetChildrenResponseCacheSize"),
            silent(CACHES, "maxResponseCacheSize"),
            silent("there is one table of watches", "watchManagerName"),
            silent("there is one table of watches", "bitHashCacheSize"),
            silent("watches of a connection go with it", "watcherCleanIntervalInSeconds"),
            silent("watches of a connection go with it", "watcherCleanThreadsNum"),
            silent("watches of a connection go with it", "watcherCleanThreshold"),
            silent("watches of a connection go with it", "maxInProcessingDeadWatchers"));

    private static final List<Key> DISK = List.of(
            honoured("dataDir"),
            honoured("dataLogDir"),
            told("0", "nothing needs purging: old log goes with each checkpoint", "autopurge.purgeInterval"),
            told("", "nothing needs purging: there is one checkpoint", "autopurge.snapRetainCount"),
            told("yes", "every write is on the disk of a majority before it is answered", "forceSync"),
            told("", "zab.checkpointMs and zab.checkpointLogBytes decide when to write a checkpoint", "snapCount"),
            told("", "zab.checkpointLogBytes decides when to write a checkpoint", "snapSizeLimitInKb"),
            told("", "the checkpoint is not compressed", "snapshot.compression.method"),
            told("-1", "zab.segmentBytes decides the size of a file of the log", "txnLogSizeLimitInKb"),
            told("true", "a directory that is missing is made", "datadir.autocreate"),
            told("true", "an empty member never votes before the others have let it in", "db.autocreate"),
            silent("a member without its checkpoint is synchronized by the others", "snapshot.trust.empty"),
            silent(LOG, "preAllocSize"),
            silent(LOG, "flushDelay"),
            silent(LOG, "maxBatchSize"),
            silent(LOG, "maxWriteQueuePollTime"),
            silent("mntr tells how long syncs take", "fsync.warningthresholdms").bare(),
            silent("the state always has a digest", "digest.enabled"),
            silent("a checkpoint knows its position", "serializeLastProcessedZxid.enabled"));

    private static final List<Key> SECURITY = List.of(
            honoured("DigestAuthenticationProvider.superDigest"),
            honoured("DigestAuthenticationProvider.digestAlg"),
            honoured("DigestAuthenticationProvider.enabled"),
            honoured("enforce.auth.enabled"),
            honoured("enforce.auth.schemes"),
            honoured("authProvider.*"),
            honoured("audit.enable"),
            told("", "audit.enable alone decides; the lines go to the logger", "audit.impl.class"),
            refused("no", "access checks cannot be switched off", "skipACL"),
            refused("false", NO_SASL, "sessionRequireClientSASLAuth"),
            refused("false", NO_SASL, "quorum.auth.enableSasl"),
            refused("false", NO_SASL, "quorum.auth.learnerRequireSasl"),
            refused("false", NO_SASL, "quorum.auth.serverRequireSasl"),
            silent("there is no SASL between members", "quorum.auth.*"),
            told(
                    "",
                    "no ZooKeeper 3.9 reads it either; enforce.auth.schemes does what it says",
                    "requireClientAuthScheme"),
            told("", "only a digest can be the superuser: DigestAuthenticationProvider.superDigest", "superUser"),
            told("", "only a digest can be the superuser: DigestAuthenticationProvider.superDigest", "superUser.*"),
            told(
                    "",
                    "only a digest can be the superuser: DigestAuthenticationProvider.superDigest",
                    "X509AuthenticationProvider.superUser"),
            told(
                    "",
                    "only a digest can be the superuser: DigestAuthenticationProvider.superDigest",
                    "SASLAuthenticationProvider.superPassword"),
            told("false", SASL, "allowSaslFailedClients"),
            told("", SASL, "letAnySaslUserDoX"),
            told("", SASL, "sasl.serverconfig"),
            silent(SASL, "jaasLoginRenew"),
            silent(SASL, "kerberos.*"),
            silent(SASL, "requireKerberosConfig"),
            silent(SASL, "security.auth_to_local"),
            told("", "there is no scheme ensemble", "ensembleAuthName"),
            told(
                    "false",
                    "what a request claims about its origin is never believed",
                    "IPAuthenticationProvider.usexforwardedfor"));

    private static final List<Key> TRANSPORT_SECURITY = List.of(
            refused("", NO_TLS, "secureClientPort"),
            refused("", NO_TLS, "secureClientPortAddress"),
            refused("false", NO_TLS, "sslQuorum"),
            told("false", TLS, "sslQuorumReloadCertFiles"),
            told("false", TLS, "client.portUnification"),
            told("false", TLS, "portUnification"),
            told("false", TLS, "client.certReload"),
            silent(TLS, "fips-mode"),
            tls("authProvider"),
            tls("ciphersuites"),
            tls("clientAuth"),
            tls("clientHostnameVerification"),
            tls("closeHandshakeTimeoutMillis"),
            tls("context.supplier.class"),
            tls("crl"),
            tls("enabledProtocols"),
            tls("handshakeDetectionTimeoutMillis"),
            tls("hostnameVerification"),
            tls("keyStore.location"),
            tls("keyStore.password"),
            tls("keyStore.passwordPath"),
            tls("keyStore.type"),
            tls("ocsp"),
            tls("protocol"),
            tls("sslProvider"),
            tls("tcnative.ocsp"),
            tls("trustStore.location"),
            tls("trustStore.password"),
            tls("trustStore.passwordPath"),
            tls("trustStore.type"));

    private static final List<Key> OPERATORS = List.of(
            honoured("4lw.commands.whitelist"),
            honoured("admin.enableServer"),
            honoured("admin.serverAddress"),
            honoured("admin.serverPort"),
            honoured("admin.commandURL"),
            honoured("admin.idleTimeout"),
            refused("false", NO_TLS, "admin.forceHttps"),
            refused("false", NO_TLS, "admin.needClientAuth"),
            silent(TLS, "admin.portUnification"),
            silent("HTTP 1.1 is spoken", "admin.httpVersion"),
            told("false", "a snapshot is not handed out over HTTP", "admin.snapshot.enabled"),
            told("false", "a state is not taken in over HTTP", "admin.restore.enabled"),
            silent("a snapshot is not handed out over HTTP", "admin.rateLimiterIntervalInMS"),
            honoured("metricsProvider.className"),
            honoured("metricsProvider.httpHost"),
            honoured("metricsProvider.httpPort"),
            honoured("metricsProvider.exportJvmInfo"),
            silent("figures are collected on the loop itself", "metricsProvider.maxQueueSize"),
            silent("figures are collected on the loop itself", "metricsProvider.numWorkerThreads"),
            silent("figures are collected on the loop itself", "metricsProvider.workerShutdownTimeoutMs"),
            told("", "this option of a provider does nothing", "metricsProvider.*"),
            silent("the JVM's own figures tell", "jvm.pause.info-threshold.ms"),
            silent("the JVM's own figures tell", "jvm.pause.monitor"),
            silent("the JVM's own figures tell", "jvm.pause.sleep.time.ms"),
            silent("the JVM's own figures tell", "jvm.pause.warn-threshold.ms"),
            silent(DIAGNOSTICS, "messageTracker.BufferSize"),
            silent(DIAGNOSTICS, "messageTracker.Enabled"),
            silent(DIAGNOSTICS, "pathStats.delay"),
            silent(DIAGNOSTICS, "pathStats.enabled"),
            silent(DIAGNOSTICS, "pathStats.initialDelay"),
            silent(DIAGNOSTICS, "pathStats.maxDepth"),
            silent(DIAGNOSTICS, "pathStats.sampleRate"),
            silent(DIAGNOSTICS, "pathStats.slotCapacity"),
            silent(DIAGNOSTICS, "pathStats.slotDuration"),
            silent(DIAGNOSTICS, "pathStats.topPathMax"),
            silent("there is nothing in JMX", "jmx.log4j.disable"),
            silent("there is nothing in JMX", "jmx.log4j.mbean"),
            silent(LOGGING, "console.threshold"),
            silent(LOGGING, "log.dir"),
            silent(LOGGING, "log.file"),
            silent(LOGGING, "log.threshold"),
            silent(LOGGING, "root.logger"),
            silent(LOGGING, "tracelog.dir"),
            silent(LOGGING, "tracelog.file"));

    /** A system property of these can be meant for a client in the same process. */
    private static final List<Key> ELSEWHERE = List.of(
            silent(CLIENTS, "client.secure"),
            silent(CLIENTS, "clientCnxnSocket"),
            silent(CLIENTS, "disableAutoWatchReset"),
            silent(CLIENTS, "kinit"),
            silent(CLIENTS, "request.timeout"),
            silent(CLIENTS, "sasl.client"),
            silent(CLIENTS, "sasl.client.canonicalize.hostname"),
            silent(CLIENTS, "sasl.client.username"),
            silent(CLIENTS, "sasl.clientconfig"),
            silent(CLIENTS, "server.principal"),
            silent(CLIENTS, "server.realm"),
            silent(TESTS, "configuration"),
            silent(TESTS, "controllerPort"),
            silent(TESTS, "test.allowDiscontinuousProposals"),
            silent(TESTS, "testingonly.initialZxid"));

    /** The exact names before the families, so that the first that fits is the right one. */
    static final List<Key> ALL = Stream.of(
                    OWN, MEMBERS, CONNECTIONS, REQUESTS, DISK, SECURITY, TRANSPORT_SECURITY, OPERATORS, ELSEWHERE)
            .flatMap(List::stream)
            .toList();

    private KeyTable() {}

    private static Key tls(String option) {
        return told("", TLS, "ssl." + option, "ssl.quorum." + option);
    }
}
