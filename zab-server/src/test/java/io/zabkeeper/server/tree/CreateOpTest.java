package io.zabkeeper.server.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.server.auth.DigestAuth;
import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.AuthId;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.CreateMode;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.EventType;
import io.zabkeeper.wire.OpCode;
import io.zabkeeper.wire.Permission;
import io.zabkeeper.wire.Stat;
import io.zabkeeper.wire.reply.Create2Reply;
import io.zabkeeper.wire.reply.CreateReply;
import io.zabkeeper.wire.request.Create;
import io.zabkeeper.wire.request.Delete;
import io.zabkeeper.wire.request.SetAcl;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Client protocol §3.3, §4. */
class CreateOpTest {
    private static final List<Acl> READ_ONLY = List.of(new Acl(Permission.READ, AuthId.ANYONE));

    private final TreeFixture tree = new TreeFixture();

    /** §4.1. */
    @Test
    void makes_a_znode_with_the_stat_of_its_write() {
        tree.create("/a");

        long zxid = tree.zxid();
        long stamp = TreeFixture.stamp(zxid);
        assertThat(tree.stat("/a")).isEqualTo(new Stat(zxid, zxid, stamp, stamp, 0, 0, 0, 0, 4, 0, zxid));
        assertThat(tree.data("/a")).isEqualTo("data");
    }

    /** §4.1, gotchas 28 and 29: the visible cversion counts creates and deletes. */
    @Test
    void moves_cversion_and_pzxid_of_the_parent_and_nothing_else() {
        tree.create("/p");
        Stat before = tree.stat("/p");

        tree.create("/p/a");

        assertThat(tree.stat("/p"))
                .isEqualTo(new Stat(
                        before.czxid(), before.mzxid(), before.ctime(), before.mtime(), 0, 1, 0, 0, 4, 1, tree.zxid()));
    }

    @Test
    void answers_with_the_path_and_if_asked_with_the_stat() {
        assertThat(tree.create("/a").reply()).isEqualTo(new CreateReply("/a"));
        assertThat(tree.write(create(OpCode.CREATE2, "/b", 0)).reply())
                .isEqualTo(new Create2Reply("/b", tree.stat("/b")));
        assertThat(tree.write(create(OpCode.CREATE_CONTAINER, "/c", 4)).reply())
                .isEqualTo(new Create2Reply("/c", tree.stat("/c")));
    }

    /** §5.2. */
    @Test
    void tells_of_the_znode_and_then_of_the_parent() {
        tree.create("/p", READ_ONLY);
        tree.create("/q");

        assertThat(tree.create("/q/a", READ_ONLY).events())
                .containsExactly(
                        new TreeEvent(EventType.NODE_CREATED, "/q/a", READ_ONLY),
                        new TreeEvent(EventType.NODE_CHILDREN_CHANGED, "/q", Acl.OPEN_UNSAFE));
        assertThat(tree.create("/b").events())
                .contains(new TreeEvent(EventType.NODE_CHILDREN_CHANGED, "/", Acl.OPEN_UNSAFE));
    }

    /** Gotcha 32. */
    @Test
    void keeps_null_and_empty_apart() {
        tree.write(new Create(OpCode.CREATE, "/null", null, Acl.OPEN_UNSAFE, 0));
        tree.write(new Create(OpCode.CREATE, "/empty", Bytes.EMPTY, Acl.OPEN_UNSAFE, 0));

        assertThat(tree.data("/null")).isNull();
        assertThat(tree.data("/empty")).isEmpty();
        assertThat(tree.stat("/null").dataLength()).isZero();
    }

    @Test
    void refuses_what_exists_and_what_has_no_parent() {
        tree.create("/a");

        assertThat(tree.create("/a").error()).isEqualTo(ErrorCode.NODEEXISTS);
        assertThat(tree.create("/").error()).isEqualTo(ErrorCode.NODEEXISTS);
        assertThat(tree.create("/no/x").error()).isEqualTo(ErrorCode.NONODE);
    }

    /** §3.3, the examples; §4.6. */
    @Test
    void looks_at_the_path_in_two_steps() {
        assertThat(tree.create("").error()).isEqualTo(ErrorCode.BAD_ARGUMENTS);
        assertThat(tree.create("nope").error()).isEqualTo(ErrorCode.BAD_ARGUMENTS);
        assertThat(tree.create("//").error()).isEqualTo(ErrorCode.BAD_ARGUMENTS);
        assertThat(tree.create("/no//x").error()).isEqualTo(ErrorCode.NONODE);
        assertThat(tree.create("/t/").error()).isEqualTo(ErrorCode.NONODE);
        tree.create("/t");
        assertThat(tree.create("/t/").error()).isEqualTo(ErrorCode.BAD_ARGUMENTS);
        assertThat(tree.create("/..").error()).isEqualTo(ErrorCode.BAD_ARGUMENTS);
        assertThat(tree.create("/a\0b").error()).isEqualTo(ErrorCode.BAD_ARGUMENTS);
        assertThat(tree.create("/\ud83d\ude00").error()).isEqualTo(ErrorCode.BAD_ARGUMENTS);
        assertThat(tree.create("x/y").error()).isEqualTo(ErrorCode.NONODE);
    }

