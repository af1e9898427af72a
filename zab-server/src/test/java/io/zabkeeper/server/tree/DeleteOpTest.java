package io.zabkeeper.server.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.AuthId;
import io.zabkeeper.wire.CreateMode;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.EventType;
import io.zabkeeper.wire.Permission;
import io.zabkeeper.wire.Stat;
import io.zabkeeper.wire.reply.EmptyReply;
import io.zabkeeper.wire.request.Delete;
import io.zabkeeper.wire.request.SetAcl;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Client protocol §3.3, §4.1. */
class DeleteOpTest {
    private static final List<Acl> READ_ONLY = List.of(new Acl(Permission.READ, AuthId.ANYONE));
    private static final List<Acl> NOBODY = List.of(new Acl(0, AuthId.ANYONE));

    private final TreeFixture tree = new TreeFixture();

    @Test
    void removes_the_znode_and_moves_cversion_and_pzxid_of_the_parent() {
        tree.create("/p");
        tree.create("/p/a");
        Stat before = tree.stat("/p");

        Applied applied = tree.delete("/p/a");

        assertThat(applied.reply()).isEqualTo(EmptyReply.INSTANCE);
        assertThat(tree.exists("/p/a")).isFalse();
        assertThat(tree.stat("/p"))
                .isEqualTo(new Stat(
                        before.czxid(), before.mzxid(), before.ctime(), before.mtime(), 0, 2, 0, 0, 4, 0, tree.zxid()));
    }

    /** §5.2: the deleted znode's own list says who may hear of it. */
    @Test
    void tells_of_the_znode_and_then_of_the_parent() {
        tree.create("/a", READ_ONLY);

        assertThat(tree.delete("/a").events())
                .containsExactly(
                        new TreeEvent(EventType.NODE_DELETED, "/a", READ_ONLY),
                        new TreeEvent(EventType.NODE_CHILDREN_CHANGED, "/", Acl.OPEN_UNSAFE));
    }

    @Test
    void refuses_other_versions_and_znodes_with_children_in_this_order() {
        tree.create("/p");
        tree.create("/p/a");

        assertThat(tree.write(new Delete("/p", 1)).error()).isEqualTo(ErrorCode.BADVERSION);
        assertThat(tree.write(new Delete("/p", -2)).error()).isEqualTo(ErrorCode.BADVERSION);
        assertThat(tree.write(new Delete("/p", 0)).error()).isEqualTo(ErrorCode.NOTEMPTY);
        assertThat(tree.write(new Delete("/p/a", 0)).error()).isEqualTo(ErrorCode.OK);
    }

    /** Gotchas 36 and 37. */
    @Test
    void asks_the_parent_for_permission_and_not_the_znode() {
        tree.create("/p");
        tree.create("/p/a", NOBODY);

        assertThat(tree.delete("/p/a").error()).isEqualTo(ErrorCode.OK);

        tree.write(new SetAcl("/p", READ_ONLY, -1));
        assertThat(tree.delete("/p/missing").error()).isEqualTo(ErrorCode.NOAUTH);
    }

    @Test
    void looks_for_the_parent_before_the_znode() {
        assertThat(tree.delete("/no/x").error()).isEqualTo(ErrorCode.NONODE);
        assertThat(tree.delete("/x").error()).isEqualTo(ErrorCode.NONODE);
        assertThat(tree.delete("x").error()).isEqualTo(ErrorCode.BAD_ARGUMENTS);
        assertThat(tree.delete("").error()).isEqualTo(ErrorCode.BAD_ARGUMENTS);
        assertThat(tree.delete("/a\0").error()).isEqualTo(ErrorCode.BAD_ARGUMENTS);
        tree.create("/t");
        assertThat(tree.delete("/t/").error()).isEqualTo(ErrorCode.NONODE);
        assertThat(tree.delete("//").error()).isEqualTo(ErrorCode.NONODE);
    }

    @Test
    void takes_an_ephemeral_from_its_session() {
        tree.create("/e", CreateMode.EPHEMERAL);

        tree.delete("/e");

        assertThat(tree.machine.ephemerals(TreeFixture.SESSION)).isEmpty();
        assertThat(tree.machine.ephemeralCount()).isZero();
    }
}
