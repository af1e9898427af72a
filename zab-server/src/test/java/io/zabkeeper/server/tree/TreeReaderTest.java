package io.zabkeeper.server.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.server.auth.DigestAuth;
import io.zabkeeper.server.auth.Identity;
import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.AuthId;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.CreateMode;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.OpCode;
import io.zabkeeper.wire.Permission;
import io.zabkeeper.wire.reply.AclReply;
import io.zabkeeper.wire.reply.ChildrenReply;
import io.zabkeeper.wire.reply.CountReply;
import io.zabkeeper.wire.reply.DataReply;
import io.zabkeeper.wire.reply.MultiReply;
import io.zabkeeper.wire.reply.MultiReply.Result;
import io.zabkeeper.wire.reply.StatReply;
import io.zabkeeper.wire.request.Check;
import io.zabkeeper.wire.request.Exists;
import io.zabkeeper.wire.request.GetAcl;
import io.zabkeeper.wire.request.GetAllChildrenNumber;
import io.zabkeeper.wire.request.GetChildren;
import io.zabkeeper.wire.request.GetData;
import io.zabkeeper.wire.request.MultiRead;
import io.zabkeeper.wire.request.Ping;
import io.zabkeeper.wire.request.SetData;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Client protocol §3.3, §7.5. */
class TreeReaderTest {
    private static final AuthId ALICE = new AuthId("digest", DigestAuth.idOf("alice:secret"));
    private static final List<Acl> NOBODY = List.of(new Acl(0, AuthId.ANYONE));

    private final TreeFixture tree = new TreeFixture();

    /** A large listing is kept for the next client, but never beyond the state that it was made from. */
    @Test
    void lists_a_large_family_as_it_is_now() {
        tree.create("/large");
        Set<Bytes> expected = new HashSet<>();
        for (int i = 0; i < 2_000; i++) {
            tree.create("/large/" + i);
            expected.add(Bytes.ofUtf8(Integer.toString(i)));
            if (i % 100 == 99) {
                List<Bytes> names = names("/large");
                assertThat(names).hasSameSizeAs(expected).containsExactlyInAnyOrderElementsOf(expected);
                assertThat(names("/large")).isEqualTo(names);
                if (i > 1_100) {
                    assertThat(names("/large")).isSameAs(names);
                }
            }
        }
        tree.delete("/large/7");
        expected.remove(Bytes.ofUtf8("7"));

        assertThat(names("/large")).hasSameSizeAs(expected).containsExactlyInAnyOrderElementsOf(expected);
    }

    private List<Bytes> names(String path) {
        ChildrenReply reply = (ChildrenReply) Objects.requireNonNull(
                tree.read(new GetChildren(path, false, false)).reply());
        return reply.names();
    }

    @Test
    void reads_data_stat_and_children() {
        tree.create("/a");
        tree.create("/a/b");

        assertThat(tree.read(new GetData("/a", false)))
                .isEqualTo(new ReadResult(ErrorCode.OK, new DataReply(Bytes.ofUtf8("data"), tree.stat("/a"))));
        assertThat(tree.read(new Exists("/a", true)))
                .isEqualTo(new ReadResult(ErrorCode.OK, new StatReply(tree.stat("/a"))));
        assertThat(tree.read(new GetChildren("/a", false, true)))
                .isEqualTo(
                        new ReadResult(ErrorCode.OK, new ChildrenReply(List.of(Bytes.ofUtf8("b")), tree.stat("/a"))));
        assertThat(tree.read(new GetChildren("/a/b", false, false)))
                .isEqualTo(new ReadResult(ErrorCode.OK, new ChildrenReply(List.of(), null)));
    }

    /** Gotcha 67. */
    @Test
    void lists_the_system_znode_below_the_root() {
        tree.create("/a");

        assertThat(tree.children("/")).containsExactly("a", "zookeeper");
    }

    /** §4.6: reads do not check a path, it leads somewhere or nowhere. */
    @Test
    void takes_any_text_for_a_path() {
        tree.create("/a");

        assertThat(tree.children("")).containsExactly("a", "zookeeper");
        for (String path : List.of("a", "//", "/a/", "//a", "/a//", "/a/.", "/\ud800", "/\ud83d\ude00", " ", "/a\0")) {
            assertThat(tree.read(new GetData(path, false)).error()).as(path).isEqualTo(ErrorCode.NONODE);
            assertThat(tree.read(new GetChildren(path, false, false)).error())
                    .as(path)
                    .isEqualTo(ErrorCode.NONODE);
            assertThat(tree.read(new GetAcl(path)).error()).as(path).isEqualTo(ErrorCode.NONODE);
        }
        assertThat(tree.read(new Exists("/a\0", false)).error()).isEqualTo(ErrorCode.BAD_ARGUMENTS);
        assertThat(tree.read(new Exists("/a/", false)).error()).isEqualTo(ErrorCode.NONODE);
    }

    @Test
    void refuses_whom_the_list_does_not_let_read() {
        tree.create("/secret", NOBODY);

        assertThat(tree.read(new GetData("/secret", false)).error()).isEqualTo(ErrorCode.NOAUTH);
        assertThat(tree.read(new GetChildren("/secret", false, false)).error()).isEqualTo(ErrorCode.NOAUTH);
        assertThat(tree.read(new Exists("/secret", false)).error()).isEqualTo(ErrorCode.NOAUTH);
        assertThat(tree.read(new GetAcl("/secret")).error()).isEqualTo(ErrorCode.NOAUTH);
    }