    @Test
    void takes_names_in_any_script() {
        assertThat(tree.create("/größe").error()).isEqualTo(ErrorCode.OK);
        assertThat(tree.create("/größe/名前").error()).isEqualTo(ErrorCode.OK);

        assertThat(tree.children("/größe")).containsExactly("名前");
        assertThat(tree.exists("/größe/名前")).isTrue();
        assertThat(tree.exists("/größe/名")).isFalse();
    }

    /** Gotchas 35 and the examples of §3.3. */
    @Test
    void finds_a_bad_acl_before_a_missing_parent_or_an_existing_znode() {
        tree.create("/a");

        assertThat(tree.create("/no/x", List.of()).error()).isEqualTo(ErrorCode.INVALID_ACL);
        assertThat(tree.create("/a", List.of()).error()).isEqualTo(ErrorCode.INVALID_ACL);
        assertThat(tree.write(new Create(OpCode.CREATE, "/b", null, null, 0)).error())
                .isEqualTo(ErrorCode.INVALID_ACL);
    }

    @Test
    void finds_a_bad_path_before_a_bad_acl_and_bad_flags_before_both() {
        assertThat(tree.create("nope", List.of()).error()).isEqualTo(ErrorCode.BAD_ARGUMENTS);
        assertThat(tree.write(create(OpCode.CREATE, "nope", 7)).error()).isEqualTo(ErrorCode.BAD_ARGUMENTS);
        assertThat(tree.write(create(OpCode.CREATE, "/a", -1)).error()).isEqualTo(ErrorCode.BAD_ARGUMENTS);
        TreeFixture plain = new TreeFixture(TreeFixture.settings(false, "", 0));
        assertThat(plain.write(create(OpCode.CREATE, "nope", 5)).error()).isEqualTo(ErrorCode.UNIMPLEMENTED);
    }

    /** §3.3. */
    @Test
    void asks_the_parent_for_permission_before_it_looks_for_the_znode() {
        tree.create("/p");
        tree.create("/p/a");
        tree.write(new SetAcl("/p", READ_ONLY, -1));

        assertThat(tree.create("/p/a").error()).isEqualTo(ErrorCode.NOAUTH);
        assertThat(tree.create("/p//").error()).isEqualTo(ErrorCode.NONODE);
        assertThat(tree.create("/p/").error()).isEqualTo(ErrorCode.NOAUTH);
    }

    /** §4.4, gotcha 26. */
    @Test
    void numbers_by_all_children_there_ever_were() {
        tree.create("/q");

        assertThat(sequential("/q/n-")).isEqualTo("/q/n-0000000000");
        tree.create("/q/plain");
        tree.delete("/q/plain");
        tree.delete("/q/n-0000000000");
        assertThat(sequential("/q/n-")).isEqualTo("/q/n-0000000002");
        tree.create("/q/n-0000000002");
        assertThat(sequential("/q/other-")).isEqualTo("/q/other-0000000003");
    }

    /** Gotcha 27. */
    @Test
    void numbers_an_empty_prefix() {
        tree.create("/q");

        assertThat(sequential("/q/")).isEqualTo("/q/0000000000");
        assertThat(sequential("/")).isEqualTo("/0000000001");
    }

    /** Gotcha 34. */
    @Test
    void forbids_children_to_ephemerals_only() {
        tree.create("/e", CreateMode.EPHEMERAL);
        tree.create("/c", CreateMode.CONTAINER);

        assertThat(tree.create("/e/x").error()).isEqualTo(ErrorCode.NO_CHILDREN_FOR_EPHEMERALS);
        assertThat(tree.create("/c/x").error()).isEqualTo(ErrorCode.OK);
        assertThat(tree.create("/e/").error()).isEqualTo(ErrorCode.BAD_ARGUMENTS);
    }

    /** Gotcha 33. */
    @Test
    void shows_an_owner_for_ephemerals_only() {
        TreeFixture extended = new TreeFixture(TreeFixture.settings(true, "", 0));
        extended.create("/e", CreateMode.EPHEMERAL);
        extended.create("/c", CreateMode.CONTAINER);
        extended.write(new Create(OpCode.CREATE_TTL, "/t", null, Acl.OPEN_UNSAFE, 5, 1000));

        assertThat(extended.stat("/e").ephemeralOwner()).isEqualTo(TreeFixture.SESSION);
        assertThat(extended.stat("/c").ephemeralOwner()).isZero();
        assertThat(extended.stat("/t").ephemeralOwner()).isZero();
        assertThat(extended.create("/t/child").error()).isEqualTo(ErrorCode.OK);
    }

