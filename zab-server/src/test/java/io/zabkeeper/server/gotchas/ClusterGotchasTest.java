package io.zabkeeper.server.gotchas;

import static io.zabkeeper.server.gotchas.Calls.CONTAINER;
import static io.zabkeeper.server.gotchas.Calls.NOTHING;
import static io.zabkeeper.server.gotchas.Calls.NO_NODE;
import static io.zabkeeper.server.gotchas.Calls.PERSISTENT;
import static io.zabkeeper.server.gotchas.Calls.READ_ONLY;
import static io.zabkeeper.server.gotchas.Calls.bytes;
import static io.zabkeeper.server.gotchas.Calls.done;
import static io.zabkeeper.server.gotchas.Calls.event;
import static io.zabkeeper.server.gotchas.Calls.frame;
import static io.zabkeeper.server.gotchas.Calls.joined;
import static io.zabkeeper.server.gotchas.Calls.node;
import static io.zabkeeper.server.gotchas.Calls.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.server.ensemble.Eventually;
import io.zabkeeper.server.ensemble.MemberProcess;
import io.zabkeeper.server.oracle.Ask;
import io.zabkeeper.server.oracle.BothServers;
import io.zabkeeper.server.oracle.Handshake;
import io.zabkeeper.server.oracle.Handshake.Session;
import io.zabkeeper.server.oracle.OnBoth;
import io.zabkeeper.server.oracle.Received;
import io.zabkeeper.server.oracle.Subject;
import io.zabkeeper.server.oracle.WireClient;
import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.OpCode;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What several members, or a service that works in the background, bring about. */
class ClusterGotchasTest {
    private static final Duration AN_ELECTION = Duration.ofSeconds(40);
    private static final String REAPING = "-Dznode.container.checkIntervalMs=500";

    @OnBoth
    void g69_the_configuration_of_a_standalone_server_is_empty(Subject subject) throws IOException {
        try (WireClient client = subject.connect(1)) {
            assertThat(config(client)).isEmpty();
        }
    }

    @OnBoth(members = 3)
    void g69_the_configuration_names_every_member_as_clients_may_reach_it(Subject subject) throws IOException {
        try (WireClient client = subject.connect(2)) {
            List<String> lines = config(client).lines().toList();

            assertThat(lines).hasSize(4);
            for (int id = 1; id <= 3; id++) {
                assertThat(lines.get(id - 1))
                        .matches("server\\." + id + "=(localhost|127\\.0\\.0\\.1):\\d+:\\d+:participant(;.+)?");
            }
            assertThat(lines.get(3)).matches("version=[0-9a-f]+");
        }
    }

    private static String config(WireClient client) throws IOException {
        return Calls.text(done(client, Ask.getData("/zookeeper/config", false)).body());
    }

    @OnBoth(settings = REAPING)
    @Execution(ExecutionMode.CONCURRENT)
    void g70_a_container_goes_only_after_it_had_a_child_and_lost_it(Subject subject) throws IOException {
        try (WireClient client = subject.open(1)) {
            client.newSession(60_000);
            done(client, container("/g70-never-used"));
            done(client, container("/g70"));
            node(client, "/g70/child");
            Calls.after(Duration.ofSeconds(2));
            done(client, Ask.exists("/g70", true));

            done(client, Ask.delete("/g70/child", -1));

            assertThat(event(client)).isEqualTo("deleted /g70");
            Calls.after(Duration.ofSeconds(2));
            done(client, Ask.exists("/g70-never-used", false));
        }
    }

    @OnBoth(settings = REAPING)
    @Execution(ExecutionMode.CONCURRENT)
    void g71_a_child_of_a_container_that_was_just_reaped_has_no_parent(Subject subject) throws IOException {
        try (WireClient client = subject.open(1)) {
            client.newSession(60_000);
            done(client, container("/g71"));
            node(client, "/g71/child");
            done(client, Ask.exists("/g71", true));
            done(client, Ask.delete("/g71/child", -1));
            assertThat(event(client)).isEqualTo("deleted /g71");

            refused(client, NO_NODE, Ask.create("/g71/child", NOTHING, PERSISTENT));
            done(client, container("/g71"));
            node(client, "/g71/child");
        }
    }

