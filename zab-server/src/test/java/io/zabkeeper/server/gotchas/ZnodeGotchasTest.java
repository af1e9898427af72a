package io.zabkeeper.server.gotchas;

import static io.zabkeeper.server.gotchas.Calls.BAD_ARGUMENTS;
import static io.zabkeeper.server.gotchas.Calls.BAD_VERSION;
import static io.zabkeeper.server.gotchas.Calls.CONTAINER;
import static io.zabkeeper.server.gotchas.Calls.EPHEMERAL;
import static io.zabkeeper.server.gotchas.Calls.NOTHING;
import static io.zabkeeper.server.gotchas.Calls.PERSISTENT;
import static io.zabkeeper.server.gotchas.Calls.SEQUENTIAL;
import static io.zabkeeper.server.gotchas.Calls.bytes;
import static io.zabkeeper.server.gotchas.Calls.done;
import static io.zabkeeper.server.gotchas.Calls.node;
import static io.zabkeeper.server.gotchas.Calls.refused;
import static io.zabkeeper.server.gotchas.Calls.stat;
import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.server.oracle.Ask;
import io.zabkeeper.server.oracle.OnBoth;
import io.zabkeeper.server.oracle.RecordReader;
import io.zabkeeper.server.oracle.Subject;
import io.zabkeeper.server.oracle.WireClient;
import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.OpCode;
import io.zabkeeper.wire.Permission;
import io.zabkeeper.wire.Stat;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/** Names, counters and versions of nodes, and what only looks like a small thing. */
class ZnodeGotchasTest {
    @OnBoth
    void g26_the_sequence_counter_counts_every_child_ever_created(Subject subject) throws IOException {
        try (WireClient client = subject.connect(1)) {
            node(client, "/g26");
            node(client, "/g26/plain");
            assertThat(node(client, "/g26/s-", SEQUENTIAL)).isEqualTo("/g26/s-0000000001");

            done(client, Ask.delete("/g26/s-0000000001", -1));
            done(client, Ask.delete("/g26/plain", -1));
            node(client, "/g26/again");
            refused(client, Calls.NODE_EXISTS, Ask.create("/g26/again", NOTHING, PERSISTENT));

            assertThat(node(client, "/g26/t-", SEQUENTIAL)).isEqualTo("/g26/t-0000000003");
        }
    }

    @OnBoth
    void g27_a_sequential_name_may_have_no_prefix(Subject subject) throws IOException {
        try (WireClient client = subject.connect(1)) {
            node(client, "/g27");

            assertThat(node(client, "/g27/", SEQUENTIAL)).isEqualTo("/g27/0000000000");
            assertThat(node(client, "/g27/", SEQUENTIAL)).isEqualTo("/g27/0000000001");
        }
    }

    @OnBoth
    void g28_cversion_grows_by_one_with_each_child_that_comes_or_goes(Subject subject) throws IOException {
        try (WireClient client = subject.connect(1)) {
            node(client, "/g28");
            int fresh = stat(client, "/g28").cversion();
            node(client, "/g28/c");
            int withChild = stat(client, "/g28").cversion();
            done(client, Ask.delete("/g28/c", -1));
            int without = stat(client, "/g28").cversion();

            assertThat(List.of(fresh, withChild, without)).containsExactly(0, 1, 2);
        }
    }

    @OnBoth
    void g29_pzxid_changes_with_children_that_come_or_go_and_with_nothing_else(Subject subject) throws IOException {
        try (WireClient client = subject.connect(1)) {
            node(client, "/g29");
            long created =
                    done(client, Ask.create("/g29/c", NOTHING, PERSISTENT)).zxid();
            done(client, Ask.setData("/g29/c", bytes("x"), -1));
            node(client, "/g29/c/grandchild");
            done(client, Ask.setData("/g29", bytes("x"), -1));
            done(client, Ask.setAcl("/g29", Acl.OPEN_UNSAFE, -1));
            long afterOthers = stat(client, "/g29").pzxid();
            done(client, Ask.delete("/g29/c/grandchild", -1));
            long deleted = done(client, Ask.delete("/g29/c", -1)).zxid();

            assertThat(afterOthers).isEqualTo(created);
            assertThat(stat(client, "/g29").pzxid()).isEqualTo(deleted);
        }
    }

    @OnBoth
    void g30_set_acl_raises_aversion_alone_and_fires_nothing(Subject subject) throws IOException {
        try (WireClient client = subject.connect(1)) {
            node(client, "/g30");
            done(client, Ask.getData("/g30", true));
            Stat before = stat(client, "/g30");

            done(client, Ask.setAcl("/g30", List.of(Calls.world(Permission.READ)), 0));

            Stat after = stat(client, "/g30");
            assertThat(Calls.eventsUntilNow(client)).isEmpty();
            assertThat(after).isEqualTo(withAversion(before, 1));
        }
    }

    private static Stat withAversion(Stat stat, int aversion) {
        return new Stat(
                stat.czxid(),
                stat.mzxid(),
                stat.ctime(),
                stat.mtime(),
                stat.version(),
                stat.cversion(),
                aversion,
                stat.ephemeralOwner(),
                stat.dataLength(),
                stat.numChildren(),
                stat.pzxid());
    }

    @OnBoth
    void g31_setting_the_same_bytes_is_a_change(Subject subject) throws IOException {
        try (WireClient client = subject.connect(1)) {
            done(client, Ask.create("/g31", bytes("same"), PERSISTENT));
            done(client, Ask.getData("/g31", true));

            int version = done(client, Ask.setData("/g31", bytes("same"), 0))
                    .body()
                    .stat()
                    .version();

            assertThat(version).isEqualTo(1);
            assertThat(Calls.event(client)).isEqualTo("changed /g31");
        }
    }

