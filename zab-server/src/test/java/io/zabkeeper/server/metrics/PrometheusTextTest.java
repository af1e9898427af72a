package io.zabkeeper.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Client protocol §9.8. */
class PrometheusTextTest {
    private final Metrics metrics = new Metrics();

    @Test
    void names_and_types_are_those_of_the_reference() {
        metrics.count("commit_count").add(3);
        metrics.gauge("znode_count", () -> 5);
        metrics.summary("fsynctime", Summary.Detail.BASIC).record(4);
        Summary reads = metrics.summary("readlatency", Summary.Detail.ADVANCED);
        reads.record(1);
        reads.record(9);

        assertThat(page()).isEqualTo("""
                        # HELP commit_count commit_count
                        # TYPE commit_count counter
                        commit_count 3.0
                        # HELP fsynctime fsynctime
                        # TYPE fsynctime summary
                        fsynctime{quantile="0.5"} 4.0
                        fsynctime_count 1.0
                        fsynctime_sum 4.0
                        # HELP readlatency readlatency
                        # TYPE readlatency summary
                        readlatency{quantile="0.5"} 1.0
                        readlatency{quantile="0.9"} 9.0
                        readlatency{quantile="0.99"} 9.0
                        readlatency_count 2.0
                        readlatency_sum 10.0
                        # HELP znode_count znode_count
                        # TYPE znode_count gauge
                        znode_count 5.0
                        """);
    }

    @Test
    void a_quantile_of_nothing_is_no_number() {
        metrics.summary("fsynctime", Summary.Detail.BASIC);

        assertThat(PrometheusPage.of(page()).value("fsynctime{quantile=0.5}")).isNaN();
    }

    @Test
    void a_strict_reader_reads_it_with_the_figures_of_the_jvm() {
        metrics.summary("readlatency", Summary.Detail.ADVANCED).record(1);
        PrometheusText text = new PrometheusText().addAll(metrics.samples());
        JvmMetrics.addTo(text);

        PrometheusPage page = PrometheusPage.of(text.toString());

        assertThat(page.types())
                .containsEntry("jvm_memory_bytes_used", "gauge")
                .containsEntry("jvm_gc_collection_seconds", "summary")
                .containsEntry("jvm_threads_current", "gauge")
                .containsEntry("process_cpu_seconds_total", "counter")
                .containsEntry("jvm_info", "gauge");
        assertThat(page.value("jvm_memory_bytes_used{area=heap}")).isPositive();
        assertThat(page.value("process_open_fds")).isPositive();
    }

    @Test
    void a_label_is_escaped() {
        String text = new PrometheusText()
                .family("a", "gauge")
                .value("a", PrometheusText.label("l", "back\\slash \"quote\" line\nend"), 1)
                .toString();

        assertThat(text).endsWith("a{l=\"back\\\\slash \\\"quote\\\" line\\nend\"} 1.0\n");
        PrometheusPage.of(text);
    }

    @Test
    void infinities_are_written_as_go_reads_them() {
        String text = new PrometheusText()
                .addAll(List.of(
                        Sample.gauge("up", Double.POSITIVE_INFINITY), Sample.gauge("down", Double.NEGATIVE_INFINITY)))
                .toString();

        assertThat(text).contains("up +Inf\n").contains("down -Inf\n");
    }

    /** The reader that the tests trust must be able to say no. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a 1.0\n",
                "# TYPE a gauge\na 1.0\n",
                "# HELP a a\n# TYPE a gauge\nb 1.0\n",
                "# HELP a a\n# TYPE a gauge\na 1.0\na 2.0\n",
                "# HELP a a\n# TYPE a gauge\na one\n",
                "# HELP a a\n# TYPE a number\na 1\n",
                "# HELP a a\n# TYPE a gauge\na{l=x} 1\n",
                "# HELP a a\n# TYPE a gauge\na{l=\"x} 1\n",
                "# HELP a a\n# TYPE a gauge\na 1",
                "# HELP a a\n# TYPE a gauge\n\na 1\n",
                "# HELP a a\n# TYPE a summary\na 1\n",
                "# HELP a a\n# TYPE a counter\na -1\n",
                "# HELP a-b a\n# TYPE a-b gauge\na-b 1\n"
            })
    void the_reader_refuses(String text) {
        assertThatThrownBy(() -> PrometheusPage.of(text)).isInstanceOf(AssertionError.class);
    }

    private String page() {
        return new PrometheusText().addAll(metrics.samples()).toString();
    }
}
