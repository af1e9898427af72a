package io.zabkeeper.server.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zabkeeper.server.ensemble.ApacheSession;
import io.zabkeeper.server.ensemble.Eventually;
import io.zabkeeper.server.ensemble.MemberProcess;
import io.zabkeeper.server.ensemble.RawClient;
import io.zabkeeper.server.ensemble.TestEnsemble;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.reply.ConnectReply;
import io.zabkeeper.wire.request.CloseSession;
import io.zabkeeper.wire.request.GetData;
import io.zabkeeper.wire.request.SetData;
import io.zabkeeper.wire.request.Sync;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One of three members is left: clients that can be read-only go on reading (client protocol §10.3, gotcha 80). */
class ReadOnlyClientTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private TestEnsemble ensemble;
    private MemberProcess left;
    private ConnectReply ofTheEnsemble;

    @BeforeEach
    void partition() throws Exception {
        ensemble = TestEnsemble.started(3, "readonlymode.enabled=true");
        left = ensemble.followers().get(0);
        try (ApacheSession session = ApacheSession.connect(left.address());
                RawClient client = RawClient.connect(left)) {
            session.zk().create("/x", "kept".getBytes(UTF_8), ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
            ofTheEnsemble = Objects.requireNonNull(client.open(true));
            assertThat(ofTheEnsemble.readOnly()).isFalse();
        }
        for (MemberProcess member : ensemble.members()) {
            if (member != left) {
                member.kill();
            }
        }
    }

    @AfterEach
    void stop() {
        ensemble.close();
    }

    @Test
    void a_raw_client_sees_the_flag_reads_and_is_refused_until_the_quorum_is_back() throws Exception {
        RawClient client = Eventually.get("reads are served", PATIENCE, this::readOnly);
        try (client;
                RawClient writing = RawClient.connect(left);
                RawClient returning = RawClient.connect(left)) {
            assertThat(left.ask("isro")).isEqualTo("ro");
            assertThat(left.mode()).isEqualTo("read-only");
            assertThat(writing.open(false)).isNull();
            assertThat(returning.attach(ofTheEnsemble, true)).isNull();

            assertThat(error(client.ask(1, new GetData("/x", true)))).isEqualTo(ErrorCode.OK.code());
            assertThat(error(client.ask(2, new SetData("/x", null, -1)))).isEqualTo(ErrorCode.NOT_READ_ONLY.code());
            RawClient.Answer sync = Objects.requireNonNull(client.ask(3, new Sync("/x")));
            assertThat(sync.header().error()).isEqualTo(ErrorCode.NOT_READ_ONLY.code());
            assertThat(sync.header().zxid()).isPositive();
            try (RawClient closing = readOnly()) {
                assertThat(error(closing.ask(1, new CloseSession()))).isEqualTo(ErrorCode.OK.code());
                assertThat(closing.rest()).isEmpty();
            }

            comeBack();
            assertThat(client.rest()).isEmpty();
        }
        ensemble.awaitServing();
        try (RawClient after = RawClient.connect(left)) {
            ConnectReply back = Objects.requireNonNull(after.attach(ofTheEnsemble, true));
            assertThat(back.sessionId()).isEqualTo(ofTheEnsemble.sessionId());
            assertThat(back.readOnly()).isFalse();
        }
    }

    /** Its client asks the other members with isro whether one can write again, and moves there. */
    @Test
    void apaches_client_is_connected_read_only_and_then_again_for_good() throws Exception {
        ZooKeeper client = new ZooKeeper(ensemble.connectString(), 10_000, event -> {}, true);
        try {
            Eventually.holds(
                    "connected read-only", PATIENCE, () -> client.getState() == ZooKeeper.States.CONNECTEDREADONLY);
            assertThat(client.getData("/x", false, null)).isEqualTo("kept".getBytes(UTF_8));
            assertThatThrownBy(() -> client.setData("/x", null, -1))
                    .isInstanceOf(KeeperException.NotReadOnlyException.class);

            comeBack();

            Eventually.holds("connected", PATIENCE, () -> client.getState() == ZooKeeper.States.CONNECTED);
            Eventually.holds("a write", PATIENCE, () -> client.setData("/x", null, -1) != null);
        } finally {
            client.close(2_000);
        }
    }

    private void comeBack() throws IOException {
        for (MemberProcess member : ensemble.members()) {
            if (member != left) {
                member.start();
            }
        }
    }

    private RawClient readOnly() throws IOException {
        RawClient client = RawClient.connect(left);
        ConnectReply reply = client.open(true);
        if (reply != null && reply.readOnly()) {
            return client;
        }
        client.close();
        throw new IOException("no reads yet: " + reply);
    }

    private static int error(RawClient.@Nullable Answer answer) {
        return Objects.requireNonNull(answer, "the connection has ended")
                .header()
                .error();
    }
}
