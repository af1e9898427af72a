package io.zabkeeper.consensus.zab;

import static io.zabkeeper.consensus.zab.Rig.entries;
import static io.zabkeeper.consensus.zab.Rig.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zabkeeper.consensus.Entry;
import io.zabkeeper.consensus.Invariant;
import io.zabkeeper.consensus.Zxid;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class HistoryTest {
    private final History history = new History(true);

    private void append(List<Entry> entries, long sequence) {
        entries.forEach(entry -> history.append(entry, sequence));
    }

    /** Z-8, ZK-4925. */
    @Test
    void refuses_an_entry_that_leaves_a_gap() {
        append(entries(1, 2, 0), 1);

        assertThatThrownBy(() -> history.append(entry(Zxid.of(1, 4), Zxid.of(1, 3)), 2))
                .isInstanceOf(Invariant.Violation.class);
    }

    @Test
    void is_durable_as_far_as_the_log_says() {
        append(entries(1, 2, 0), 1);
        history.append(entry(Zxid.of(1, 3), Zxid.of(1, 2)), 2);

        history.persisted(1);
        assertThat(history.durable()).isEqualTo(Zxid.of(1, 2));
        history.persisted(2);
        assertThat(history.durable()).isEqualTo(Zxid.of(1, 3));
    }

    @Test
    void what_was_cut_off_does_not_become_durable_later() {
        append(entries(1, 3, 0), 1);

        history.truncate(Zxid.of(1, 1));
        history.append(entry(Zxid.of(2, 1), Zxid.of(1, 1)), 2);
        history.persisted(1);

        assertThat(history.durable()).isEqualTo(Zxid.of(1, 1));
        history.persisted(2);
        assertThat(history.durable()).isEqualTo(Zxid.of(2, 1));
    }

    @Test
    void is_cut_only_at_a_position_that_it_has() {
        append(entries(1, 2, 0), 1);
        append(entries(3, 1, Zxid.of(1, 2)), 1);

        assertThatThrownBy(() -> history.truncate(Zxid.of(2, 0))).isInstanceOf(Invariant.Violation.class);
    }

    @Test
    void finds_the_largest_position_at_most_another() {
        append(entries(1, 2, 0), 1);
        append(entries(3, 2, Zxid.of(1, 2)), 1);

        assertThat(history.floor(0)).isZero();
        assertThat(history.floor(Zxid.of(1, 7))).isEqualTo(Zxid.of(1, 2));
        assertThat(history.floor(Zxid.of(3, 1))).isEqualTo(Zxid.of(3, 1));
        assertThat(history.floor(Zxid.of(9, 9))).isEqualTo(Zxid.of(3, 2));
    }

    @Test
    void a_range_is_bounded_by_weight_but_never_empty() {
        List<Entry> entries = entries(1, 4, 0);
        append(entries, 1);

        assertThat(history.range(Zxid.of(1, 1), Zxid.of(1, 4), 1)).containsExactly(entries.get(1));
        assertThat(history.range(
                        Zxid.of(1, 1), Zxid.of(1, 4), 2L * entries.get(1).weight()))
                .containsExactly(entries.get(1), entries.get(2));
        assertThat(history.range(Zxid.of(1, 1), Zxid.of(1, 3))).containsExactly(entries.get(1), entries.get(2));
        assertThat(history.range(Zxid.of(1, 4), Zxid.of(1, 4))).isEmpty();
    }

    /** Z-7. */
    @Test
    void forgets_the_oldest_but_knows_where_it_begins() {
        append(entries(1, 10, 0), 1);

        history.trim(Zxid.of(1, 6), 3L * entry(1, 0).weight());

        assertThat(history.base()).isEqualTo(Zxid.of(1, 6));
        assertThat(history.range(Zxid.of(1, 6), Zxid.of(1, 10))).hasSize(4);
    }

    @Test
    void starts_from_entries_that_reach_back_behind_the_snapshot() {
        history.load(Zxid.of(1, 2), entries(1, 4, 0));

        assertThat(history.base()).isZero();
        assertThat(history.last()).isEqualTo(Zxid.of(1, 4));
        assertThat(history.durable()).isEqualTo(Zxid.of(1, 4));
    }

    @Test
    void starts_from_the_snapshot_when_the_log_ends_before_it() {
        history.load(Zxid.of(2, 2), entries(1, 4, 0));

        assertThat(history.base()).isEqualTo(Zxid.of(2, 2));
        assertThat(history.last()).isEqualTo(Zxid.of(2, 2));
    }

    @Test
    void agrees_with_a_list_whatever_is_done_to_it() {
        SplittableRandom random = new SplittableRandom(3);
        List<Entry> model = new ArrayList<>();
        long base = 0;
        long epoch = 1;
        long counter = 0;
        for (int i = 0; i < 20_000; i++) {
            int what = random.nextInt(100);
            if (what < 90) {
                counter++;
                Entry next = entry(Zxid.of(epoch, counter), history.last());
                history.append(next, i);
                model.add(next);
            } else if (what < 95 && !model.isEmpty()) {
                long end = model.get(random.nextInt(model.size())).zxid();
                history.truncate(end);
                model.removeIf(entry -> entry.zxid() > end);
                epoch++;
                counter = 0;
            } else {
                history.trim(history.last(), 64L * random.nextInt(2_000));
                while (!model.isEmpty() && model.get(0).zxid() <= history.base()) {
                    base = model.remove(0).zxid();
                }
            }
            assertThat(history.base()).isEqualTo(base);
            if (i % 50 == 0) {
                assertThat(history.range(base, history.last())).isEqualTo(model);
            }
        }
    }
}
