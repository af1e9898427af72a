package io.zabkeeper.consensus.zab;

import static io.zabkeeper.consensus.zab.Rig.entries;
import static io.zabkeeper.consensus.zab.Rig.entry;
import static io.zabkeeper.consensus.zab.ZabMessage.SyncMode.DIFF;
import static io.zabkeeper.consensus.zab.ZabMessage.SyncMode.SNAP;
import static io.zabkeeper.consensus.zab.ZabMessage.SyncMode.TRUNC;
import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.consensus.Entry;
import io.zabkeeper.consensus.Zxid;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Section 2.4. */
final class SyncPlanTest {
    private static History of(List<Entry> entries) {
        History history = new History(true);
        entries.forEach(entry -> history.append(entry, 1));
        return history;
    }

    private static SyncPlan plan(History history, long last) {
        return SyncPlan.of(history, last, history.last(), false);
    }

    @Test
    void a_prefix_gets_the_difference() {
        History history = of(entries(1, 5, 0));

        assertThat(plan(history, Zxid.of(1, 3))).isEqualTo(new SyncPlan(DIFF, Zxid.of(1, 3)));
        assertThat(plan(history, Zxid.of(1, 5))).isEqualTo(new SyncPlan(DIFF, Zxid.of(1, 5)));
        assertThat(plan(history, 0)).isEqualTo(new SyncPlan(DIFF, 0));
    }

    @Test
    void what_the_leader_does_not_have_is_cut_off() {
        History history = of(entries(1, 5, 0));

        assertThat(plan(history, Zxid.of(1, 9))).isEqualTo(new SyncPlan(TRUNC, Zxid.of(1, 5)));
    }

    /** ZK-1154, row 7 of the table: a cut may cross epochs. */
    @Test
    void a_tail_of_an_epoch_that_ended_earlier_is_cut_off() {
        List<Entry> entries = entries(1, 3, 0);
        entries.addAll(entries(4, 2, Zxid.of(1, 3)));

        assertThat(plan(of(entries), Zxid.of(1, 7))).isEqualTo(new SyncPlan(TRUNC, Zxid.of(1, 3)));
    }

    /** ZK-2832. */
    @Test
    void an_uncommitted_entry_of_a_skipped_epoch_is_cut_off_although_the_leader_is_idle() {
        assertThat(plan(of(entries(1, 3, 0)), Zxid.of(2, 1))).isEqualTo(new SyncPlan(TRUNC, Zxid.of(1, 3)));
    }

    /** Z-7, ZK-4352. */
    @Test
    void whoever_ends_before_the_retained_history_gets_the_state() {
        History history = of(entries(1, 9, 0));
        history.trim(Zxid.of(1, 6), 0);

        assertThat(SyncPlan.of(history, Zxid.of(1, 5), Zxid.of(1, 8), false))
                .isEqualTo(new SyncPlan(SNAP, Zxid.of(1, 8)));
        assertThat(SyncPlan.of(history, Zxid.of(1, 6), Zxid.of(1, 8), false))
                .isEqualTo(new SyncPlan(DIFF, Zxid.of(1, 6)));
        assertThat(SyncPlan.of(history, 0, Zxid.of(1, 8), false)).isEqualTo(new SyncPlan(SNAP, Zxid.of(1, 8)));
    }

    @Test
    void a_learner_that_cannot_obey_gets_the_state_once_it_holds_what_they_have_in_common() {
        History history = of(entries(1, 9, 0));

        assertThat(SyncPlan.of(history, Zxid.of(1, 5), Zxid.of(1, 8), true))
                .isEqualTo(new SyncPlan(SNAP, Zxid.of(1, 8)));
        assertThat(SyncPlan.of(history, Zxid.of(1, 9), Zxid.of(1, 8), true))
                .isEqualTo(new SyncPlan(DIFF, Zxid.of(1, 9)));
    }

    /** The lemma of section 2.4 on random legal histories: the plan's position is the end of the common prefix. */
    @Test
    void the_common_history_is_found_without_comparing() {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 5_000; i++) {
            List<List<Entry>> logs = legalLogs(random);
            List<Entry> leader = logs.get(0);
            History history = of(leader);
            for (List<Entry> learner : logs) {
                long last =
                        learner.isEmpty() ? 0 : learner.get(learner.size() - 1).zxid();

                SyncPlan plan = SyncPlan.of(history, last, history.last(), false);

                assertThat(plan.position()).isEqualTo(commonEnd(leader, learner));
                assertThat(plan.mode()).isEqualTo(plan.position() == last ? DIFF : TRUNC);
            }
        }
    }

    /**
     * Logs as Zab leaves them: in each epoch some member whose log is newest among a majority makes a majority equal to
     * itself, and then proposes entries that reach some of them in part. The first of the result has led last.
     */
    private static List<List<Entry>> legalLogs(SplittableRandom random) {
        int size = 3;
        List<List<Entry>> logs = new ArrayList<>();
        long[] epochs = new long[size];
        for (int i = 0; i < size; i++) {
            logs.add(new ArrayList<>());
        }
        int leader = 0;
        for (long epoch = 1; epoch <= 6; epoch++) {
            int absent = random.nextInt(size);
            leader = -1;
            for (int i = 0; i < size; i++) {
                if (i != absent && (leader < 0 || isNewer(logs.get(i), epochs[i], logs.get(leader), epochs[leader]))) {
                    leader = i;
                }
            }
            for (int i = 0; i < size; i++) {
                if (i != absent) {
                    epochs[i] = epoch;
                    logs.set(i, new ArrayList<>(logs.get(leader)));
                }
            }
            List<Entry> own = logs.get(leader);
            int before = own.size();
            for (int n = random.nextInt(4); n > 0; n--) {
                long previous = own.isEmpty() ? 0 : own.get(own.size() - 1).zxid();
                own.add(entry(Zxid.of(epoch, own.size() - before + 1), previous));
            }
            for (int i = 0; i < size; i++) {
                if (i != absent && i != leader) {
                    logs.get(i).addAll(own.subList(before, before + random.nextInt(own.size() - before + 1)));
                }
            }
        }
        List<Entry> leading = logs.remove(leader);
        logs.add(0, leading);
        return logs;
    }

    private static boolean isNewer(List<Entry> a, long epochA, List<Entry> b, long epochB) {
        long lastA = a.isEmpty() ? 0 : a.get(a.size() - 1).zxid();
        long lastB = b.isEmpty() ? 0 : b.get(b.size() - 1).zxid();
        return epochA != epochB ? epochA > epochB : lastA > lastB;
    }

    private static long commonEnd(List<Entry> a, List<Entry> b) {
        long end = 0;
        for (int i = 0; i < Math.min(a.size(), b.size()) && a.get(i).equals(b.get(i)); i++) {
            end = a.get(i).zxid();
        }
        return end;
    }
}