    @OnBoth
    void g32_no_data_is_not_empty_data(Subject subject) throws IOException {
        try (WireClient client = subject.connect(1)) {
            done(client, Ask.create("/g32-null", null, PERSISTENT));
            done(client, Ask.create("/g32-empty", NOTHING, PERSISTENT));

            assertThat(done(client, Ask.getData("/g32-null", false)).body().buffer())
                    .isNull();
            assertThat(done(client, Ask.getData("/g32-empty", false)).body().buffer())
                    .isEmpty();
            assertThat(stat(client, "/g32-null").dataLength()).isZero();
        }
    }

    @OnBoth
    void g33_only_an_ephemeral_of_a_session_has_an_owner(Subject subject) throws IOException {
        try (WireClient client = subject.connect(1)) {
            done(client, container("/g33-container"));
            done(client, Ask.createTtl("/g33-ttl", NOTHING, Acl.OPEN_UNSAFE, Calls.TTL, 3_600_000));
            node(client, "/g33-ephemeral", EPHEMERAL);
            node(client, "/g33-persistent");

            assertThat(stat(client, "/g33-container").ephemeralOwner()).isZero();
            assertThat(stat(client, "/g33-ttl").ephemeralOwner()).isZero();
            assertThat(stat(client, "/g33-persistent").ephemeralOwner()).isZero();
            assertThat(stat(client, "/g33-ephemeral").ephemeralOwner())
                    .isEqualTo(client.session().id());
        }
    }

    @OnBoth
    void g34_only_an_ephemeral_of_a_session_has_no_children(Subject subject) throws IOException {
        try (WireClient client = subject.connect(1)) {
            done(client, container("/g34-container"));
            done(client, Ask.createTtl("/g34-ttl", NOTHING, Acl.OPEN_UNSAFE, Calls.TTL, 3_600_000));
            node(client, "/g34-ephemeral", EPHEMERAL);

            node(client, "/g34-container/c");
            node(client, "/g34-ttl/c");
            refused(client, Calls.NO_CHILDREN_FOR_EPHEMERALS, Ask.create("/g34-ephemeral/c", NOTHING, PERSISTENT));
        }
    }

    private static Ask container(String path) {
        return Ask.create(OpCode.CREATE_CONTAINER, path, NOTHING, Acl.OPEN_UNSAFE, CONTAINER);
    }

    @OnBoth
    void g67_a_listing_is_complete_has_nothing_twice_and_shows_zookeeper(Subject subject) throws IOException {
        try (WireClient client = subject.connect(1)) {
            node(client, "/g67");
            TreeSet<String> names = new TreeSet<>();
            for (int i = 0; i < 100; i++) {
                String path = node(client, "/g67/c" + i);
                names.add(path.substring(path.lastIndexOf('/') + 1));
            }

            assertThat(children(client, "/g67")).containsExactlyInAnyOrderElementsOf(names);
            assertThat(children(client, "/")).contains("zookeeper", "g67").doesNotHaveDuplicates();
        }
    }

    private static List<String> children(WireClient client, String path) throws IOException {
        RecordReader body = done(client, Ask.getChildren(path, false)).body();
        return Objects.requireNonNull(body.texts()).stream()
                .map(Objects::requireNonNull)
                .toList();
    }

    @OnBoth
    void g68_the_nodes_of_the_service_itself_cannot_be_deleted(Subject subject) throws IOException {
        try (WireClient client = subject.connect(1)) {
            for (String path : List.of("/", "/zookeeper", "/zookeeper/quota", "/zookeeper/config")) {
                assertThat(stat(client, path)).isNotNull();
                refused(client, BAD_ARGUMENTS, Ask.delete(path, -1));
            }
        }
    }

    @OnBoth
    void g84_minus_one_is_any_version_and_another_negative_number_is_that_version(Subject subject) throws IOException {
        try (WireClient client = subject.connect(1)) {
            node(client, "/g84");

            done(client, Ask.setData("/g84", NOTHING, -1));
            refused(client, BAD_VERSION, Ask.setData("/g84", NOTHING, -2));
            refused(client, BAD_VERSION, Ask.setAcl("/g84", Acl.OPEN_UNSAFE, -2));
            refused(client, BAD_VERSION, Ask.delete("/g84", Integer.MIN_VALUE));
            done(client, Ask.delete("/g84", -1));
        }
    }

    @OnBoth
    void g85_a_name_that_ends_with_a_slash_must_be_sequential(Subject subject) throws IOException {
        try (WireClient client = subject.connect(1)) {
            refused(client, Calls.NO_NODE, Ask.create("/g85/", NOTHING, PERSISTENT));
            node(client, "/g85");
            refused(client, BAD_ARGUMENTS, Ask.create("/g85/", NOTHING, PERSISTENT));
            assertThat(node(client, "/g85/", SEQUENTIAL)).isEqualTo("/g85/0000000000");
        }
    }

    @OnBoth
    void g86_characters_beyond_the_basic_plane_are_refused_in_names(Subject subject) throws IOException {
        try (WireClient client = subject.connect(1)) {
            refused(client, BAD_ARGUMENTS, Ask.create("/g86-\uD83D\uDE00", NOTHING, PERSISTENT));
            refused(client, BAD_ARGUMENTS, Ask.create("/g86-\uE000", NOTHING, PERSISTENT));
            refused(client, BAD_ARGUMENTS, Ask.create("/g86-\u0007", NOTHING, PERSISTENT));

            assertThat(node(client, "/g86-\u00FC\uD7FF\uF900")).isEqualTo("/g86-\u00FC\uD7FF\uF900");
        }
    }
}