    /** Gotcha 38, CVE-2019-0201. */
    @Test
    void shows_hashes_to_administrators_only() {
        List<Acl> acl = List.of(
                new Acl(Permission.ADMIN, ALICE),
                new Acl(Permission.READ, AuthId.ANYONE),
                new Acl(Permission.READ, new AuthId("ip", "10.0.0.0/8")));
        tree.identity = List.of(ALICE);
        tree.create("/a", acl);

        assertThat(tree.read(new GetAcl("/a")).reply()).isEqualTo(new AclReply(acl, tree.stat("/a")));

        tree.identity = List.of(Identity.SUPER);
        assertThat(tree.read(new GetAcl("/a")).reply()).isEqualTo(new AclReply(acl, tree.stat("/a")));

        tree.identity = TreeFixture.SOMEBODY;
        assertThat(tree.read(new GetAcl("/a")).reply())
                .isEqualTo(new AclReply(
                        List.of(
                                new Acl(Permission.ADMIN, new AuthId("digest", "alice:x")),
                                new Acl(Permission.READ, AuthId.ANYONE),
                                new Acl(Permission.READ, new AuthId("ip", "10.0.0.0/8"))),
                        tree.stat("/a")));
    }

    @Test
    void lets_an_administrator_see_the_list_who_may_not_read() {
        tree.create("/a", List.of(new Acl(Permission.ADMIN, AuthId.ANYONE)));

        assertThat(tree.read(new GetAcl("/a")).error()).isEqualTo(ErrorCode.OK);
        assertThat(tree.read(new GetData("/a", false)).error()).isEqualTo(ErrorCode.NOAUTH);
    }

    /** §2.5. */
    @Test
    void counts_all_that_is_below_but_not_the_znode_itself() {
        tree.create("/a");
        tree.create("/a/b");
        tree.create("/a/b/c");
        tree.create("/ab");
        tree.multi(TreeFixture.createRequest("/a/d", CreateMode.PERSISTENT), new Check("/none", 0));

        assertThat(count("/")).isEqualTo(3 + 4);
        assertThat(count("/a")).isEqualTo(2);
        assertThat(count("/a/b/c")).isZero();
        tree.delete("/a/b/c");
        assertThat(count("/a")).isEqualTo(1);
        assertThat(count("/")).isEqualTo(3 + 3);
        assertThat(tree.read(new GetAllChildrenNumber("/none")).error()).isEqualTo(ErrorCode.NONODE);
        tree.create("/secret", NOBODY);
        assertThat(tree.read(new GetAllChildrenNumber("/secret")).error()).isEqualTo(ErrorCode.NOAUTH);
    }

    /** As on ZooKeeper 3.9.5, where every name begins with "/" and the root is one. */
    @Test
    void counts_the_root_too_when_its_name_is_empty() {
        assertThat(count("")).isEqualTo(count("/") + 1);
    }

    private int count(String path) {
        return ((CountReply) Objects.requireNonNull(
                        tree.read(new GetAllChildrenNumber(path)).reply()))
                .total();
    }

    /** §2.4. */
    @Test
    void answers_each_of_several_reads_for_itself() {
        tree.create("/a");
        tree.create("/secret", NOBODY);

        assertThat(tree.read(new MultiRead(List.of(
                        new GetData("/none", false),
                        new GetData("/a", true),
                        new GetData("/secret", false),
                        new GetChildren("/a", false, false)))))
                .isEqualTo(new ReadResult(
                        ErrorCode.OK,
                        new MultiReply(List.of(
                                new Result.Failed(ErrorCode.NONODE),
                                new Result.Done(OpCode.GET_DATA, new DataReply(Bytes.ofUtf8("data"), tree.stat("/a"))),
                                new Result.Failed(ErrorCode.NOAUTH),
                                new Result.Done(OpCode.GET_CHILDREN, new ChildrenReply(List.of(), null))))));
        assertThat(tree.read(new MultiRead(List.of())))
                .isEqualTo(new ReadResult(ErrorCode.OK, new MultiReply(List.of())));
    }

    /** CVE-2026-100302: a small request, a reply without bounds. */
    @Test
    void stops_reading_when_the_reply_is_large_enough() {
        tree.write(new SetData("/", Bytes.of(new byte[1024 * 1024]), -1));

        List<Result> results = results(new MultiRead(Collections.nCopies(64, new GetData("/", false))));

        assertThat(results.subList(0, 4)).allMatch(Result.Done.class::isInstance);
        assertThat(results.subList(4, 64)).containsOnly(new Result.Failed(ErrorCode.THROTTLED_OP));
    }

    @Test
    void carries_out_no_more_than_a_bound_of_reads_at_once() {
        int most = MultiReader.OPERATION_LIMIT;

        List<Result> results = results(new MultiRead(Collections.nCopies(most + 2, new GetData("/none", false))));

        assertThat(results.subList(0, most)).containsOnly(new Result.Failed(ErrorCode.NONODE));
        assertThat(results.subList(most, most + 2)).containsOnly(new Result.Failed(ErrorCode.THROTTLED_OP));
    }

    private List<Result> results(MultiRead multiRead) {
        return ((MultiReply) Objects.requireNonNull(tree.read(multiRead).reply())).results();
    }

    @Test
    void answers_nothing_else() {
        assertThat(tree.read(Ping.INSTANCE).error()).isEqualTo(ErrorCode.UNIMPLEMENTED);
        assertThat(tree.read(TreeFixture.createRequest("/x", CreateMode.PERSISTENT))
                        .error())
                .isEqualTo(ErrorCode.UNIMPLEMENTED);
    }
}
