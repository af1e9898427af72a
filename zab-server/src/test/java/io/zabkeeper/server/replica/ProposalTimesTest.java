package io.zabkeeper.server.replica;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProposalTimesTest {
    private final ProposalTimes times = new ProposalTimes();

    @Test
    void gives_each_time_once_up_to_the_position() {
        times.add(5, 50);
        times.add(6, 60);
        times.add(9, 90);

        assertThat(times.take(4)).isEqualTo(ProposalTimes.NONE);
        assertThat(times.take(6)).isEqualTo(50);
        assertThat(times.take(6)).isEqualTo(60);
        assertThat(times.take(6)).isEqualTo(ProposalTimes.NONE);
        assertThat(times.take(Long.MAX_VALUE)).isEqualTo(90);
        assertThat(times.take(Long.MAX_VALUE)).isEqualTo(ProposalTimes.NONE);
    }

    @Test
    void keeps_the_order_while_it_grows() {
        for (int i = 0; i < 40; i++) {
            times.add(i, i);
            times.take(i);
        }
        for (int i = 100; i < 1_000; i++) {
            times.add(i, 10L * i);
        }

        for (int i = 100; i < 1_000; i++) {
            assertThat(times.take(1_000)).isEqualTo(10L * i);
        }
    }

    @Test
    void forgets_everything_when_the_leadership_ends() {
        times.add(1, 1);

        times.clear();

        assertThat(times.take(1)).isEqualTo(ProposalTimes.NONE);
    }
}
