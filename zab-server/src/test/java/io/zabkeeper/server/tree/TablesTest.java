package io.zabkeeper.server.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.wire.fuzz.Allocation;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link LongTable}, {@link LongSet} and {@link IdIndex} against the JDK's collections. */
class TablesTest {
    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(20_260_101);

    @ParameterizedTest
    @ValueSource(ints = {0, 4, 10})
    void a_table_holds_what_a_map_would_hold(int segmentBits) {
        LongTable<String> table = new LongTable<>(segmentBits);
        TreeMap<Long, String> model = new TreeMap<>();

        for (int i = 0; i < 20_000; i++) {
            long key = random.nextInt(500);
            if (random.nextInt(3) == 0) {
                assertThat(table.remove(key)).isEqualTo(model.remove(key));
            } else {
                assertThat(table.put(key, "v" + i)).isEqualTo(model.put(key, "v" + i));
            }
            assertThat(table.get(key)).isEqualTo(model.get(key));
        }

        assertThat(table.size()).isEqualTo(model.size());
        assertThat(table.sortedKeys()).containsExactly(model.keySet().toArray(Long[]::new));
        TreeMap<Long, String> seen = new TreeMap<>();
        table.forEach(seen::put);
        assertThat(seen).isEqualTo(model);
    }

    @Test
    void a_set_holds_what_a_set_would_hold() {
        LongSet set = new LongSet();
        TreeSet<Long> model = new TreeSet<>();

        for (int i = 0; i < 20_000; i++) {
            long value = 1L + random.nextInt(i < 10_000 ? 1000 : 20);
            if (random.nextInt(5) < 2) {
                set.remove(value);
                model.remove(value);
            } else {
                set.add(value);
                model.add(value);
            }
        }
        assertThat(set.sorted()).containsExactly(model.toArray(Long[]::new));

        for (long value : set.sorted()) {
            set.remove(value);
        }
        assertThat(set.isEmpty()).isTrue();
        assertThat(set.size()).isZero();
    }

    @Test
    void an_index_finds_by_id_and_goes_on_to_the_next() {
        IdIndex index = new IdIndex();
        TreeMap<Long, Znode> model = new TreeMap<>();
        long sparse = 3L << 20;
        long end = Long.MAX_VALUE;
        for (int i = 0; i < 30_000; i++) {
            // Dense at the beginning, sparse behind it, as after years of churn; and where nobody ever gets.
            long id = 1 + (i % 2 == 0 ? random.nextLong(2000) : random.nextLong(i % 10 == 1 ? end - 1 : sparse));
            if (random.nextInt(3) == 0) {
                index.remove(id);
                model.remove(id);
            } else {
                Znode node = Znode.created(id, 1, 1, 1, 0, 1, new byte[0], null);
                index.put(node);
                model.put(id, node);
            }
        }

        for (long id = 0; id < 3000; id++) {
            assertThat(index.get(id)).isSameAs(model.get(id));
        }
        Znode at = index.ceiling(0, end);
        for (Map.Entry<Long, Znode> entry : model.entrySet()) {
            assertThat(at).isSameAs(entry.getValue());
            at = index.ceiling(entry.getKey() + 1, end);
        }
        assertThat(at).isNull();
        assertThat(index.get(1L << 40)).isNull();
        assertThat(index.ceiling(model.firstKey(), model.firstKey())).isNull();
    }

    /** A damaged record of a snapshot made a member ask for memory in proportion to the id that it claimed. */
    @Test
    void an_id_beyond_all_others_costs_no_memory_in_front_of_it() {
        IdIndex index = new IdIndex();
        Znode first = Znode.created(1, 1, 1, 1, 0, 1, new byte[0], null);
        Znode last = Znode.created(1L << 45, 1, 1, 1, 0, 1, new byte[0], null);
        long before = Allocation.ofThisThread();

        index.put(first);
        index.put(last);

        assertThat(Allocation.ofThisThread() - before).isLessThan(100_000);
        assertThat(index.ceiling(2, Long.MAX_VALUE)).isSameAs(last);
    }
}
