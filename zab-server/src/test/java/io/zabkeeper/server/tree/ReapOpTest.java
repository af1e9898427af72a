package io.zabkeeper.server.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.CreateMode;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.EventType;
import io.zabkeeper.wire.OpCode;
import io.zabkeeper.wire.Stat;
import io.zabkeeper.wire.request.Create;
import io.zabkeeper.wire.request.Delete;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Client protocol §4.5. In the fixture each command is one second later than the one before. */
class ReapOpTest {
    private static final TreeSettings SETTINGS = TreeFixture.settings(true, "", 0);
    private static final long NEVER = 0;
    private static final long LONG_AGO = TreeFixture.START + 1_000_000_000;

    private final TreeFixture tree = new TreeFixture(SETTINGS);

    /** Gotcha 70. */
    @Test
    void removes_a_container_that_has_had_a_child_and_has_none_any_more() {
        tree.create("/c", CreateMode.CONTAINER);
        long node = last();
        assertThat(due(NEVER)).isEmpty();
        tree.create("/c/child");
        assertThat(due(NEVER)).isEmpty();
        tree.delete("/c/child");
        assertThat(due(NEVER)).containsExactly(node);
        Stat parent = tree.stat("/");

        Applied applied = tree.order(new Command.ReapZnode(node, NEVER));

        assertThat(applied)
                .isEqualTo(new Applied(
                        ErrorCode.OK,
                        null,
                        List.of(
                                new TreeEvent(EventType.NODE_DELETED, "/c", Acl.OPEN_UNSAFE),
                                new TreeEvent(EventType.NODE_CHILDREN_CHANGED, "/", Acl.OPEN_UNSAFE)),
                        null));
        assertThat(tree.exists("/c")).isFalse();
        assertThat(tree.stat("/").pzxid()).isEqualTo(tree.zxid());
        assertThat(tree.stat("/").cversion()).isEqualTo(parent.cversion() + 1);
        assertThat(tree.machine.digest()).isEqualTo(tree.machine.recomputedDigest());
        assertThat(tree.machine.expiringCount()).isZero();
        assertThat(due(NEVER)).isEmpty();
    }

    @Test
    void leaves_a_container_that_got_a_child_meanwhile() {
        tree.create("/c", CreateMode.CONTAINER);
        long node = last();
        tree.create("/c/child");

        assertThat(tree.order(new Command.ReapZnode(node, NEVER)).error()).isEqualTo(ErrorCode.NOTEMPTY);

        assertThat(tree.exists("/c/child")).isTrue();
    }

    @Test
    void removes_a_container_that_was_never_used_only_at_an_age() {
        tree.create("/c", CreateMode.CONTAINER);
        long node = last();

        assertThat(tree.order(new Command.ReapZnode(node, NEVER)).error()).isEqualTo(ErrorCode.BADVERSION);
        assertThat(tree.order(new Command.ReapZnode(node, 2_000)).error()).isEqualTo(ErrorCode.BADVERSION);
        assertThat(tree.order(new Command.ReapZnode(node, 2_000)).error()).isEqualTo(ErrorCode.OK);
    }

    @Test
    void removes_a_znode_that_has_outlived_its_time_counted_from_the_last_change_of_its_data() {
        createWithTtl("/t", 2_000);
        long node = last();
        assertThat(tree.order(new Command.ReapZnode(node, NEVER)).error()).isEqualTo(ErrorCode.BADVERSION);
        tree.setData("/t", "alive");
        assertThat(tree.order(new Command.ReapZnode(node, NEVER)).error()).isEqualTo(ErrorCode.BADVERSION);
        assertThat(tree.order(new Command.ReapZnode(node, NEVER)).error()).isEqualTo(ErrorCode.BADVERSION);

        assertThat(tree.order(new Command.ReapZnode(node, NEVER)).error()).isEqualTo(ErrorCode.OK);

        assertThat(tree.exists("/t")).isFalse();
    }

    @Test
    void children_keep_a_znode_with_a_time_to_live_but_do_not_make_it_younger() {
        createWithTtl("/t", 1_000);
        long node = last();
        tree.create("/t/child");
        tree.create("/somewhere");
        assertThat(tree.order(new Command.ReapZnode(node, NEVER)).error()).isEqualTo(ErrorCode.NOTEMPTY);

        tree.delete("/t/child");

        assertThat(tree.order(new Command.ReapZnode(node, NEVER)).error()).isEqualTo(ErrorCode.OK);
    }

