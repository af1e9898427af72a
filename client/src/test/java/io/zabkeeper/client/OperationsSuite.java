package io.zabkeeper.client;

import static io.zabkeeper.client.ZabClient.ANY_VERSION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.AuthId;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.Permission;
import io.zabkeeper.wire.Stat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Every operation, by what it does and by how it is refused. */
abstract class OperationsSuite extends ServerSuite {
    private static final Bytes ONE = Bytes.ofUtf8("one");
    private static final Bytes TWO = Bytes.ofUtf8("two");

    @Test
    void creates_reads_sets_and_deletes() {
        assertThat(client.create("/a", ONE)).isEqualTo("/a");
        assertThat(client.getData("/a").data()).isEqualTo(ONE);

        Stat set = client.setData("/a", TWO, 0);

        assertThat(set.version()).isEqualTo(1);
        assertThat(client.getData("/a")).isEqualTo(new Znode(TWO, set));
        assertThat(client.exists("/a")).contains(set);
        client.delete("/a", 1);
        assertThat(client.exists("/a")).isEmpty();
    }

    @Test
    void tells_null_from_empty_data() {
        client.create("/null", null);
        client.create("/empty", Bytes.EMPTY);

        assertThat(client.getData("/null").data()).isNull();
        assertThat(client.getData("/empty").data()).isEqualTo(Bytes.EMPTY);
        client.setData("/empty", null, ANY_VERSION);
        assertThat(client.getData("/empty").data()).isNull();
    }

    @Test
    void returns_the_stat_of_what_it_creates() {
        Created created = client.createWithStat("/a", ONE, CreateOptions.EPHEMERAL);

        assertThat(created.path()).isEqualTo("/a");
        assertThat(created.stat().ephemeralOwner()).isEqualTo(client.sessionId());
        assertThat(client.exists("/a")).contains(created.stat());
    }

    @Test
    void creates_in_every_mode() {
        assertThat(client.create("/s-", ONE, CreateOptions.PERSISTENT_SEQUENTIAL))
                .isEqualTo("/s-0000000000");
        assertThat(client.create("/s-", ONE, CreateOptions.EPHEMERAL_SEQUENTIAL))
                .isEqualTo("/s-0000000001");
        assertThat(client.create("/", ONE, CreateOptions.PERSISTENT_SEQUENTIAL)).isEqualTo("/0000000002");
        assertThat(client.create("/c", ONE, CreateOptions.CONTAINER)).isEqualTo("/c");
        assertThat(client.createWithStat("/c2", ONE, CreateOptions.CONTAINER).path())
                .isEqualTo("/c2");
        assertThat(client.create("/t", ONE, CreateOptions.withTtl(Duration.ofHours(1))))
                .isEqualTo("/t");
        assertThat(client.createWithStat("/t-", ONE, CreateOptions.sequentialWithTtl(Duration.ofHours(1)))
                        .path())
                .isEqualTo("/t-0000000006");
    }

    @Test
    void lists_children() {
        client.create("/p", null);
        client.create("/p/a", null);
        client.create("/p/ä", null);

        assertThat(client.getChildren("/p")).containsExactlyInAnyOrder("a", "ä");
        Children children = client.getChildrenWithStat("/p");
        assertThat(children.names()).containsExactlyInAnyOrder("a", "ä");
        assertThat(children.stat().numChildren()).isEqualTo(2);
        assertThat(client.getChildren("/p/a")).isEmpty();
    }

    @Test
    void reads_and_sets_who_may_do_what() {
        client.create("/a", null, CreateOptions.PERSISTENT.withAcl(Acl.OPEN_UNSAFE));

        assertThat(client.getAcl("/a").entries()).isEqualTo(Acl.OPEN_UNSAFE);
        Stat set = client.setAcl("/a", Acl.READ_UNSAFE, 0);

        assertThat(set.aversion()).isEqualTo(1);
        assertThat(client.getAcl("/a")).isEqualTo(new AccessList(Acl.READ_UNSAFE, set));
        assertRefused(ErrorCode.NOAUTH, "/a", () -> client.setData("/a", ONE, ANY_VERSION));
    }

