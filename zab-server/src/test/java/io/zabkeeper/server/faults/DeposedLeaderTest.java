package io.zabkeeper.server.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.zabkeeper.server.ensemble.ApacheSession;
import io.zabkeeper.server.ensemble.Eventually;
import io.zabkeeper.server.ensemble.MemberProcess;
import io.zabkeeper.server.ensemble.RawClient;
import io.zabkeeper.server.ensemble.TestEnsemble;
import io.zabkeeper.wire.request.GetData;
import io.zabkeeper.wire.request.Sync;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooDefs;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A leader that stood still while another one took over (L-1, L-2, Z-24; gotcha 81). */
class DeposedLeaderTest {
    private static final int ROUNDS = 3;

    /**
     * The old leader handles the requests before it can know that it is deposed: their first bytes have come to it before
     * anything of the other members', so it reads this socket first when it wakes up. The rest is sent after another
     * client has been told of its write, so an answer with the old data would be wrong.
     */
    @Test
    void it_answers_no_sync_and_the_connection_ends() throws Exception {
        try (TestEnsemble ensemble = TestEnsemble.started(3)) {
            try (ApacheSession first = ApacheSession.connect(ensemble.connectString())) {
                first.zk().create("/x", "0".getBytes(UTF_8), ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
            }
            for (int round = 1; round <= ROUNDS; round++) {
                staleReadIsImpossible(ensemble, Integer.toString(round));
                ensemble.awaitServing();
            }
        }
    }

    private static void staleReadIsImpossible(TestEnsemble ensemble, String value) throws Exception {
        MemberProcess old = ensemble.leader();
        String others = others(ensemble, old);
        try (RawClient client = RawClient.connect(old)) {
            assertThat(client.open(false)).isNotNull();
            assertThat(client.ask(1, new GetData("/x", false))).isNotNull();
            ByteBuf requests = Unpooled.wrappedBuffer(
                    RawClient.request(2, new Sync("/x")), RawClient.request(3, new GetData("/x", false)));
            old.pause();
            try {
                client.send(requests.readSlice(3));
                writeThrough(others, value);
                client.send(requests);
            } finally {
                old.goOn();
            }
            assertNothingStale(client, value);
        }
    }

    private static String others(TestEnsemble ensemble, MemberProcess old) {
        StringBuilder hosts = new StringBuilder();
        for (MemberProcess member : ensemble.members()) {
            if (member != old) {
                hosts.append(hosts.length() == 0 ? "" : ",").append(member.address());
            }
        }
        return hosts.toString();
    }

    private static void writeThrough(String hosts, String value) throws IOException {
        try (ApacheSession session = ApacheSession.connect(hosts)) {
            Eventually.holds("a write through the new leader", Duration.ofSeconds(30), () -> {
                session.zk().setData("/x", value.getBytes(UTF_8), -1);
                return true;
            });
        }
    }

    /** The end of the connection, or, had the old leader followed the new one by then, the new value. */
    private static void assertNothingStale(RawClient client, String value) throws IOException {
        for (RawClient.Answer answer = next(client); answer != null; answer = next(client)) {
            if (answer.header().xid() == 3) {
                ByteBuf body = answer.body();
                assertThat(body.readCharSequence(body.readInt(), UTF_8)).hasToString(value);
            }
        }
    }

    private static RawClient.@Nullable Answer next(RawClient client) throws IOException {
        try {
            return client.answer();
        } catch (SocketException reset) {
            return null; // The requests may not even have been read.
        }
    }
}
