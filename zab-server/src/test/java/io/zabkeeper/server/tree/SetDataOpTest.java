package io.zabkeeper.server.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.AuthId;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.EventType;
import io.zabkeeper.wire.Permission;
import io.zabkeeper.wire.Stat;
import io.zabkeeper.wire.reply.StatReply;
import io.zabkeeper.wire.request.SetData;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Client protocol §3.3, §4.1, §4.2. */
class SetDataOpTest {
    private final TreeFixture tree = new TreeFixture();

    @Test
    void moves_version_mzxid_and_mtime_and_answers_with_the_stat() {
        tree.create("/a");
        Stat before = tree.stat("/a");

        Applied applied = tree.setData("/a", "longer data");

        Stat expected = new Stat(
                before.czxid(),
                tree.zxid(),
                before.ctime(),
                TreeFixture.stamp(tree.zxid()),
                1,
                0,
                0,
                0,
                11,
                0,
                before.pzxid());
        assertThat(applied.reply()).isEqualTo(new StatReply(expected));
        assertThat(tree.stat("/a")).isEqualTo(expected);
        assertThat(tree.data("/a")).isEqualTo("longer data");
    }

    /** Gotcha 31. */
    @Test
    void counts_and_tells_the_same_bytes_again() {
        tree.create("/a");
        tree.setData("/a", "x");

        Applied applied = tree.setData("/a", "x");

        assertThat(tree.stat("/a").version()).isEqualTo(2);
        assertThat(applied.events()).containsExactly(new TreeEvent(EventType.NODE_DATA_CHANGED, "/a", Acl.OPEN_UNSAFE));
    }

    /** Gotcha 29. */
    @Test
    void leaves_the_parent_alone() {
        tree.create("/p");
        tree.create("/p/a");
        Stat before = tree.stat("/p");

        tree.setData("/p/a", "x");

        assertThat(tree.stat("/p")).isEqualTo(before);
    }

    /** Gotcha 84. */
    @Test
    void takes_minus_one_for_any_version_and_no_other_negative_number() {
        tree.create("/a");

        assertThat(tree.write(new SetData("/a", Bytes.EMPTY, -1)).error()).isEqualTo(ErrorCode.OK);
        assertThat(tree.write(new SetData("/a", Bytes.EMPTY, 1)).error()).isEqualTo(ErrorCode.OK);
        assertThat(tree.write(new SetData("/a", Bytes.EMPTY, 1)).error()).isEqualTo(ErrorCode.BADVERSION);
        assertThat(tree.write(new SetData("/a", Bytes.EMPTY, -2)).error()).isEqualTo(ErrorCode.BADVERSION);
    }

    @Test
    void checks_the_path_then_the_znode_then_permission_then_the_version() {
        tree.create("/r", List.of(new Acl(Permission.READ, AuthId.ANYONE)));

        assertThat(tree.setData("/r/", "x").error()).isEqualTo(ErrorCode.BAD_ARGUMENTS);
        assertThat(tree.setData("", "x").error()).isEqualTo(ErrorCode.BAD_ARGUMENTS);
        assertThat(tree.setData("/no", "x").error()).isEqualTo(ErrorCode.NONODE);
        assertThat(tree.write(new SetData("/r", Bytes.EMPTY, 9)).error()).isEqualTo(ErrorCode.NOAUTH);
    }

    @Test
    void takes_null_for_data() {
        tree.create("/a");

        tree.setData("/a", null);

        assertThat(tree.data("/a")).isNull();
        assertThat(tree.machine.digest()).isEqualTo(tree.machine.recomputedDigest());
    }

    /** §4.2: -1 means any version, so no znode ever has it. */
    @Test
    void wraps_the_version_around_minus_one() {
        Znode node = new Znode(2, 1, 0, 0, 0, 0, 0, 0, Integer.MAX_VALUE, 0, -2, 1, new byte[1], null, null);

        Znode wrapped = node.withData(null, 1, 1);

        assertThat(wrapped.version).isEqualTo(Integer.MIN_VALUE);
        assertThat(node.withAcl(1).aversion).isZero();
    }
}
