package io.zabkeeper.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MetricsTest {
    private final Metrics metrics = new Metrics();

    @Test
    void asking_again_gives_the_same_number() {
        metrics.count("proposal_count").increment();
        metrics.count("proposal_count").add(2);

        assertThat(metrics.count("proposal_count").value()).isEqualTo(3);
    }

    @Test
    void a_name_has_one_kind() {
        metrics.summary("fsynctime");

        assertThatThrownBy(() -> metrics.count("fsynctime"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("fsynctime is a Summary, not a Count");
    }

    @Test
    void values_are_those_of_mntr() {
        metrics.count("commit_count").add(5);
        metrics.sharedCount("bytes_received_count").inc(7);
        metrics.gauge("znode_count", () -> 9);
        metrics.summary("fsynctime").record(1);
        metrics.summary("fsynctime").record(4);
        metrics.summary("fsynctime").record(2);

        Map<String, Number> expected = new TreeMap<>();
        expected.put("commit_count", 5L);
        expected.put("bytes_received_count", 7L);
        expected.put("znode_count", 9);
        expected.put("avg_fsynctime", 2.3333);
        expected.put("min_fsynctime", 1L);
        expected.put("max_fsynctime", 4L);
        expected.put("cnt_fsynctime", 3L);
        expected.put("sum_fsynctime", 7L);
        expected.put("p50_fsynctime", 2L);
        expected.put("p95_fsynctime", 4L);
        expected.put("p99_fsynctime", 4L);
        expected.put("p999_fsynctime", 4L);
        assertThat(metrics.values()).isEqualTo(expected);
    }

    @Test
    void a_reset_starts_counts_and_summaries_anew_and_leaves_gauges() {
        metrics.count("a").increment();
        metrics.sharedCount("b").inc();
        metrics.gauge("c", () -> 3);
        metrics.summary("d").record(4);

        metrics.reset();

        assertThat(metrics.values())
                .containsEntry("a", 0L)
                .containsEntry("b", 0L)
                .containsEntry("c", 3)
                .containsEntry("min_d", 0L)
                .containsEntry("max_d", 0L)
                .containsEntry("cnt_d", 0L)
                .containsEntry("p50_d", 0L);
    }

    @Test
    void the_process_tells_its_file_descriptors() {
        ProcessGauges.register(metrics);

        assertThat(metrics.values())
                .hasEntrySatisfying(
                        "open_file_descriptor_count",
                        open -> assertThat(open.longValue()).isPositive());
        assertThat(metrics.values()).containsKey("max_file_descriptor_count");
    }
}
