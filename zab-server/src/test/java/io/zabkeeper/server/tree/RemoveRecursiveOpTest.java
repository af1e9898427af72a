package io.zabkeeper.server.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.AuthId;
import io.zabkeeper.wire.CreateMode;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.EventType;
import io.zabkeeper.wire.Permission;
import io.zabkeeper.wire.reply.MultiReply;
import io.zabkeeper.wire.reply.MultiReply.Result;
import io.zabkeeper.wire.request.Check;
import io.zabkeeper.wire.request.RemoveRecursive;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** All or nothing, in one order on all members. */
class RemoveRecursiveOpTest {
    private static final List<Acl> READ_ONLY = List.of(new Acl(Permission.READ, AuthId.ANYONE));

    private final TreeFixture tree = new TreeFixture();

    @BeforeEach
    void plant() {
        tree.create("/a");
        tree.create("/a/b");
        tree.create("/a/b/c");
        tree.create("/a/d", CreateMode.EPHEMERAL);
    }

    @Test
    void removes_a_znode_with_everything_below_the_newest_first() {
        Applied applied = remove("/a", 4);

        assertThat(applied.error()).isEqualTo(ErrorCode.OK);
        assertThat(applied.events().stream().map(event -> event.type() + " " + event.path()))
                .containsExactly(
                        EventType.NODE_DELETED + " /a/d",
                        EventType.NODE_CHILDREN_CHANGED + " /a",
                        EventType.NODE_DELETED + " /a/b/c",
                        EventType.NODE_CHILDREN_CHANGED + " /a/b",
                        EventType.NODE_DELETED + " /a/b",
                        EventType.NODE_CHILDREN_CHANGED + " /a",
                        EventType.NODE_DELETED + " /a",
                        EventType.NODE_CHILDREN_CHANGED + " /");
        assertThat(tree.exists("/a")).isFalse();
        assertThat(tree.stat("/").pzxid()).isEqualTo(tree.zxid());
        assertThat(tree.machine.nodeCount()).isEqualTo(4);
        assertThat(tree.machine.ephemerals(TreeFixture.SESSION)).isEmpty();
        assertThat(tree.machine.digest()).isEqualTo(tree.machine.recomputedDigest());
    }

    @Test
    void removes_nothing_beyond_its_limit() {
        assertThat(remove("/a", 3).error()).isEqualTo(ErrorCode.NOTEMPTY);
        assertThat(remove("/a", 0).error()).isEqualTo(ErrorCode.NOTEMPTY);
        assertThat(tree.machine.nodeCount()).isEqualTo(8);
        assertThat(remove("/a", -1).error()).isEqualTo(ErrorCode.OK);
    }

    @Test
    void removes_no_more_with_one_command_than_the_loop_can_bear() {
        tree.create("/many");
        IntStream.range(0, RemoveRecursiveOp.MOST - 1).forEach(i -> tree.create("/many/" + i));
        assertThat(tree.multi(new RemoveRecursive("/a", -1), new RemoveRecursive("/many", -1))
                        .reply())
                .isEqualTo(new MultiReply(
                        List.of(new Result.Failed(ErrorCode.OK), new Result.Failed(ErrorCode.NOTEMPTY))));
        assertThat(tree.exists("/a")).isTrue();

        assertThat(remove("/many", -1).error()).isEqualTo(ErrorCode.OK);
        tree.create("/many");
        IntStream.range(0, RemoveRecursiveOp.MOST).forEach(i -> tree.create("/many/" + i));
        assertThat(remove("/many", -1).error()).isEqualTo(ErrorCode.NOTEMPTY);
    }

    @Test
    void asks_everybody_who_loses_a_child() {
        tree.create("/a/b/e", READ_ONLY);
        assertThat(remove("/a", 100).error()).isEqualTo(ErrorCode.OK);
        plant();
        tree.create("/a/e", READ_ONLY);
        tree.create("/a/f", List.of(new Acl(Permission.CREATE, AuthId.ANYONE)));
        tree.create("/a/f/g");

        assertThat(remove("/a", 100).error()).isEqualTo(ErrorCode.NOAUTH);
        assertThat(remove("/a/f", 100).error()).isEqualTo(ErrorCode.NOAUTH);
        assertThat(remove("/a/f/g", 100).error()).isEqualTo(ErrorCode.NOAUTH);
        assertThat(tree.exists("/a/f/g")).isTrue();
    }

    @Test
    void keeps_what_must_stay_and_finds_nothing_where_nothing_is() {
        for (String path : List.of("/", "/zookeeper", "/zookeeper/quota", "/zookeeper/config", "", "x")) {
            assertThat(remove(path, -1).error()).as(path).isEqualTo(ErrorCode.BAD_ARGUMENTS);
        }
        assertThat(remove("/none", 1).error()).isEqualTo(ErrorCode.NONODE);
        assertThat(remove("/none/child", 1).error()).isEqualTo(ErrorCode.NONODE);
    }

    @Test
    void comes_back_with_a_multi_that_fails() {
        long before = tree.machine.digest();
        int below = tree.stat("/a").numChildren();

        Applied applied = tree.multi(new RemoveRecursive("/a", 10), new Check("/a", -1));

        assertThat(applied.events()).isEmpty();
        assertThat(tree.stat("/a").numChildren()).isEqualTo(below);
        assertThat(tree.machine.digest()).isEqualTo(before).isEqualTo(tree.machine.recomputedDigest());
        assertThat(tree.machine.ephemerals(TreeFixture.SESSION)).containsExactly("/a/d");
    }

    private Applied remove(String path, int limit) {
        return tree.write(new RemoveRecursive(path, limit));
    }
}