    /** §4.3, §4.5. */
    @Test
    void wants_a_time_to_live_exactly_where_it_belongs() {
        TreeFixture plain = new TreeFixture(TreeFixture.settings(false, "", 0));
        assertThat(createTtl(plain, 5, 1000)).isEqualTo(ErrorCode.UNIMPLEMENTED);
        assertThat(createTtl(plain, 0, 1000)).isEqualTo(ErrorCode.BAD_ARGUMENTS);
        assertThat(createTtl(plain, 0, -1)).isEqualTo(ErrorCode.BAD_ARGUMENTS);

        TreeFixture extended = new TreeFixture(TreeFixture.settings(true, "", 0));
        assertThat(createTtl(extended, 5, 0)).isEqualTo(ErrorCode.BAD_ARGUMENTS);
        assertThat(createTtl(extended, 5, 0x100_0000_0000L)).isEqualTo(ErrorCode.BAD_ARGUMENTS);
        assertThat(createTtl(extended, 4, 1000)).isEqualTo(ErrorCode.BAD_ARGUMENTS);
        assertThat(extended.write(create(OpCode.CREATE, "/x", 5)).error()).isEqualTo(ErrorCode.BAD_ARGUMENTS);
        assertThat(createTtl(extended, 5, 0xff_ffff_ffffL)).isEqualTo(ErrorCode.OK);
        assertThat(createTtl(extended, 6, 1)).isEqualTo(ErrorCode.OK);
        assertThat(extended.exists("/ttl0000000001")).isTrue();
    }

    /** §4.3. */
    @Test
    void makes_a_container_for_its_operation_and_for_its_flags() {
        tree.write(create(OpCode.CREATE_CONTAINER, "/a", 0));
        assertThat(TreeFixture.createdPath(tree.write(create(OpCode.CREATE_CONTAINER, "/b", 2))))
                .isEqualTo("/b0000000001");
        tree.write(create(OpCode.CREATE_CONTAINER, "/c", 1));
        assertThat(tree.create("/d", CreateMode.CONTAINER).reply()).isEqualTo(new CreateReply("/d"));

        assertThat(tree.machine.ephemeralCount()).isZero();
        assertThat(tree.create("/c/x").error()).isEqualTo(ErrorCode.OK);
    }

    /** CVE-2026-115448. */
    @Test
    void refuses_more_than_1024_levels() {
        StringBuilder path = new StringBuilder();
        for (int level = 1; level <= 1024; level++) {
            assertThat(tree.create(path.append("/d").toString()).error()).isEqualTo(ErrorCode.OK);
        }

        assertThat(tree.create(path.append("/d").toString()).error()).isEqualTo(ErrorCode.BAD_ARGUMENTS);
    }

    /** Security, limits. */
    @Test
    void refuses_a_path_of_more_than_64_kib_and_a_list_of_more_than_256_entries() {
        assertThat(tree.create("/" + "x".repeat(64 * 1024 - 1)).error()).isEqualTo(ErrorCode.OK);
        assertThat(tree.create("/" + "x".repeat(64 * 1024)).error()).isEqualTo(ErrorCode.BAD_ARGUMENTS);
        assertThat(tree.create("/a", entries(257)).error()).isEqualTo(ErrorCode.INVALID_ACL);
        assertThat(tree.create("/a", entries(256)).error()).isEqualTo(ErrorCode.OK);
    }

    private static List<Acl> entries(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Acl(Permission.READ, new AuthId("digest", "user" + i + ":hash")))
                .toList();
    }

    @Test
    void changes_nothing_but_the_position_when_it_fails() {
        tree.create("/p");
        long digest = tree.machine.digest();
        tree.machine.freeze();

        tree.create("/p/a/b");
        tree.create("/p", List.of(new Acl(Permission.ALL, new AuthId("digest", DigestAuth.idOf("a:b")))));
        tree.write(new Delete("/p", 7));

        assertThat(tree.machine.digest()).isEqualTo(digest);
        assertThat(tree.machine.lastZxid()).isEqualTo(tree.zxid());
        assertThat(tree.machine.freeze().size()).isEqualTo(1);
    }

    private String sequential(String path) {
        return TreeFixture.createdPath(tree.create(path, CreateMode.PERSISTENT_SEQUENTIAL));
    }

    private static ErrorCode createTtl(TreeFixture tree, int flags, long ttl) {
        return tree.write(new Create(OpCode.CREATE_TTL, "/ttl", null, Acl.OPEN_UNSAFE, flags, ttl))
                .error();
    }

    private static Create create(OpCode op, String path, int flags) {
        return create(op, path, Acl.OPEN_UNSAFE, flags);
    }

    private static Create create(OpCode op, String path, @Nullable List<Acl> acl, int flags) {
        return new Create(op, path, Bytes.ofUtf8("data"), acl, flags);
    }
}