    /** A path that was created anew is another znode. */
    @Test
    void does_not_touch_what_has_the_same_path_now() {
        createWithTtl("/t", 1);
        long node = last();
        tree.delete("/t");
        createWithTtl("/t", 1);
        tree.create("/somewhere");

        assertThat(tree.order(new Command.ReapZnode(node, NEVER)).error()).isEqualTo(ErrorCode.NONODE);

        assertThat(tree.exists("/t")).isTrue();
    }

    @Test
    void removes_nothing_else_whatever_is_asked() {
        tree.create("/p");
        long persistent = last();
        tree.create("/e", CreateMode.EPHEMERAL);
        long ephemeral = last();

        for (long node : new long[] {persistent, ephemeral, 4, Long.MIN_VALUE, -1, 0, Long.MAX_VALUE}) {
            ErrorCode error = tree.order(new Command.ReapZnode(node, 1)).error();
            assertThat(error).as("znode %d", node).isIn(ErrorCode.BADVERSION, ErrorCode.NONODE);
        }
        assertThat(tree.order(new Command.ReapZnode(1, 1)).error()).isEqualTo(ErrorCode.NOTEMPTY);
        assertThat(tree.exists("/p")).isTrue();
        assertThat(tree.exists("/e")).isTrue();
    }

    @Test
    void is_found_again_after_a_restart_and_after_a_multi_that_failed() {
        tree.create("/c", CreateMode.CONTAINER);
        long container = last();
        tree.create("/c/child");
        tree.multi(
                TreeFixture.createRequest("/c2", CreateMode.CONTAINER),
                new Delete("/c/child", -1),
                new Delete("/none", -1));
        assertThat(tree.machine.expiringCount()).isEqualTo(1);
        assertThat(due(NEVER)).isEmpty();
        tree.delete("/c/child");
        Records records = new Records();
        Cut cut = tree.machine.freeze();
        cut.writeTo(records);

        tree.machine = records.restore(SETTINGS, cut.meta());

        assertThat(tree.machine.expiringCount()).isEqualTo(1);
        assertThat(due(NEVER)).containsExactly(container);
    }

    /** Among a hundred thousand others, in steps of a few looks each. */
    @Test
    void the_scan_looks_at_nothing_but_containers_and_times_to_live() {
        List<Long> expected = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            tree.create("/n" + i, i % 500 == 0 ? CreateMode.CONTAINER : CreateMode.PERSISTENT);
            if (i % 1_000 == 0) {
                expected.add(last());
                tree.create("/n" + i + "/child");
                tree.delete("/n" + i + "/child");
            }
        }
        ReapScan scan = tree.machine.reapScan(NEVER);
        List<Long> found = new ArrayList<>();
        int steps = 0;
        while (!scan.isDone()) {
            long node = scan.next(LONG_AGO, 1);
            steps++;
            if (node != 0) {
                found.add(node);
            }
        }

        assertThat(found).isEqualTo(expected);
        assertThat(steps).isLessThanOrEqualTo(5);
    }

    private List<Long> due(long neverUsedMs) {
        ReapScan scan = tree.machine.reapScan(neverUsedMs);
        List<Long> due = new ArrayList<>();
        while (!scan.isDone()) {
            long node = scan.next(LONG_AGO, 1_000);
            if (node != 0) {
                due.add(node);
            }
        }
        return due;
    }

    private void createWithTtl(String path, long ttlMs) {
        int flags = CreateMode.PERSISTENT_WITH_TTL.flags();
        Applied applied = tree.write(new Create(OpCode.CREATE_TTL, path, Bytes.EMPTY, Acl.OPEN_UNSAFE, flags, ttlMs));
        assertThat(applied.error()).isEqualTo(ErrorCode.OK);
    }

    /** The id of the znode that was created last. */
    private long last() {
        Records first = new Records();
        Walk walk = tree.machine.walk();
        walk.next(1, first);
        walk.close();
        byte[] counters = Objects.requireNonNull(first.table(Table.ACL).get(Counters.KEY));
        return StateDecoder.counters(ByteBuffer.wrap(counters)).nextNodeId() - 1;
    }
}
