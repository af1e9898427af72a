package io.zabkeeper.consensus.zab;

import static io.zabkeeper.consensus.zab.SmallEnsemble.MS;
import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.consensus.Entry;
import io.zabkeeper.consensus.Zxid;
import io.zabkeeper.consensus.zab.SmallEnsemble.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * The properties that the paper promises (Junqueira, Reed and Serafini, "Zab: High-performance broadcast for
 * primary-backup systems"), on runs with leaders that come and go.
 */
final class ZabPaperTest {
    private static List<List<Entry>> deliveries(long seed) {
        SmallEnsemble ensemble = new SmallEnsemble(3, seed, ZabConfig.DEFAULT);
        SplittableRandom random = new SplittableRandom(seed);
        ensemble.startAll();
        ensemble.runUntil("all serve", ensemble::allServe);
        for (int i = 0; i < 60; i++) {
            Node leader = ensemble.leader();
            if (leader != null) {
                leader.propose(1 + random.nextInt(3));
                if (random.nextInt(6) == 0) {
                    leader.cutOff();
                }
            }
            ensemble.run(random.nextLong(40 * MS));
            ensemble.joinAll();
        }
        ensemble.runUntil("all equal", ensemble::allEqual);
        List<List<Entry>> delivered = new ArrayList<>();
        ensemble.nodes.forEach(node -> delivered.add(node.delivered));
        return delivered;
    }

    /** Total order and agreement: "the sequences of delivered transactions are prefixes of one another". */
    @Test
    void processes_deliver_prefixes_of_one_sequence() {
        for (long seed = 0; seed < 20; seed++) {
            List<List<Entry>> delivered = deliveries(seed);

            assertThat(delivered.get(1)).as("seed %d", seed).isEqualTo(delivered.get(0));
            assertThat(delivered.get(2)).as("seed %d", seed).isEqualTo(delivered.get(0));
            assertThat(delivered.get(0)).hasSizeGreaterThan(20);
        }
    }

    /** Local primary order: what one primary broadcast is delivered in the order in which it broadcast it. */
    @Test
    void the_broadcasts_of_one_primary_are_delivered_in_its_order_without_gaps() {
        for (long seed = 20; seed < 40; seed++) {
            long before = 0;
            for (Entry entry : deliveries(seed).get(0)) {
                boolean sameEpoch = Zxid.epoch(before) == Zxid.epoch(entry.zxid());
                assertThat(Zxid.counter(entry.zxid()))
                        .as("seed %d", seed)
                        .isEqualTo(sameEpoch ? Zxid.counter(before) + 1 : 1);
                before = entry.zxid();
            }
        }
    }

    /** Global primary order: what an earlier primary broadcast comes before what a later one did. */
    @Test
    void the_broadcasts_of_an_earlier_primary_come_first() {
        for (long seed = 40; seed < 60; seed++) {
            List<Entry> delivered = deliveries(seed).get(0);

            assertThat(delivered)
                    .as("seed %d", seed)
                    .isSortedAccordingTo((a, b) -> Long.compare(Zxid.epoch(a.zxid()), Zxid.epoch(b.zxid())));
            assertThat(Zxid.epoch(delivered.get(delivered.size() - 1).zxid())).isGreaterThan(1);
        }
    }

    /** Primary integrity: a primary has delivered everything of earlier epochs before it broadcasts. */
    @Test
    void the_first_broadcast_of_a_primary_follows_the_last_delivery_of_its_predecessors() {
        for (long seed = 60; seed < 80; seed++) {
            long before = 0;
            for (Entry entry : deliveries(seed).get(0)) {
                assertThat(entry.previous()).as("seed %d", seed).isEqualTo(before);
                before = entry.zxid();
            }
        }
    }
}