    private static Ask container(String path) {
        return Ask.create(OpCode.CREATE_CONTAINER, path, NOTHING, Acl.OPEN_UNSAFE, CONTAINER);
    }

    @OnBoth
    @Execution(ExecutionMode.CONCURRENT)
    void g80_without_a_quorum_who_can_read_only_may_read_until_there_is_one_again(Subject shared) throws IOException {
        try (Subject subject =
                BothServers.another(shared, 3, "-Dreadonlymode.enabled=true", "localSessionsEnabled=true")) {
            try (WireClient client = subject.connect(1)) {
                node(client, "/g80");
            }
            subject.member(2).kill();
            subject.member(3).kill();

            try (WireClient reader = readOnly(subject)) {
                done(reader, Ask.getData("/g80", false));
                refused(reader, READ_ONLY, Ask.setData("/g80", NOTHING, -1));
                refused(reader, READ_ONLY, Ask.path(OpCode.SYNC, "/"));
                try (WireClient writer = subject.open(1)) {
                    assertThat(writer.handshake(Handshake.newSession(10_000))).isNull();
                }

                subject.member(2).start();

                assertThat(reader.isClosedWithin(AN_ELECTION)).isTrue();
            }
        }
    }

    /** A connection that may only read, which the server says in its answer. */
    private static WireClient readOnly(Subject subject) {
        return Eventually.get("a read-only session", AN_ELECTION, () -> {
            WireClient client = subject.open(1);
            @Nullable Session session = client.handshake(new Handshake(0, 10_000, 0, Bytes.of(new byte[16]), true));
            if (session != null && session.payload().array()[36] == 1) {
                return client;
            }
            client.close();
            return null;
        });
    }

    @OnBoth(members = 3)
    void g81_a_read_behind_a_sync_sees_what_was_written_before_it_elsewhere(Subject subject) throws IOException {
        try (WireClient writer = subject.connect(1);
                WireClient reader = subject.connect(2);
                WireClient third = subject.connect(3)) {
            done(writer, Ask.create("/g81", bytes("0"), PERSISTENT));
            Calls.sync(reader);
            Calls.sync(third);
            Map<WireClient, Integer> seen = new HashMap<>(Map.of(reader, 0, third, 0));
            for (int i = 1; i <= 50; i++) {
                done(writer, Ask.setData("/g81", bytes("" + i), -1));
                for (WireClient client : List.of(reader, third)) {
                    client.send(joined(frame(1, Ask.path(OpCode.SYNC, "/g81")), frame(2, Ask.getData("/g81", false))));
                    assertThat(Calls.text(client.reply().body())).isEqualTo("/g81");
                    int value = Integer.parseInt(Calls.value(client.reply()));

                    // The reference may answer with an older value, but a session never goes back in time.
                    int before = Objects.requireNonNull(seen.put(client, value));
                    assertThat(value).isBetween(BothServers.isOurs(subject) ? i : before, i);
                }
            }
        }
    }

    @OnBoth(members = 3)
    void g90_without_its_leader_a_client_loses_its_connection_and_hears_no_error(Subject subject) throws IOException {
        MemberProcess leader = subject.ensemble().leader();
        int id = subject.ensemble().members().indexOf(leader) + 1;
        int other = id % 3 + 1;
        try (WireClient ofLeader = subject.connect(id);
                WireClient ofFollower = subject.connect(other)) {
            leader.kill();

            assertThat(ofLeader.receive(WireClient.PATIENCE)).isEqualTo(new Received.End());
            assertThat(ofFollower.receive(WireClient.PATIENCE)).isEqualTo(new Received.End());
            for (WireClient gone : List.of(ofLeader, ofFollower)) {
                Eventually.holds("the session goes on at a member that is left", AN_ELECTION, () -> {
                    try (WireClient again = subject.open(other)) {
                        Session session = again.handshake(Handshake.again(gone.session()));
                        return session != null && session.id() == gone.session().id();
                    }
                });
            }
        } finally {
            leader.start();
            subject.ensemble().awaitServing();
        }
    }
}
