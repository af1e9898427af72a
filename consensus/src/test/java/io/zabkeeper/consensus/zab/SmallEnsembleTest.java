package io.zabkeeper.consensus.zab;

import static io.zabkeeper.consensus.zab.SmallEnsemble.MS;
import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.consensus.Event;
import io.zabkeeper.consensus.Standing;
import io.zabkeeper.consensus.zab.SmallEnsemble.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The protocol as a whole, on the real driver. */
final class SmallEnsembleTest {
    private static Node present(@Nullable Node node) {
        if (node == null) {
            throw new AssertionError("nobody leads");
        }
        return node;
    }

    private static SmallEnsemble formed(int size, long seed) {
        SmallEnsemble ensemble = new SmallEnsemble(size, seed, ZabConfig.DEFAULT);
        ensemble.startAll();
        ensemble.runUntil("all serve", ensemble::allServe);
        return ensemble;
    }

    @Test
    void one_member_forms_and_commits_alone() {
        SmallEnsemble ensemble = formed(1, 1);
        Node only = ensemble.node(1);

        only.propose(3);
        only.handle(new Event.ReadBarrier(7));
        ensemble.run(50 * MS);

        assertThat(only.delivered).hasSize(3);
        assertThat(only.reads).containsEntry(7L, 0L);
    }

    @Test
    void three_members_form_and_all_deliver_what_one_proposes() {
        SmallEnsemble ensemble = formed(3, 2);

        for (int i = 0; i < 100; i++) {
            present(ensemble.leader()).propose(3);
            ensemble.run(MS);
        }
        ensemble.run(200 * MS);

        ensemble.nodes.forEach(node -> assertThat(node.delivered).hasSize(300));
    }

    @Test
    void the_first_formation_takes_a_few_round_trips() {
        SmallEnsemble ensemble = new SmallEnsemble(3, 3, ZabConfig.DEFAULT);
        ensemble.spread = 1; // In order, as links are.
        ensemble.startAll();

        ensemble.runUntil("all serve", ensemble::allServe);

        assertThat(ensemble.now).isLessThan(20 * MS);
    }

    @Test
    void two_of_three_cannot_form_because_the_third_might_know_better() {
        SmallEnsemble ensemble = new SmallEnsemble(3, 4, ZabConfig.DEFAULT);
        ensemble.node(1).start();
        ensemble.node(2).start();

        ensemble.run(20_000 * MS);

        assertThat(ensemble.leader()).isNull();
    }

    @Test
    void a_killed_leader_is_replaced_within_milliseconds() {
        SmallEnsemble ensemble = formed(3, 5);
        Node first = present(ensemble.leader());
        first.propose(5);
        ensemble.run(100 * MS);
        long killed = ensemble.now;

        first.crash();
        ensemble.runUntil("another leader", () -> ensemble.leader() != null);

        assertThat(ensemble.now - killed).isLessThan(50 * MS);
        first.start();
        ensemble.runUntil("all equal", ensemble::allEqual);
    }

    @Test
    void an_isolated_leader_resigns_and_fails_its_reads() {
        SmallEnsemble ensemble = formed(3, 6);
        Node first = present(ensemble.leader());
        int id = first.id.value();
        for (int other : List.of(1, 2, 3)) {
            if (other != id) {
                ensemble.cut(id, other);
            }
        }
        ensemble.run(10 * MS);

        first.handle(new Event.ReadBarrier(1));
        first.propose(1);
        ensemble.run(3_000 * MS);

        assertThat(first.reads).isEmpty();
        assertThat(first.failedReads).containsExactly(1L);
        assertThat(first.uncertain).hasSize(1);
        assertThat(present(ensemble.leader()).id).isNotEqualTo(first.id);
        for (int other : List.of(1, 2, 3)) {
            if (other != id) {
                ensemble.join(id, other);
            }
        }
        ensemble.runUntil("all equal", ensemble::allEqual);
    }

    @Test
    void a_wiped_member_votes_again_only_after_the_others_have_a_barrier() {
        SmallEnsemble ensemble = formed(3, 7);
        present(ensemble.leader()).propose(10);
        ensemble.run(100 * MS);
        Node wiped = ensemble.node(1);

        wiped.crash();
        wiped.wipe(Standing.BLANK);
        wiped.start();
        ensemble.runUntil("it serves", () -> wiped.status().serving());

        assertThat(wiped.status().voting()).isFalse();
        ensemble.runUntil(
                "it votes", () -> wiped.status().voting() && wiped.status().serving());
        assertThat(wiped.status().delivered())
                .isGreaterThan(ensemble.node(2).delivered.get(9).zxid());
    }

