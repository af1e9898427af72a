package io.zabkeeper.server.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.consensus.SnapshotMeta;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** a snapshot to a peer is the state at one zxid, whatever is written while it is taken. */
class WalkTest {
    static LongStream seeds() {
        return LongStream.range(1, 17);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void is_exact_while_writes_go_on(long seed) {
        RandomCommands commands = new RandomCommands(seed);
        TreeMachine machine = TreeMachine.fresh(TreeFixture.settings(true, "", 0));
        int at = 0;
        for (int round = 0; round < 10; round++) {
            for (int i = 0; i < 300; i++) {
                at++;
                machine.apply(at, at, commands.member(), CommandCodec.encode(commands.command()));
            }
            Records still = new Records();
            Walk expected = machine.walk();
            assertThat(expected.next(Integer.MAX_VALUE, still)).isFalse();
            expected.close();

            Walk walk = machine.walk();
            SnapshotMeta meta = walk.meta();
            Records moving = new Records();
            while (walk.next(1 + commands.below(9), moving)) {
                for (int i = commands.below(9); i > 0; i--) {
                    at++;
                    machine.apply(at, at, commands.member(), CommandCodec.encode(commands.command()));
                }
            }
            walk.close();

            TreeMachine one = still.restore(TreeFixture.settings(true, "", 1), expected.meta());
            TreeMachine other = moving.restore(TreeFixture.settings(true, "", 2), meta);
            assertThat(meta).as("seed %d round %d", seed, round).isEqualTo(expected.meta());
            assertThat(other.recomputedDigest()).isEqualTo(one.recomputedDigest());
            assertThat(TreeDump.of(other)).as("seed %d", seed).isEqualTo(TreeDump.of(one));
        }
    }

    @Test
    void hands_out_the_lists_then_the_sessions_then_the_znodes_by_id() {
        TreeFixture tree = new TreeFixture();
        tree.create("/a");
        tree.create("/a/b");
        tree.setData("/a", "x");
        List<String> order = new ArrayList<>();

        tree.machine.walk().next(100, new StateSink() {
            @Override
            public void put(Table table, long key, ByteBuffer value) {
                order.add(table + " " + key);
            }

            @Override
            public void remove(Table table, long key) {
                throw new AssertionError("a walk only puts");
            }
        });

        assertThat(order.subList(0, 3)).containsExactly("ACL 0", "ACL 1", "ACL 2");
        assertThat(order.subList(3, 5)).allMatch(record -> record.startsWith("SESSION "));
        assertThat(order.subList(5, 11)).containsExactly("NODE 1", "NODE 2", "NODE 3", "NODE 4", "NODE 5", "NODE 6");
        assertThat(order).hasSize(11);
    }

    @Test
    void tells_when_there_is_no_more() {
        TreeFixture tree = new TreeFixture();
        Records records = new Records();
        Walk walk = tree.machine.walk();

        // The counters, two lists, two sessions, four znodes.
        assertThat(walk.next(9, records)).isTrue();
        assertThat(walk.next(1, records)).isFalse();
    }

    /** Two peers may be behind at different positions. */
    @Test
    void goes_on_beside_other_walks() {
        TreeFixture tree = new TreeFixture();
        tree.create("/a");
        Walk first = tree.machine.walk();
        tree.setData("/a", "1");
        Walk second = tree.machine.walk();
        tree.delete("/a");
        Records one = new Records();
        Records two = new Records();

        first.next(100, one);
        second.next(100, two);

        assertThat(one.restore(TreeSettings.DEFAULT, first.meta()).stat("/a"))
                .isNotNull()
                .returns(0, stat -> stat.version());
        assertThat(two.restore(TreeSettings.DEFAULT, second.meta()).stat("/a"))
                .isNotNull()
                .returns(1, stat -> stat.version());
    }
}
