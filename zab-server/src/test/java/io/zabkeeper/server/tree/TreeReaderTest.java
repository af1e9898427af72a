package io.zabkeeper.server.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.server.auth.DigestAuth;
import io.zabkeeper.server.auth.Identity;
import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.AuthId;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.CreateMode;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.Permission;
import io.zabkeeper.wire.reply.AclReply;
import io.zabkeeper.wire.reply.ChildrenReply;
import io.zabkeeper.wire.reply.DataReply;
import io.zabkeeper.wire.reply.StatReply;
import io.zabkeeper.wire.request.Exists;
import io.zabkeeper.wire.request.GetAcl;
import io.zabkeeper.wire.request.GetChildren;
import io.zabkeeper.wire.request.GetData;
import io.zabkeeper.wire.request.Ping;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Client protocol §3.3, §7.5. */
class TreeReaderTest {
    private static final AuthId ALICE = new AuthId("digest", DigestAuth.idOf("alice:secret"));
    private static final List<Acl> NOBODY = List.of(new Acl(0, AuthId.ANYONE));

    private final TreeFixture tree = new TreeFixture();

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

    @Test
    void answers_nothing_else() {
        assertThat(tree.read(Ping.INSTANCE).error()).isEqualTo(ErrorCode.UNIMPLEMENTED);
        assertThat(tree.read(TreeFixture.createRequest("/x", CreateMode.PERSISTENT))
                        .error())
                .isEqualTo(ErrorCode.UNIMPLEMENTED);
    }
}
