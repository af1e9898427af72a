package io.zabkeeper.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.zabkeeper.consensus.Configuration;
import io.zabkeeper.consensus.quorum.NodeId;
import io.zabkeeper.consensus.quorum.NodeSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigFileTest {
    private static final String THREE = """
            server.1=one:2888:3888
            server.2=two:2888:3888:participant;2181
            server.3=[::3]:2888:3888:observer;[::]:2181
            """;

    @TempDir
    Path dir;

    private Path file;
    private final Map<String, String> properties = new TreeMap<>();

    @BeforeEach
    void name_the_file() {
        file = dir.resolve("zoo.cfg");
    }

    @Test
    void the_members_may_be_in_a_file_of_their_own() throws Exception {
        myid("2");
        Path members = dir.resolve("zoo.cfg.dynamic.100000000");
        Files.writeString(members, THREE, StandardCharsets.UTF_8);

        ServerConfig config = read("dynamicConfigFile=" + members + "\n");

        assertThat(config.ensemble().configuration())
                .isEqualTo(new Configuration(0, NodeSet.ofValues(1, 2), NodeSet.ofValues(3)));
        assertThat(config.warnings()).isEmpty();
        assertThat(refusal("server.4=h:1:2\ndynamicConfigFile=" + members + "\n"))
                .isEqualTo(file + ":2: server.4=h:1:2: the members are in " + members
                        + ", see line 3; write them in one file");
        Files.writeString(members, THREE + "clientPort=2181\n", StandardCharsets.UTF_8);
        assertThat(refusal("dynamicConfigFile=" + members + "\n"))
                .isEqualTo(members + ":4: clientPort=2181: expected server.N lines only in the file for the members");
    }

    @Test
    void two_names_of_one_key_are_one_too_many() {
        assertThat(refusal("clientPort=1\nrequestThrottleLimit=1\nrequest_throttle_max_requests=2\n"))
                .isEqualTo(file + ":4: request_throttle_max_requests=2: already set in line 3 as requestThrottleLimit;"
                        + " a key may be written once");
    }

    @Test
    void a_system_property_meets_the_same_verdicts_as_a_key() throws Exception {
        properties.put("zookeeper.snapCount", "1000");
        properties.put("zookeeper.preAllocSize", "100");
        properties.put("zookeeper.forceSync", "yes");
        properties.put("follower.nodelay", "true");
        properties.put("zookeeper.authProvider.1", "org.apache.zookeeper.server.auth.SASLAuthenticationProvider");
        properties.put("zookeeper.authProvider.2", "com.example.Custom");
        properties.put("zookeeper.maxcnxns", "5");
        properties.put("zookeeper.server.1", "h:1:2");
        properties.put("java.io.tmpdir", "/tmp");

        assertThat(read("clientPort=2181\n").warnings())
                .containsExactly(
                        "-Dzookeeper.authProvider.1 is accepted, but there is no SASL; a client that tries it is answered"
                                + " as by a server without a login.",
                        "-Dzookeeper.authProvider.2 is accepted, but classes are not loaded; the schemes are world, auth,"
                                + " digest and ip.",
                        "-Dzookeeper.maxcnxns is not known and does nothing; the nearest known one is"
                                + " zookeeper.maxCnxns.",
                        "-Dzookeeper.server.1 does nothing; write it into the file.",
                        "-Dzookeeper.snapCount is accepted, but zab.checkpointMs and zab.checkpointLogBytes decide when to"
                                + " write a checkpoint.");

        properties.put("zookeeper.skipACL", "yes");
        assertThat(refusal("clientPort=2181\n"))
                .isEqualTo("-Dzookeeper.skipACL=yes: access checks cannot be switched off");
    }

    @Test
    void a_data_directory_and_a_client_port_make_a_standalone_member() throws Exception {
        ServerConfig config = read("clientPort=2181\n");

        assertThat(config)
                .isEqualTo(new ServerConfig(
                        new ServerConfig.Listeners(new Endpoint("0.0.0.0", 2181), null, -1, 0, false, false),
                        new ServerConfig.Ensemble(new NodeId(1), List.of(), "zab"),
                        new ServerConfig.Timing(3000, 10, 5, 6000, 60_000, 100, 1500, 200),
                        new ServerConfig.Storage(dir, dir, 64 << 20, 5_000, 32 << 20),
                        new ServerConfig.Agreed(true, false, true, 1024, 256, 10_000),
                        new ServerConfig.Limits(60, 0, 1000, 0xfffff, 64 << 20, 64 << 20, -1, 100 << 20),
                        new ServerConfig.Throttling(0, 100, true, false, true, 0),
                        new ServerConfig.Handshakes(0, 1, 1, -1, 0.02, 0.002, 0, false, 3, 2, 1),
                        new ServerConfig.Sessions(10_000, false, false, false),
                        new ServerConfig.Containers(60_000, 10_000, 0),
                        new ServerConfig.Security(null, "SHA-1", List.of(), false),
                        new ServerConfig.Admin(
                                List.of("srvr"), new ServerConfig.Http(false, "127.0.0.1", 8080, "/commands", 30_000)),
                        new ServerConfig.Metrics(false, "0.0.0.0", 7000, true),
                        List.of()));
        assertThat(config.ensemble().isStandalone()).isTrue();
        assertThat(config.ensemble().configuration())
                .isEqualTo(new Configuration(0, NodeSet.ofValues(1), NodeSet.EMPTY));
    }

    @Test
    void every_key_that_is_honoured_arrives() throws Exception {
        ServerConfig config = read("""
                dataLogDir=/log
                clientPort=2182
                clientPortAddress=[::1]
                clientPortListenBacklog=128
                tickTime=2000
                initLimit=20
                syncLimit=7
                minSessionTimeout=1000
                maxSessionTimeout=-1
                maxClientCnxns=0
                maxCnxns=5000
                globalOutstandingLimit=77
                jute.maxbuffer=0x400000
                extendedTypesEnabled=FALSE
                enforceQuota=true
                DigestAuthenticationProvider.enabled=false
                zab.maxPathLevels=10
                zab.maxAclEntries=11
                zab.maxMultiOperations=12
                zab.maxReplyBytes=70000
                zab.maxUnreadBytes=80000
                largeRequestThreshold=1000
                largeRequestMaxBytes=5000
                requestThrottleLimit=9
                request_throttle_stall_time=50
                requestThrottleDropStale=false
                requestStaleLatencyCheck=true
                requestStaleConnectionCheck=false
                throttled_op_wait_time=700
                connectionMaxTokens=100
                connectionTokenFillTime=10
                connectionTokenFillCount=2
                connectionFreezeTime=1000
                connectionDropIncrease=0.5
                connectionDropDecrease=0.25
                connectionDecreaseRatio=0.125
                connection_throttle_weight_enabled=true
                connection_throttle_global_session_weight=6
                connection_throttle_renew_session_weight=5
                connection_throttle_local_session_weight=4
                nio.sessionlessCnxnTimeout=7000
                readonlymode.enabled=true
                localSessionsEnabled=true
                localSessionsUpgradingEnabled=true
                znode.container.checkIntervalMs=1000
                znode.container.maxPerMinute=20
                znode.container.maxNeverUsedIntervalMs=3000
                DigestAuthenticationProvider.digestAlg=SHA3-256
                enforce.auth.enabled=true
                enforce.auth.schemes=digest, ip
                audit.enable=true
                clientTcpKeepAlive=true
                tcpKeepAlive=true
                admin.serverAddress=[::]
                admin.serverPort=0
                admin.commandURL=/ops
                admin.idleTimeout=1000
                metricsProvider.className=org.apache.zookeeper.metrics.prometheus.PrometheusMetricsProvider
                metricsProvider.httpHost=localhost
                metricsProvider.httpPort=7070
                metricsProvider.exportJvmInfo=false
                DigestAuthenticationProvider.superDigest=super:xQJmxLMiHGwaqBvst5y6rkB6HQs=
                4lw.commands.whitelist=ruok, SRVR,mntr
                zab.heartbeatMs=50
                zab.leaderSilenceMs=900
                zab.finalizeWaitMs=10
                zab.ioThreads=2
                zab.segmentBytes=1048576
                zab.checkpointMs=5000
                zab.checkpointLogBytes=2097152
                zab.broadcast=zab
                """);

        assertThat(config)
                .isEqualTo(new ServerConfig(
                        new ServerConfig.Listeners(new Endpoint("::1", 2182), null, 128, 2, true, true),
                        new ServerConfig.Ensemble(new NodeId(1), List.of(), "zab"),
                        new ServerConfig.Timing(2000, 20, 7, 1000, 40_000, 50, 900, 10),
                        new ServerConfig.Storage(dir, Path.of("/log"), 1 << 20, 5000, 2 << 20),
                        new ServerConfig.Agreed(false, true, false, 10, 11, 12),
                        new ServerConfig.Limits(0, 5000, 77, 0x400000, 70_000, 80_000, 1000, 5000),
                        new ServerConfig.Throttling(9, 50, false, true, false, 700),
                        new ServerConfig.Handshakes(100, 10, 2, 1000, 0.5, 0.25, 0.125, true, 6, 5, 4),
                        new ServerConfig.Sessions(7_000, true, true, true),
                        new ServerConfig.Containers(1000, 20, 3000),
                        new ServerConfig.Security(
                                "super:xQJmxLMiHGwaqBvst5y6rkB6HQs=", "SHA3-256", List.of("digest", "ip"), true),
                        new ServerConfig.Admin(
                                List.of("srvr", "ruok", "mntr"), new ServerConfig.Http(true, "::", 0, "/ops", 1000)),
                        new ServerConfig.Metrics(true, "localhost", 7070, false),
                        List.of()));
    }

    @Test
    void an_ensemble_has_its_members_in_order_and_listens_as_its_own_line_says() throws Exception {
        myid(" 2\n");

        ServerConfig config = read(THREE);

        assertThat(config.ensemble().self()).isEqualTo(new NodeId(2));
        assertThat(config.ensemble().isStandalone()).isFalse();
        assertThat(config.ensemble().isObserver()).isFalse();
        assertThat(config.ensemble().configuration())
                .isEqualTo(new Configuration(0, NodeSet.ofValues(1, 2), NodeSet.ofValues(3)));
        assertThat(config.listeners().client()).isEqualTo(new Endpoint("0.0.0.0", 2181));
        assertThat(config.listeners().peer()).isEqualTo(new Endpoint("two", 2888));
        assertThat(config.ensemble().text(0x1_0000_0000L)).isEqualTo("""
                        server.1=one:2888:3888:participant
                        server.2=two:2888:3888:participant;0.0.0.0:2181
                        server.3=[::3]:2888:3888:observer;[::]:2181
                        version=100000000""");
    }

    @Test
    void each_member_has_its_share_of_the_outstanding_requests() throws Exception {
        String rest = "server.4=h4:1:2\nserver.5=h5:1:2\nserver.6=h6:1:2\n";

        assertThat(read("clientPort=1\n").outstandingRequestsPerMember()).isEqualTo(1000);
        myid("2");
        assertThat(read(THREE).outstandingRequestsPerMember()).isEqualTo(1000);
        assertThat(read(THREE + rest + "globalOutstandingLimit=1001\n").outstandingRequestsPerMember())
                .isEqualTo(1001 / 4);
        assertThat(read(THREE + rest + "globalOutstandingLimit=1\n").outstandingRequestsPerMember())
                .isEqualTo(1);
    }

    @Test
    void members_listen_on_every_address_when_asked_to() throws Exception {
        myid("2");

        assertThat(read(THREE + "quorumListenOnAllIPs=true\n").listeners().peer())
                .isEqualTo(new Endpoint("0.0.0.0", 2888));
    }

    @Test
    void a_single_server_line_makes_a_standalone_member_with_its_number() throws Exception {
        ServerConfig config = read("server.7=localhost:2888:3888;127.0.0.1:2183\n");

        assertThat(config.ensemble().self()).isEqualTo(new NodeId(7));
        assertThat(config.ensemble().isStandalone()).isTrue();
        assertThat(config.ensemble().text(0)).isEmpty();
        assertThat(config.listeners())
                .isEqualTo(new ServerConfig.Listeners(new Endpoint("127.0.0.1", 2183), null, -1, 0, false, false));
    }

    @Test
    void the_narrower_of_two_client_addresses_counts() throws Exception {
        ServerConfig narrowHere = read("server.1=h:1:2;9\nclientPort=9\nclientPortAddress=10.0.0.1\n");
        ServerConfig narrowThere = read("server.1=h:1:2;10.0.0.2:9\nclientPort=9\n");

        assertThat(narrowHere.listeners().client()).isEqualTo(new Endpoint("10.0.0.1", 9));
        assertThat(narrowThere.listeners().client()).isEqualTo(new Endpoint("10.0.0.2", 9));
    }

    @Test
    void myid_names_a_standalone_member_too() throws Exception {
        myid("9");

        assertThat(read("clientPort=2181\n").ensemble().self()).isEqualTo(new NodeId(9));
    }

    @Test
    void a_system_property_counts_where_the_file_is_silent() throws Exception {
        properties.put("zookeeper.DigestAuthenticationProvider.superDigest", "super:abc=");
        properties.put("jute.maxbuffer", "2000000");
        properties.put("zookeeper.maxCnxns", "10");

        ServerConfig config = read("clientPort=2181\nmaxCnxns=20\n");

        assertThat(config.security().superDigest()).isEqualTo("super:abc=");
        assertThat(config.limits().frameBytes()).isEqualTo(2_000_000);
        assertThat(config.limits().clientConnections()).isEqualTo(20);
    }

    @Test
    void a_system_property_has_all_names_that_zookeeper_reads_or_documents() throws Exception {
        properties.put("zookeeper.request_throttle_max_requests", "10");
        properties.put("zookeeper.connectionMaxTokens", "20");
        properties.put("readonlymode.enabled", "true");
        properties.put("zookeeper.localSessionsEnabled", "true");

        ServerConfig config = read("clientPort=2181\n");

        assertThat(config.throttling().mostRequests()).isEqualTo(10);
        assertThat(config.handshakes().tokens()).isEqualTo(20);
        assertThat(config.sessions().readOnly()).isTrue();
        assertThat(config.sessions().local()).isTrue();
    }

    @Test
    void the_http_server_is_off_until_a_port_or_an_address_is_written_or_it_is_switched_on() throws Exception {
        assertThat(read("clientPort=2181\n").admin().http().enabled()).isFalse();
        assertThat(read("clientPort=2181\nadmin.serverPort=8081\n").admin().http())
                .isEqualTo(new ServerConfig.Http(true, "127.0.0.1", 8081, "/commands", 30_000));
        assertThat(read("clientPort=2181\nadmin.enableServer=true\n").admin().http())
                .isEqualTo(new ServerConfig.Http(true, "127.0.0.1", 8080, "/commands", 30_000));
        assertThat(read("clientPort=2181\nadmin.enableServer=false\nadmin.serverPort=8081\n")
                        .admin()
                        .http()
                        .enabled())
                .isFalse();
    }

    @Test
    void schemes_that_nobody_can_prove_are_not_enforced() throws Exception {
        assertThat(read("clientPort=1\nenforce.auth.schemes=digest\n")
                        .security()
                        .enforcedSchemes())
                .isEmpty();
        assertThat(refusal("clientPort=1\nenforce.auth.enabled=true\n"))
                .isEqualTo(file + ":3: enforce.auth.enabled=true: expected enforce.auth.schemes too");
        assertThat(refusal("clientPort=1\nenforce.auth.enabled=true\nenforce.auth.schemes=digest,sasl\n"))
                .isEqualTo(file + ":4: enforce.auth.schemes=digest,sasl: no client can prove an id of scheme 'sasl'"
                        + " here; expected digest or ip, or both with a comma between");
    }

    @Test
    void a_bad_system_property_is_named_as_one() {
        properties.put("jute.maxbuffer", "lots");

        assertThat(refusal("clientPort=2181\n"))
                .isEqualTo("-Djute.maxbuffer=lots: expected a number of bytes from 1024 to 1073741824");
    }

    @Test
    void keys_of_zookeeper_without_a_use_are_accepted_and_the_notable_ones_told() throws Exception {
        ServerConfig config = read("""
                clientPort=2181
                preAllocSize=65536
                autopurge.purgeInterval=1
                sslQuorum=false
                ssl.clientAuth=none
                standaloneEnabled=true
                """);

        assertThat(config.warnings())
                .containsExactly(
                        file + ":4: autopurge.purgeInterval is accepted, but nothing needs purging: old log goes with"
                                + " each checkpoint.",
                        file + ":6: ssl.clientAuth is accepted, but there is no TLS yet.");
    }

    @Test
    void the_server_line_counts_when_peer_type_says_otherwise() throws Exception {
        myid("3");

        ServerConfig config = read(THREE + "peerType=participant\n");

        assertThat(config.ensemble().isObserver()).isTrue();
        assertThat(config.warnings())
                .containsExactly(file + ":5: peerType is participant, but server.3 is written as an observer;"
                        + " the server line counts.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "tickTime=abc ~ tickTime=abc: expected a whole number from 1 to 60000000",
                "tickTime=0 ~ tickTime=0: expected a whole number from 1 to 60000000",
                "clientport=1 ~ clientport=1: unknown key; the nearest known one is clientPort",
                "zab.heartbeat=1 ~ zab.heartbeat=1: unknown key; the nearest known one is zab.heartbeatMs",
                "server1=h:1:2 ~ server1=h:1:2: unknown key; the nearest known one is server.1",
                "dataDir=/x ~ dataDir=/x: already set in line 1 to 'DIR'; a key may be written once",
                "extendedTypesEnabled=yes ~ extendedTypesEnabled=yes: expected true or false",
                "minSessionTimeout=70000 ~ minSessionTimeout=70000: minSessionTimeout is 70000 ms and maxSessionTimeout"
                        + " is 60000 ms; the first must not be larger",
                "maxSessionTimeout=5 ~ maxSessionTimeout=5: minSessionTimeout is 6000 ms and maxSessionTimeout is 5 ms;"
                        + " the first must not be larger",
                "zab.heartbeatMs=1000 ~ zab.heartbeatMs=1000: zab.leaderSilenceMs is 1500 and zab.heartbeatMs is 1000;"
                        + " the first must be at least twice the second",
                "zab.broadcast=raft ~ zab.broadcast=raft: expected zab, the one protocol there is",
                "skipACL=yes ~ skipACL=yes: access checks cannot be switched off",
                "sslQuorum=true ~ sslQuorum=true: TLS is not supported yet; remove the key and protect the port"
                        + " otherwise",
                "group.1=1:2 ~ group.1=1:2: groups and weights are not supported; a quorum is a majority here",
                "DigestAuthenticationProvider.superDigest=secret ~ DigestAuthenticationProvider.superDigest=...:"
                        + " expected user:base64(sha1(user:password))",
                "peerType=voter ~ peerType=voter: expected participant or observer",
                "dataLogDir= ~ dataLogDir=: expected a value",
                "admin.commandURL=commands ~ admin.commandURL=commands: expected a path that begins with a slash and"
                        + " does not end with one",
                "connectionDropIncrease=2 ~ connectionDropIncrease=2: expected a number from 0 to 1",
                "DigestAuthenticationProvider.digestAlg=CRC ~ DigestAuthenticationProvider.digestAlg=CRC: expected one"
                        + " of MD5, SHA-1, SHA-224, SHA-256, SHA-384, SHA-512, SHA1, SHA3-256, SHA3-384, SHA3-512",
            })
    void a_bad_value_is_refused_where_it_stands(String line, String expected) {
        assertThat(refusal("clientPort=2181\n" + line + "\n"))
                .isEqualTo(file + ":3: " + expected.replace("DIR", dir.toString()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "server.0=h:1:2 ~ expected server.N with N from 1 to 254, not '0'",
                "server.x=h:1:2 ~ expected server.N with N from 1 to 254, not 'x'",
                "server.256=h:1:2 ~ expected server.N with N from 1 to 254, not '256'",
                "server.4=h:1 ~ it has 2 fields before the clients' part; GRAMMAR",
                "server.4=h:1:2:learner ~ 'learner' is not a role; GRAMMAR",
                "server.4=h:1:70000 ~ '70000' is not a port; GRAMMAR",
                "server.4=h:1:1 ~ peer port and election port are both 1; they must differ",
                "server.4=[::1:1:2 ~ a bracket is not closed; GRAMMAR",
                "server.4=[::1]1:2 ~ a port is missing behind the bracket; GRAMMAR",
                "server.4=:1:2 ~ a host is empty; GRAMMAR",
                "server.4=h:1:2; ~ a port is missing behind the semicolon; GRAMMAR",
                "server.4=h:1:2;a:b:c ~ 'a:b:c' is not [host:]port; GRAMMAR",
                "server.4=h:1:2;1;2;3 ~ it has 3 semicolons; GRAMMAR",
                "server.4=h:1:2|i:1:2 ~ several addresses for one server are not supported; write one",
                "server.01=h:1:2 ~ line 3 already is server 1; an id may be given once",
                "server.4=two:5:2181 ~ two:2181 is already used by server.2 in line 4",
                "server.4=TWO:5:3888 ~ two:3888 is already used by server.2 in line 4",
                "server.4=h:1:2;1 ~ h:1 is already used by server.4 in line 6",
            })
    void a_bad_server_line_is_refused_where_it_stands(String line, String expected) {
        String grammar =
                "expected host:peerPort:electionPort[:participant|:observer][;[host:]clientPort][;[host:]securePort]";

        assertThat(refusal("clientPort=2181\n" + THREE + line + "\n"))
                .isEqualTo(file + ":6: " + line + ": " + expected.replace("GRAMMAR", grammar));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "four ~ :1: myid=four: expected a whole number from 1 to 254",
                "0 ~ :1: myid=0: expected a whole number from 1 to 254",
                "256 ~ :1: myid=256: expected a whole number from 1 to 254",
                "`` ~ :1: myid=: expected a whole number from 1 to 254",
                "4 ~ :1: myid=4: there is no server.4; there are server.1, server.2, server.3",
            })
    void a_myid_that_names_no_member_is_refused(String text, String expected) throws IOException {
        myid(text);

        assertThat(refusal("clientPort=2181\n" + THREE)).isEqualTo(dir.resolve("myid") + expected);
    }

    @Test
    void an_ensemble_without_myid_is_refused() {
        assertThat(refusal("clientPort=2181\n" + THREE))
                .isEqualTo(dir.resolve("myid") + ": there is no such file; expected one with the number of this server,"
                        + " one of server.1, server.2, server.3");
    }

    @Test
    void a_time_to_live_costs_the_highest_id() {
        assertThat(refusal("clientPort=2181\nserver.255=h:1:2\n"))
                .isEqualTo(file + ":3: server.255=h:1:2: expected server.N with N from 1 to 254, not '255'");
    }

    @Test
    void missing_keys_are_told() {
        assertThat(refusal(""))
                .isEqualTo(file + ": clientPort: missing; expected the port for clients, here or in" + " server.N");
        assertThat(refusal("clientPortAddress=::\n"))
                .isEqualTo(file + ":2: clientPortAddress=::: expected clientPort too");
        assertThat(refusal("clientPort=1\nserver.1=h:2:3:observer\n"))
                .isEqualTo(file + ": server.N: all 1 are observers; at least one must vote");
    }

    @Test
    void two_different_client_ports_are_refused() throws IOException {
        myid("2");

        assertThat(refusal("clientPort=2182\n" + THREE))
                .isEqualTo(file + ":2: clientPort=2182: the clients' port is 0.0.0.0:2182 here and 0.0.0.0:2181"
                        + " in this server's own line; write it once");
    }

    @Test
    void a_client_port_that_the_members_use_is_refused() throws IOException {
        myid("1");

        assertThat(refusal("clientPort=3888\n" + THREE))
                .isEqualTo(file + ":2: clientPort=3888: server.1 already uses the port for the other members");
    }

    @Test
    void a_credential_is_never_repeated() {
        String key = "DigestAuthenticationProvider.superDigest";

        assertThat(refusal("clientPort=1\n" + key + "=super:a\n" + key + "=super:b\n"))
                .isEqualTo(file + ":4: " + key + "=...: already set in line 3 to '...'; a key may be written once");
    }

    @Test
    void a_promise_of_tls_is_refused() throws IOException {
        assertThat(refusal("server.1=h:1:2;;2281\nclientPort=3\n"))
                .isEqualTo(file + ": server.1: TLS is not supported yet; remove the second client port");
    }

    @Test
    void a_file_that_cannot_be_read_is_refused() throws IOException {
        ConfigException missing = catchThrowableOfType(ConfigException.class, () -> ConfigFile.read(file, properties));
        Files.write(file, new byte[] {'a', '=', (byte) 0xff});
        ConfigException binary = catchThrowableOfType(ConfigException.class, () -> ConfigFile.read(file, properties));

        assertThat(missing).hasMessage(file + ": there is no such file");
        assertThat(binary).hasMessage(file + ": the file is not UTF-8");
    }

    @Test
    void a_refusal_carries_its_parts() {
        ConfigException refusal =
                catchThrowableOfType(ConfigException.class, () -> read("clientPort=2181\ntickTime=x\n"));

        assertThat(refusal.origin()).isEqualTo(file.toString());
        assertThat(refusal.line()).isEqualTo(3);
        assertThat(refusal.key()).isEqualTo("tickTime");
    }

    @Test
    void the_sample_is_accepted_and_shows_the_defaults() throws Exception {
        String sample = Files.readString(
                Path.of(System.getProperty("zabkeeper.root", ".."), "conf", "zab.cfg"), StandardCharsets.UTF_8);
        String data = "dataDir=" + dir + "\n";
        String written = sample.replace("dataDir=./data\n", data);
        String uncommented = written.replaceAll(
                "(?m)^#(?!server|dataLogDir|Digest\\S+superDigest|metricsProvider.className)(\\S+=)", "$1");
        assertThat(uncommented).contains("\nzab.broadcast=zab\n").doesNotContain("\n#zab");

        Files.writeString(file, written, StandardCharsets.UTF_8);
        ServerConfig asWritten = ConfigFile.read(file, properties);
        Files.writeString(file, uncommented, StandardCharsets.UTF_8);
        ServerConfig withDefaultsWritten = ConfigFile.read(file, properties);

        assertThat(asWritten.warnings()).isEmpty();
        assertThat(withDefaultsWritten).isEqualTo(asWritten);
    }

    private ServerConfig read(String text) throws ConfigException, IOException {
        Files.writeString(file, "dataDir=" + dir + "\n" + text, StandardCharsets.UTF_8);
        return ConfigFile.read(file, properties);
    }

    private String refusal(String text) {
        ConfigException refusal = catchThrowableOfType(ConfigException.class, () -> read(text));
        assertThat(refusal).as("refusal of %s", text).isNotNull();
        return String.valueOf(refusal.getMessage());
    }

    private void myid(String text) throws IOException {
        Files.writeString(dir.resolve("myid"), text, StandardCharsets.UTF_8);
    }
}
