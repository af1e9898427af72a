package io.zabkeeper.consensus.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.consensus.simulator.Simulation.Options;
import io.zabkeeper.consensus.simulator.Simulation.Oracle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Runs seeds.
 *
 * <pre>
 *   -Dsim.seed=N        this one only, with a longer trace
 *   -Dsim.oracle=fle    or hostile; both when absent
 *   -Dsim.seeds=N       how many (default {@value #DEFAULT_FLE} and {@value #DEFAULT_HOSTILE}, about 70 s on one core)
 *   -Dsim.from=K        the first one (default 1)
 *   -Dsim.threads=N     at the same time (default: as many as there are processors)
 *   -Dsim.lines=N       of trace in a failure
 *   -Dsim.shrink=true   leave faults out as long as the run still fails
 * </pre>
 */
final class SimulationTest {
    private static final int DEFAULT_FLE = 8_000;
    private static final int DEFAULT_HOSTILE = 16_000;

    @ParameterizedTest
    @EnumSource(Oracle.class)
    void every_property_holds_in_every_run(Oracle oracle) throws InterruptedException {
        String only = System.getProperty("sim.oracle", oracle.name());
        if (!only.toUpperCase(Locale.ROOT).equals(oracle.name())) {
            return;
        }
        Long seed = Long.getLong("sim.seed");
        long from = seed != null ? seed : Long.getLong("sim.from", 1);
        long count = seed != null ? 1 : Long.getLong("sim.seeds", oracle == Oracle.FLE ? DEFAULT_FLE : DEFAULT_HOSTILE);

        Campaign campaign = new Campaign(
                oracle,
                from,
                count,
                Integer.getInteger("sim.threads", Runtime.getRuntime().availableProcessors()));
        campaign.run();

        System.out.println(campaign.summary());
        assertThat(campaign.totals().acknowledged()).isPositive();
    }

    /** Every seed that ever failed. */
    @Test
    void no_seed_fails_again() {
        List<Options> all = KeptSeeds.read();

        List<String> failed = new ArrayList<>();
        for (Options options : all) {
            SimulationFailure failure = Simulation.failureOf(options);
            if (failure != null) {
                failed.add(failure.getMessage());
            }
        }

        assertThat(failed).isEmpty();
    }
}
