package io.zabkeeper.consensus.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.consensus.simulator.Simulation.Options;
import io.zabkeeper.consensus.simulator.Simulation.Oracle;
import io.zabkeeper.consensus.zab.ZabMutation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Switches the rules of the core off, one by one: a simulator that does not notice would prove nothing. */
final class MutationTest {
    private static final int MOST_SEEDS = 1_000;

    @ParameterizedTest
    @EnumSource(ZabMutation.class)
    void a_rule_that_is_switched_off_is_missed(ZabMutation mutation) {
        SimulationFailure caught = null;
        int runs = 0;
        while (caught == null && runs < MOST_SEEDS) {
            runs++;
            caught = failure(mutation, runs);
        }

        System.out.printf(
                "%-36s %4d  %s%n",
                mutation, runs, caught == null ? "-" : caught.claim().lines().findFirst());
        assertThat(caught).as("a violation within %d seeds", MOST_SEEDS).isNotNull();
    }

    private static @Nullable SimulationFailure failure(ZabMutation mutation, long seed) {
        SimulationFailure failure =
                Simulation.failureOf(Options.of(seed, Oracle.HOSTILE).with(mutation));
        return failure != null
                ? failure
                : Simulation.failureOf(Options.of(seed, Oracle.FLE).with(mutation));
    }
}
