package io.zabkeeper.server.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zabkeeper.consensus.SnapshotMeta;
import io.zabkeeper.wire.CreateMode;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** a state that is not what it claims to be is never taken for one. */
class TreeRestorerTest {
    private final TreeFixture tree = new TreeFixture();
    private final Records records = new Records();
    private SnapshotMeta meta = SnapshotMeta.NONE;

    @BeforeEach
    void writeAll() {
        tree.create("/a");
        tree.create("/a/b", CreateMode.EPHEMERAL);
        Cut cut = tree.machine.freeze();
        cut.writeTo(records);
        meta = cut.meta();
    }

    @Test
    void takes_the_tables_in_any_order() {
        TreeRestorer restorer = new TreeRestorer(TreeSettings.DEFAULT);
        for (Table table : new Table[] {Table.NODE, Table.ACL, Table.SESSION}) {
            records.table(table).descendingMap().forEach((key, value) -> {
                if (table != Table.NODE) {
                    restorer.put(table, key, ByteBuffer.wrap(value));
                }
            });
            records.table(table).forEach((key, value) -> {
                if (table == Table.NODE) {
                    restorer.put(table, key, ByteBuffer.wrap(value));
                }
            });
        }

        assertThat(restorer.finish(meta).digest()).isEqualTo(tree.machine.digest());
    }

    @ParameterizedTest
    @EnumSource(Table.class)
    void misses_every_record_that_is_not_there(Table table) {
        for (long key : records.table(table).keySet().toArray(Long[]::new)) {
            byte[] record = Objects.requireNonNull(records.table(table).remove(key));
            assertDamaged(meta);
            records.table(table).put(key, record);
        }

        assertThat(records.restore(TreeSettings.DEFAULT, meta).nodeCount()).isEqualTo(6);
    }

    @ParameterizedTest
    @EnumSource(Table.class)
    void finds_every_flipped_bit_and_every_lost_byte(Table table) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(4);
        for (long key : records.table(table).keySet().toArray(Long[]::new)) {
            byte[] record = Objects.requireNonNull(records.table(table).get(key));
            for (int i = 0; i < record.length; i++) {
                byte[] flipped = record.clone();
                flipped[i] ^= (byte) (1 << random.nextInt(8));
                records.table(table).put(key, flipped);
                assertDamaged(meta);
                records.table(table).put(key, Arrays.copyOf(record, i));
                assertDamaged(meta);
            }
            records.table(table).put(key, record);
        }
    }

    @Test
    void wants_the_digest_and_the_count_that_it_is_told() {
        assertDamaged(new SnapshotMeta(meta.zxid(), meta.digest() + 1, meta.count()));
        assertDamaged(new SnapshotMeta(meta.zxid(), meta.digest(), meta.count() + 1));
        assertDamaged(SnapshotMeta.NONE);
    }

    @Test
    void refuses_znodes_out_of_order() {
        TreeRestorer restorer = new TreeRestorer(TreeSettings.DEFAULT);
        byte[] record = Objects.requireNonNull(records.table(Table.NODE).get(1L));
        restorer.put(Table.NODE, 1, ByteBuffer.wrap(record));

        assertThatThrownBy(() -> restorer.put(Table.NODE, 1, ByteBuffer.wrap(record)))
                .isInstanceOf(StateDamaged.class);
    }

    @Test
    void refuses_two_children_of_one_name() {
        tree.create("/a/c");
        Cut cut = tree.machine.freeze();
        cut.writeTo(records);
        long last = records.table(Table.NODE).lastKey();
        records.table(Table.NODE)
                .put(last, Objects.requireNonNull(records.table(Table.NODE).get(last - 1)));

        assertThatThrownBy(() -> records.restore(TreeSettings.DEFAULT, cut.meta()))
                .isInstanceOf(StateDamaged.class)
                .hasMessage("znode " + last + " has the name of another child of " + (last - 2));
    }

    @Test
    void takes_no_removals() {
        assertThatThrownBy(() -> new TreeRestorer(TreeSettings.DEFAULT).remove(Table.NODE, 1))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    /** CVE-2026-115448: no depth overflows a stack, neither on the way out nor on the way in. */
    @Test
    void brings_the_deepest_chain_back() {
        StringBuilder path = new StringBuilder();
        for (int level = 1; level <= 1024; level++) {
            tree.create(path.append("/d").toString());
        }
        Cut cut = tree.machine.freeze();
        cut.writeTo(records);

        TreeMachine restored = records.restore(TreeSettings.DEFAULT, cut.meta());

        assertThat(restored.stat(path.toString())).isNotNull();
    }

    private void assertDamaged(SnapshotMeta claimed) {
        assertThatThrownBy(() -> records.restore(TreeSettings.DEFAULT, claimed)).isInstanceOf(StateDamaged.class);
    }
}
