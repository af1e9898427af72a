package io.zabkeeper.server.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.consensus.SnapshotMeta;
import io.zabkeeper.wire.CreateMode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** R-20; faults 8 to 10; consensus §3.4: a cut is exact, and sessions, lists and znodes are in it together. */
class CutTest {
    static LongStream seeds() {
        return LongStream.range(1, 17);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void all_cuts_so_far_are_the_state(long seed) {
        RandomCommands commands = new RandomCommands(seed);
        TreeMachine machine = TreeMachine.fresh(TreeFixture.settings(true, "config", seed));
        Records records = new Records();

        for (int i = 1; i <= 2000; i++) {
            machine.apply(i, i, commands.member(), CommandCodec.encode(commands.command()));
            if (commands.below(60) == 0) {
                Cut cut = machine.freeze();
                cut.writeTo(records);
                TreeMachine restored = records.restore(TreeFixture.settings(true, "", 99), cut.meta());
                assertSame(restored, machine, seed);
            }
        }
    }

    /** Many machines go on from a restored one; the histories that follow must be the same. */
    @ParameterizedTest
    @MethodSource("seeds")
    void a_restored_machine_goes_on_as_the_one_that_never_stopped(long seed) {
        RandomCommands commands = new RandomCommands(seed);
        TreeMachine machine = TreeMachine.fresh(TreeFixture.settings(true, "", 0));
        TreeMachine follower = TreeMachine.fresh(TreeFixture.settings(true, "", 0));
        Records records = new Records();

        for (int i = 1; i <= 2000; i++) {
            byte[] command = CommandCodec.encode(commands.command());
            int member = commands.member();
            Applied applied = machine.apply(i, i, member, command);
            assertThat(follower.apply(i, i, member, command))
                    .as("seed %d command %d", seed, i)
                    .isEqualTo(applied);
            if (commands.below(100) == 0) {
                Cut cut = follower.freeze();
                cut.writeTo(records);
                follower = records.restore(TreeFixture.settings(true, "", i), cut.meta());
            }
        }

        assertSame(follower, machine, seed);
    }

    /** It is written by another thread while the tree goes on. */
    @Test
    void does_not_see_what_comes_after_it() {
        TreeFixture tree = new TreeFixture();
        tree.create("/a");
        tree.create("/a/b");
        Cut cut = tree.machine.freeze();
        long digest = tree.machine.digest();

        tree.setData("/a", "later");
        tree.delete("/a/b");
        tree.create("/a/c");
        tree.order(new Command.CloseSession(TreeFixture.SESSION));
        Records records = new Records();
        cut.writeTo(records);

        TreeMachine restored = records.restore(TreeSettings.DEFAULT, cut.meta());
        assertThat(restored.digest()).isEqualTo(digest);
        assertThat(restored.stat("/a/b")).isNotNull();
        assertThat(restored.stat("/a/c")).isNull();
        assertThat(restored.sessions().size()).isEqualTo(2);
    }

    @Test
    void can_be_written_again_after_a_failure() {
        TreeFixture tree = new TreeFixture();
        tree.create("/a", CreateMode.EPHEMERAL);
        Cut cut = tree.machine.freeze();
        Records first = new Records();
        Records second = new Records();

        cut.writeTo(first);
        cut.writeTo(second);

        assertThat(second.restore(TreeSettings.DEFAULT, cut.meta()).digest())
                .isEqualTo(first.restore(TreeSettings.DEFAULT, cut.meta()).digest());
    }

    @Test
    void holds_only_what_has_changed() {
        TreeFixture tree = new TreeFixture();
        tree.create("/p");
        for (int i = 0; i < 100; i++) {
            tree.create("/p/" + i);
        }
        tree.machine.freeze();

        tree.setData("/p/7", "x");
        tree.delete("/p/8");
        Cut cut = tree.machine.freeze();

        List<String> written = new ArrayList<>();
        cut.writeTo(new StateSink() {
            @Override
            public void put(Table table, long key, ByteBuffer value) {
                written.add("put " + table + " " + key);
            }

            @Override
            public void remove(Table table, long key) {
                written.add("remove " + table + " " + key);
            }
        });
        assertThat(written).containsExactly("put ACL 0", "put NODE 5", "put NODE 13", "remove NODE 14");
        assertThat(cut.size()).isEqualTo(4);
        assertThat(cut.meta()).isEqualTo(new SnapshotMeta(tree.zxid(), tree.machine.digest(), 104));
    }

    private static void assertSame(TreeMachine restored, TreeMachine live, long seed) {
        assertThat(restored.lastZxid()).isEqualTo(live.lastZxid());
        assertThat(restored.digest()).as("seed %d", seed).isEqualTo(live.digest());
        assertThat(restored.recomputedDigest()).isEqualTo(live.digest());
        assertThat(restored.nodeCount()).isEqualTo(live.nodeCount());
        assertThat(restored.ephemeralCount()).isEqualTo(live.ephemeralCount());
        assertThat(restored.dataSizeBytes()).isEqualTo(live.dataSizeBytes());
        assertThat(restored.aclCount()).isEqualTo(live.aclCount());
        assertThat(TreeDump.of(restored)).as("seed %d", seed).isEqualTo(TreeDump.of(live));
        live.sessions().forEach(session -> {
            assertThat(restored.sessions().get(session.id())).isEqualTo(session);
            assertThat(restored.ephemerals(session.id())).isEqualTo(live.ephemerals(session.id()));
        });
        assertThat(restored.sessions().size()).isEqualTo(live.sessions().size());
    }
}
