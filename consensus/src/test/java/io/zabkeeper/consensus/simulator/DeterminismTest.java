package io.zabkeeper.consensus.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.consensus.simulator.Simulation.Options;
import io.zabkeeper.consensus.simulator.Simulation.Oracle;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** the same seed gives the same run, to the letter of every line of its trace. */
final class DeterminismTest {
    @ParameterizedTest
    @EnumSource(Oracle.class)
    void a_seed_gives_the_same_trace_every_time(Oracle oracle) {
        Set<Long> hashes = new HashSet<>();
        for (long seed = 1; seed <= 20; seed++) {
            Options options = Options.of(seed, oracle).with(Trace.Depth.HASH);

            Simulation.Outcome first = Simulation.run(options);
            Simulation.Outcome second = Simulation.run(options);

            assertThat(second).as("seed %d", seed).isEqualTo(first);
            hashes.add(first.hash());
        }

        assertThat(hashes).as("different seeds give different runs").hasSize(20);
    }
}
