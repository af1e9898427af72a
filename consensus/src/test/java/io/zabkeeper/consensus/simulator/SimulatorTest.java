package io.zabkeeper.consensus.simulator;

import static io.zabkeeper.consensus.simulator.VirtualTime.MS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zabkeeper.consensus.simulator.ToyCore.Flaw;
import io.zabkeeper.consensus.simulator.invariant.Properties;
import io.zabkeeper.consensus.simulator.invariant.PropertyViolation;
import io.zabkeeper.consensus.simulator.oracle.LinearizableReads;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The judges are judged: a protocol that is right passes, and each way of being wrong is seen by the property it breaks. */
final class SimulatorTest {
    private static final int SEEDS = 40;

    @Test
    void a_right_protocol_passes() {
        long slots = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            slots += run(Flaw.NONE, seed);
        }

        assertThat(slots).isGreaterThan(10 * SEEDS);
    }

    @ParameterizedTest
    @CsvSource({
        "DELIVERS_WITHOUT_QUORUM, NoCreationFromFuture",
        "REPORTS_MORE_THAN_IS_DURABLE, NoCreationFromFuture",
        "TELLS_BEFORE_IT_IS_DURABLE, Liveness|Agreement",
        "DELIVERS_TWICE, Integrity|TotalOrder",
        "SKIPS_AN_ENTRY, Agreement|TotalOrder|Integrity",
        "CHANGES_A_PAYLOAD, HistoryCoherence",
        "REJECTS_WHAT_IT_ORDERS, Integrity",
        "READS_FROM_THE_PAST, LinearizableReads",
        "REFUSES_TO_WORK, Liveness"
    })
    void a_flaw_is_seen_by_the_property_it_breaks(Flaw flaw, String properties) {
        assertThatThrownBy(() -> {
                    for (long seed = 1; seed <= SEEDS; seed++) {
                        run(flaw, seed);
                    }
                })
                .isInstanceOf(PropertyViolation.class)
                .hasMessageMatching("(?s)(" + properties + "): .*");
    }

    @Test
    void the_queue_of_time_is_ordered_by_time_and_then_by_arrival() {
        VirtualTime time = new VirtualTime();
        List<String> happened = new ArrayList<>();
        time.at(20, () -> happened.add("c"));
        time.at(10, () -> happened.add("a"));
        time.at(10, () -> happened.add("b"));
        time.at(31, () -> happened.add("too late"));

        while (time.advance(30)) {
            assertThat(time.now()).isLessThanOrEqualTo(30);
        }

        assertThat(happened).containsExactly("a", "b", "c");
        assertThat(time.now()).isEqualTo(30);
    }

    /** Crashes at effect boundaries, lost tails, losses and cuts; no disk is lost, the toy could not survive that. */
    private static long run(Flaw flaw, long seed) {
        Dice dice = Dice.of(seed);
        FaultPlan plan = new FaultPlan(
                3,
                EnumSet.of(
                        Fault.LOSS,
                        Fault.DUPLICATION,
                        Fault.REORDERING,
                        Fault.CRASHES,
                        Fault.EFFECT_CRASHES,
                        Fault.LOST_TAILS,
                        Fault.ONE_WAY_CUTS),
                1_000 * MS,
                0.05,
                0.1,
                MS / 2,
                2 * MS,
                60 * MS,
                3 * MS,
                1_000_000,
                1 << 20,
                true);
        SimulatedCluster cluster = new SimulatedCluster(
                plan,
                dice.split(),
                new Trace(Trace.Depth.LAST_LINES),
                (self, life) -> new ToyCore(self, flaw),
                world -> Properties.ofAnyProtocol(world, new LinearizableReads()));
        Saboteur saboteur = new Saboteur(cluster, dice.split());
        cluster.nodes().forEach(SimulatedNode::start);
        cluster.workload().start();
        saboteur.start();

        advanceTo(cluster, plan.chaosNanos());
        saboteur.stop();
        cluster.network().calm();
        cluster.network().restoreAll();
        cluster.onPlannedCrash(SimulatedNode::start);
        cluster.nodes().forEach(SimulatedNode::start);
        long before = cluster.workload().acknowledged();
        advanceTo(cluster, plan.chaosNanos() + 500 * MS);
        if (cluster.workload().acknowledged() == before) {
            throw new PropertyViolation("Liveness", "nothing was acknowledged after the faults had ended");
        }
        return cluster.decided().length();
    }

    private static void advanceTo(SimulatedCluster cluster, long end) {
        while (cluster.time().advance(end)) {
            assertThat(cluster.steps()).isLessThan(1_000_000);
        }
    }
}
