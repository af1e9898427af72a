package io.zabkeeper.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class SummaryTest {
    private final Summary summary = new Summary(Summary.Detail.ADVANCED);

    @Test
    void is_empty_before_the_first_value() {
        assertThat(summary.count()).isZero();
        assertThat(summary.min()).isZero();
        assertThat(summary.max()).isZero();
        assertThat(summary.average()).isZero();
        assertThat(summary.quantile(0.99)).isZero();
    }

    @Test
    void counts_a_time_that_ran_backwards_as_none() {
        summary.record(-5);

        assertThat(summary.min()).isZero();
        assertThat(summary.sum()).isZero();
        assertThat(summary.count()).isEqualTo(1);
    }

    @Test
    void knows_the_largest_number_there_is() {
        summary.record(Long.MAX_VALUE);

        assertThat(summary.quantile(0.5)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void a_quantile_is_never_too_small_and_at_most_an_eighth_too_large() {
        long seed = 42;
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        long[] values = new long[10_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextLong(1L << random.nextInt(1, 60));
            summary.record(values[i]);
        }
        Arrays.sort(values);

        for (double share : new double[] {0.001, 0.1, 0.5, 0.95, 0.99, 0.999, 1}) {
            long exact = values[(int) Math.ceil(share * values.length) - 1];
            assertThat(summary.quantile(share))
                    .as("seed %s, share %s", seed, share)
                    .isBetween(exact, exact + exact / 8);
        }
        assertThat(summary.min()).isEqualTo(values[0]);
        assertThat(summary.max()).isEqualTo(values[values.length - 1]);
    }
}
