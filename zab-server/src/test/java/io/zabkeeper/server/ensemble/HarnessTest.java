package io.zabkeeper.server.ensemble;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;
import org.junit.jupiter.api.Test;

/** Real members with the files and options that the harnesses and images of other projects give to ZooKeeper. */
class HarnessTest {
    private static final Pattern PEER_PORT = Pattern.compile("server\\.1=127\\.0\\.0\\.1:(\\d+):");

    /** As kazoo starts the ensemble of its tests. */
    @Test
    void an_ensemble_as_kazoo_starts_it_serves_and_knows_its_superuser() throws Exception {
        try (TestEnsemble ensemble = TestEnsemble.started(
                        3,
                        "peerType=participant",
                        "authProvider.1=org.apache.zookeeper.server.auth.SASLAuthenticationProvider",
                        "reconfigEnabled=true",
                        "standaloneEnabled=false",
                        "admin.serverPort=0",
                        "quorumListenOnAllIPs=true",
                        "tcpKeepAlive=true",
                        "clientTcpKeepAlive=true",
                        "requireClientAuthScheme=sasl",
                        "jaasLoginRenew=3600000",
                        "-Dreadonlymode.enabled=true",
                        "-Dzookeeper.DigestAuthenticationProvider.superDigest=super:gG7s8t3oDEtIqF6DM9LlI/R+9Ss=",
                        "-Dzookeeper.extendedTypesEnabled=true",
                        "-Dzookeeper.4lw.commands.whitelist=ruok",
                        "-Dzookeeper.log.dir=/nowhere");
                ApacheSession session = ApacheSession.connect(ensemble.connectString())) {
            ZooKeeper zk = session.zk();

            List<ACL> nobody = Collections.singletonList(new ACL(ZooDefs.Perms.READ, new Id("digest", "nobody:x")));
            zk.create("/secret", "hidden".getBytes(UTF_8), nobody, CreateMode.PERSISTENT);
            zk.addAuthInfo("digest", "super:super".getBytes(UTF_8));

            assertThat(zk.getData("/secret", false, null)).isEqualTo("hidden".getBytes(UTF_8));
            assertThat(ensemble.member(1).log())
                    .contains("reconfigEnabled is accepted, but reconfig is answered with RECONFIG_DISABLED")
                    .contains("authProvider.1 is accepted, but there is no SASL")
                    .doesNotContain("peerType is");
            try (Socket elsewhere = new Socket()) {
                elsewhere.connect(new InetSocketAddress(loopback(2), peerPort(ensemble.member(1))), 1_000);
            }
        }
    }

    @Test
    void without_quorum_listen_on_all_ips_a_member_listens_where_its_line_says() throws Exception {
        try (TestEnsemble ensemble = TestEnsemble.configured(3)) {
            MemberProcess member = ensemble.member(1);
            member.start();
            int port = peerPort(member);
            Eventually.holds("the peer port is open", Duration.ofSeconds(30), () -> {
                try (Socket here = new Socket()) {
                    here.connect(new InetSocketAddress(loopback(1), port), 1_000);
                    return true;
                }
            });

            assertThatThrownBy(() -> {
                        try (Socket elsewhere = new Socket()) {
                            elsewhere.connect(new InetSocketAddress(loopback(2), port), 1_000);
                        }
                    })
                    .isInstanceOf(ConnectException.class);
        }
    }

    /** As the images of Bitnami and of Docker write it, with a bound that is met. */
    @Test
    void a_member_with_the_file_of_an_image_serves_as_many_as_it_may() throws Exception {
        try (TestEnsemble ensemble = TestEnsemble.configured(
                1,
                "preAllocSize=65536",
                "snapCount=100000",
                "maxCnxns=3",
                "reconfigEnabled=false",
                "standaloneEnabled=true",
                "autopurge.snapRetainCount=3",
                "autopurge.purgeInterval=0",
                "maxSessionTimeout=40000",
                "admin.enableServer=false",
                "admin.serverPort=8080",
                "metricsProvider.className=org.apache.zookeeper.metrics.impl.DefaultMetricsProvider")) {
            MemberProcess member = ensemble.member(1);
            member.start();
            ensemble.awaitServing();

            List<Socket> clients = new ArrayList<>();
            try {
                for (int i = 0; i < 3; i++) {
                    clients.add(connected(member));
                }
                Eventually.holds("one more is closed at once", Duration.ofSeconds(30), () -> isClosed(member));
                clients.remove(0).close();
                Eventually.holds(
                        "there is room again", Duration.ofSeconds(30), () -> "standalone".equals(member.mode()));
            } finally {
                for (Socket client : clients) {
                    client.close();
                }
            }
        }
    }

    /** As ZooKeeper itself rewrites the file of a member whose membership may change. */
    @Test
    void members_may_stand_in_a_file_of_their_own() throws Exception {
        try (TestEnsemble ensemble = TestEnsemble.configured(1)) {
            MemberProcess member = ensemble.member(1);
            Path members = member.config().resolveSibling("zoo.cfg.dynamic.100000000");
            Files.writeString(members, "server.1=127.0.0.1:2888:3888:participant\n");
            Files.writeString(
                    member.config(), Files.readString(member.config()) + "dynamicConfigFile=" + members + "\n");

            member.start();
            ensemble.awaitServing();

            assertThat(member.mode()).isEqualTo("standalone");
        }
    }

    private static InetAddress loopback(int host) throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) host});
    }

    private static int peerPort(MemberProcess member) throws IOException {
        Matcher line = PEER_PORT.matcher(Files.readString(member.config()));
        assertThat(line.find()).isTrue();
        return Integer.parseInt(line.group(1));
    }

    private static Socket connected(MemberProcess member) throws IOException {
        return new Socket(loopback(1), member.clientPort());
    }

    private static boolean isClosed(MemberProcess member) throws IOException {
        try (Socket client = connected(member)) {
            client.setSoTimeout(1_000);
            return client.getInputStream().read() == -1;
        }
    }
}