    @Test
    void a_wiped_member_and_a_stale_one_elect_nobody() {
        SmallEnsemble ensemble = formed(3, 8);
        ensemble.node(1).crash();
        ensemble.run(100 * MS);
        present(ensemble.leader()).propose(10);
        ensemble.run(100 * MS);
        ensemble.node(2).crash();
        ensemble.node(3).crash();
        ensemble.node(2).wipe(Standing.AMNESIAC);

        ensemble.node(1).start();
        ensemble.node(2).start();
        ensemble.run(10_000 * MS);

        assertThat(ensemble.leader()).isNull();
        ensemble.node(3).start();
        ensemble.runUntil("all equal", ensemble::allEqual);
        assertThat(ensemble.node(1).delivered).hasSizeGreaterThanOrEqualTo(10);
    }

    @Test
    void a_member_far_behind_gets_a_snapshot() {
        ZabConfig small = ZabConfig.DEFAULT.withBytes(2_000, 1 << 20, 1 << 20, 1 << 16, 1 << 20);
        SmallEnsemble ensemble = new SmallEnsemble(3, 9, small);
        ensemble.startAll();
        ensemble.runUntil("all serve", ensemble::allServe);
        Node laggard = ensemble.node(1);
        laggard.crash();
        ensemble.runUntil("a leader", () -> ensemble.leader() != null);
        for (int i = 0; i < 200; i++) {
            present(ensemble.leader()).propose(2);
            ensemble.run(MS);
        }

        laggard.start();
        for (int i = 0; i < 50; i++) {
            present(ensemble.leader()).propose(2);
            ensemble.run(MS);
        }

        ensemble.runUntil("all equal", ensemble::allEqual);
        assertThat(laggard.delivered).hasSizeLessThan(200);
    }

    @Test
    void the_counter_never_carries_into_the_epoch() {
        SmallEnsemble ensemble = new SmallEnsemble(3, 10, ZabConfig.DEFAULT.withCounterLimit(10));
        ensemble.startAll();
        for (int i = 0; i < 400; i++) {
            Node leader = ensemble.leader();
            if (leader != null) {
                leader.propose(3);
            }
            ensemble.run(5 * MS);
        }

        ensemble.runUntil("all equal", ensemble::allEqual);
        assertThat(ensemble.node(1).delivered)
                .hasSizeGreaterThan(30)
                .allSatisfy(entry -> assertThat(entry.zxid() & 0xffffffffL).isBetween(1L, 12L));
    }

    @Test
    void nothing_is_lost_or_contradicted_whatever_fails() {
        for (int seed = 0; seed < 100; seed++) {
            try {
                torture(seed);
            } catch (AssertionError failure) {
                throw new AssertionError("seed " + seed + ": " + failure.getMessage(), failure);
            }
        }
    }

    static void torture(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int size = random.nextBoolean() ? 3 : 5;
        ZabConfig config = ZabConfig.DEFAULT.withBytes(
                random.nextBoolean() ? 1_000 : 1 << 20, 1 << 20, 500 + random.nextLong(5_000), 700, 1 << 16);
        SmallEnsemble ensemble = new SmallEnsemble(size, seed, config);
        ensemble.startAll();
        ensemble.runUntil("all serve", ensemble::allServe);
        ensemble.lost = random.nextInt(60);
        ensemble.doubled = random.nextInt(60);
        ensemble.spread = 1 + random.nextLong(10 * MS);
        ensemble.sync = 1 + random.nextLong(10 * MS);
        List<Node> nodes = new ArrayList<>(ensemble.nodes);
        for (int i = 0; i < 120; i++) {
            Node any = nodes.get(random.nextInt(size));
            switch (random.nextInt(8)) {
                case 0 -> {
                    if (any.up) {
                        any.crash();
                    }
                }
                case 1, 2 -> {
                    if (!any.up) {
                        any.start();
                    }
                }
                case 3 -> ensemble.cut(any.id.value(), 1 + random.nextInt(size));
                case 4 -> ensemble.join(any.id.value(), 1 + random.nextInt(size));
                default -> {
                    Node leader = ensemble.leader();
                    if (leader != null) {
                        leader.propose(1 + random.nextInt(4));
                        leader.handle(new Event.ReadBarrier(i));
                    }
                }
            }
            ensemble.run(random.nextLong(60 * MS));
        }
        ensemble.lost = 0;
        ensemble.doubled = 0;
        for (Node node : nodes) {
            if (!node.up) {
                node.start();
            }
        }
        for (int a = 1; a <= size; a++) {
            for (int b = a + 1; b <= size; b++) {
                ensemble.join(a, b);
            }
        }
        ensemble.runUntil("all equal", ensemble::allEqual);
        present(ensemble.leader()).propose(1);
        ensemble.run(300 * MS);
        ensemble.runUntil("all equal again", ensemble::allEqual);
    }
}
