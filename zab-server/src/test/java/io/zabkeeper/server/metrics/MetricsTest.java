package io.zabkeeper.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MetricsTest {
    private static final Sample.Percentiles PERCENTILES = new Sample.Percentiles(2, 4, 4, 4, 4);

    private final Metrics metrics = new Metrics();

    @Test
    void asking_again_gives_the_same_number() {
        metrics.count("proposal_count").increment();
        metrics.count("proposal_count").add(2);

        assertThat(metrics.count("proposal_count").value()).isEqualTo(3);
    }

    @Test
    void a_name_has_one_kind() {
        metrics.summary("fsynctime", Summary.Detail.BASIC);

        assertThatThrownBy(() -> metrics.count("fsynctime"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("fsynctime is a Summary, not a Count");
    }

    @Test
    void samples_are_in_the_order_of_their_names_and_know_what_they_are() {
        metrics.sharedCount("bytes_received_count").inc(7);
        metrics.gauge("znode_count", () -> 9);
        metrics.count("commit_count").add(5);
        Count kept = new Count();
        kept.increment();
        metrics.add("kept_count", kept);

        assertThat(metrics.samples())
                .containsExactly(
                        Sample.counter("bytes_received_count", 7),
                        Sample.counter("commit_count", 5),
                        Sample.counter("kept_count", 1),
                        Sample.gauge("znode_count", 9));
    }

    @Test
    void a_summary_says_how_much_of_it_is_shown() {
        Summary basic = metrics.summary("fsynctime", Summary.Detail.BASIC);
        Summary advanced = metrics.summary("readlatency", Summary.Detail.ADVANCED);
        for (long value : new long[] {1, 4, 2}) {
            basic.record(value);
            advanced.record(value);
        }

        assertThat(metrics.samples())
                .containsExactly(
                        new Sample(
                                "fsynctime",
                                Sample.Kind.SUMMARY,
                                7L,
                                new Sample.Distribution(Summary.Detail.BASIC, 2.3333, 1, 4, 3, 7, PERCENTILES)),
                        new Sample(
                                "readlatency",
                                Sample.Kind.SUMMARY,
                                7L,
                                new Sample.Distribution(Summary.Detail.ADVANCED, 2.3333, 1, 4, 3, 7, PERCENTILES)));
    }

    @Test
    void a_reset_starts_counts_and_summaries_anew_and_leaves_gauges() {
        metrics.count("a").increment();
        metrics.sharedCount("b").inc();
        metrics.gauge("c", () -> 3);
        metrics.summary("d", Summary.Detail.BASIC).record(4);

        metrics.reset();

        assertThat(metrics.samples())
                .containsExactly(
                        Sample.counter("a", 0),
                        Sample.counter("b", 0),
                        Sample.gauge("c", 3),
                        new Sample(
                                "d",
                                Sample.Kind.SUMMARY,
                                0L,
                                new Sample.Distribution(
                                        Summary.Detail.BASIC, 0, 0, 0, 0, 0, new Sample.Percentiles(0, 0, 0, 0, 0))));
    }

    @Test
    void the_process_tells_its_file_descriptors() {
        ProcessGauges.register(metrics);

        assertThat(metrics.samples())
                .extracting(Sample::name)
                .containsExactly("max_file_descriptor_count", "open_file_descriptor_count");
        assertThat(metrics.samples())
                .allSatisfy(sample -> assertThat(sample.value().longValue()).isPositive());
    }
}