    @Test
    void is_known_by_the_identities_that_it_adds() {
        client.addAuth("digest", Bytes.ofUtf8("alice:secret"));
        client.create("/a", ONE, CreateOptions.PERSISTENT.withAcl(Acl.CREATOR_ALL));

        assertThat(client.getData("/a").data()).isEqualTo(ONE);
        assertThat(client.getAcl("/a").entries())
                .extracting(acl -> acl.id().scheme(), Acl::permissions)
                .containsExactly(tuple("digest", Permission.ALL));
        assertRefused(ErrorCode.NOAUTH, "/a", () -> another().getData("/a"));
    }

    @Test
    void syncs() {
        client.sync("/");
        client.sync("/nowhere");

        assertThat(client.state()).isEqualTo(ConnectionState.CONNECTED);
    }

    @Test
    void says_what_was_refused_and_why() {
        client.create("/a", null);
        client.create("/a/b", null);
        client.create("/e", null, CreateOptions.EPHEMERAL);

        assertRefused(ErrorCode.NODEEXISTS, "/a", () -> client.create("/a", null));
        assertRefused(ErrorCode.NONODE, "/x/y", () -> client.create("/x/y", null));
        assertRefused(ErrorCode.NO_CHILDREN_FOR_EPHEMERALS, "/e/x", () -> client.create("/e/x", null));
        assertRefused(
                ErrorCode.INVALID_ACL,
                "/z",
                () -> client.create("/z", null, CreateOptions.PERSISTENT.withAcl(List.of())));
        assertRefused(ErrorCode.NOTEMPTY, "/a", () -> client.delete("/a", ANY_VERSION));
        assertRefused(ErrorCode.BADVERSION, "/a/b", () -> client.delete("/a/b", 7));
        assertRefused(ErrorCode.NONODE, "/x", () -> client.delete("/x", ANY_VERSION));
        assertRefused(ErrorCode.BADVERSION, "/a", () -> client.setData("/a", null, 7));
        assertRefused(ErrorCode.NONODE, "/x", () -> client.setData("/x", null, ANY_VERSION));
        assertRefused(ErrorCode.NONODE, "/x", () -> client.getData("/x"));
        assertRefused(ErrorCode.NONODE, "/x", () -> client.getChildren("/x"));
        assertRefused(ErrorCode.NONODE, "/x", () -> client.getChildrenWithStat("/x"));
        assertRefused(ErrorCode.NONODE, "/x", () -> client.getAcl("/x"));
        assertRefused(ErrorCode.BADVERSION, "/a", () -> client.setAcl("/a", Acl.OPEN_UNSAFE, 7));
    }

    @Test
    void does_not_send_what_cannot_be_done() {
        assertRefused(ErrorCode.BAD_ARGUMENTS, "a", () -> client.create("a", null));
        assertRefused(ErrorCode.BAD_ARGUMENTS, "/a/", () -> client.getData("/a/"));
        assertRefused(ErrorCode.BAD_ARGUMENTS, "/a//b", () -> client.exists("/a//b"));
        assertRefused(
                ErrorCode.BAD_ARGUMENTS, "/big", () -> client.create("/big", Bytes.of(new byte[2 * 1024 * 1024])));
        assertThat(client.exists("/a")).isEmpty();
    }

    @Test
    void carries_data_up_to_the_limit() {
        Bytes large = Bytes.of(new byte[1_000_000]);
        client.create("/large", large);

        assertThat(client.getData("/large").data()).isEqualTo(large);
    }

    @Test
    void commits_all_operations_of_a_transaction() {
        client.create("/old", ONE);
        client.create("/checked", ONE);

        List<TransactionResult> results = client.transaction()
                .check("/checked", 0)
                .create("/p", ONE)
                .create("/p/s-", null, CreateOptions.PERSISTENT_SEQUENTIAL)
                .create("/p/c", null, CreateOptions.CONTAINER)
                .setData("/checked", TWO, 0)
                .delete("/old", ANY_VERSION)
                .commit();

        Stat p = client.exists("/p").orElseThrow();
        assertThat(results.get(0)).isEqualTo(new TransactionResult.VersionChecked());
        assertThat(results.get(1))
                .isInstanceOfSatisfying(
                        TransactionResult.ZnodeCreated.class,
                        created -> assertThat(created.path()).isEqualTo("/p"));
        assertThat(results.get(2))
                .isInstanceOfSatisfying(
                        TransactionResult.ZnodeCreated.class,
                        created -> assertThat(created.path()).isEqualTo("/p/s-0000000000"));
        assertThat(results.get(3)).isInstanceOf(TransactionResult.ZnodeCreated.class);
        assertThat(results.get(4))
                .isEqualTo(
                        new TransactionResult.DataSet(client.exists("/checked").orElseThrow()));
        assertThat(results.get(5)).isEqualTo(new TransactionResult.ZnodeDeleted());
        assertThat(client.exists("/checked").orElseThrow().mzxid()).isEqualTo(p.czxid());
        assertThat(client.exists("/old")).isEmpty();
    }

    @Test
    void commits_nothing_if_one_operation_fails() {
        client.create("/a", ONE);

        TransactionRefusedException refused = catchThrowableOfType(
                TransactionRefusedException.class,
                () -> client.transaction()
                        .create("/b", null)
                        .check("/a", 5)
                        .delete("/a", ANY_VERSION)
                        .commit());

        assertThat(refused.code()).isEqualTo(ErrorCode.BADVERSION);
        assertThat(refused.path()).isEqualTo("/a");
        assertThat(refused.failedIndex()).isEqualTo(1);
        assertThat(refused.codes())
                .containsExactly(ErrorCode.OK, ErrorCode.BADVERSION, ErrorCode.RUNTIME_INCONSISTENCY);
        assertThat(client.exists("/a")).isPresent();
        assertThat(client.exists("/b")).isEmpty();
    }

    @Test
    void names_the_first_operation_when_that_fails() {
        TransactionRefusedException refused = catchThrowableOfType(
                TransactionRefusedException.class,
                () -> client.transaction()
                        .delete("/none", ANY_VERSION)
                        .create("/b", null)
                        .commit());

        assertThat(refused.failedIndex()).isZero();
        assertThat(refused.code()).isEqualTo(ErrorCode.NONODE);
    }

    @Test
    void commits_an_empty_transaction() {
        assertThat(client.transaction().commit()).isEmpty();
    }

    @Test
    void carries_out_requests_in_the_order_in_which_they_are_made() {
        client.create("/a", null);
        List<CompletableFuture<Stat>> sets = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            sets.add(client.setDataAsync("/a", Bytes.ofUtf8("" + i), i));
        }

        for (int i = 0; i < sets.size(); i++) {
            assertThat(sets.get(i)).succeedsWithin(Eventually.SOON);
            assertThat(sets.get(i).join().version()).isEqualTo(i + 1);
        }
    }

    @Test
    void keeps_below_its_chroot() {
        client.create("/a", ONE);
        client.create("/a/b", null);
        try (ZabClient below = builder().hosts(hosts() + chroot + "/a").connect();
                ZabClient above = ZabClient.connect(hosts())) {
            assertThat(below.getData("/").data()).isEqualTo(ONE);
            assertThat(below.getChildren("/")).containsExactly("b");
            assertThat(below.create("/c-", null, CreateOptions.PERSISTENT_SEQUENTIAL))
                    .isEqualTo("/c-0000000001");
            assertThat(below.create("/", null, CreateOptions.PERSISTENT_SEQUENTIAL))
                    .isEqualTo("/0000000002");
            assertThat(below.transaction().create("/t", null).commit())
                    .first()
                    .isInstanceOfSatisfying(
                            TransactionResult.ZnodeCreated.class,
                            created -> assertThat(created.path()).isEqualTo("/t"));
            assertThat(above.getChildren(chroot + "/a"))
                    .containsExactlyInAnyOrder("b", "c-0000000001", "0000000002", "t");
        }
    }

    @Test
    void is_known_by_its_address() {
        client.create(
                "/a",
                null,
                CreateOptions.PERSISTENT.withAcl(List.of(new Acl(Permission.ALL, new AuthId("ip", "127.0.0.1")))));

        assertThat(client.getData("/a").stat().version()).isZero();
    }

    static void assertRefused(ErrorCode code, String path, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(RefusedException.class, refused -> {
            assertThat(refused.code()).isEqualTo(code);
            assertThat(refused.path()).isEqualTo(path);
        });
    }
}
