package io.zabkeeper.server.admin;

import io.zabkeeper.server.metrics.MemberReport;
import io.zabkeeper.server.metrics.ReportSamples;
import io.zabkeeper.server.metrics.Sample;
import io.zabkeeper.server.metrics.Sample.Distribution;
import io.zabkeeper.server.metrics.Sample.Percentiles;
import io.zabkeeper.server.metrics.Summary;
import java.util.LinkedHashMap;
import java.util.Map;

/** The answer to {@code mntr}: one {@code zk_name TAB value} on each line, the version and the state first. */
public final class MonitorText {
    private MonitorText() {}

    static String of(MemberReport report) {
        StringBuilder text = new StringBuilder();
        lines(report)
                .forEach((name, value) -> text.append("zk_")
                        .append(name)
                        .append('\t')
                        .append(value)
                        .append('\n'));
        return text.toString();
    }

    /** Names without the prefix, in their order. */
    public static Map<String, Object> lines(MemberReport report) {
        Map<String, Object> lines = new LinkedHashMap<>();
        lines.put("version", report.version());
        lines.put("server_state", report.standing().mode().word());
        if (!report.standing().peerState().isEmpty()) {
            lines.put("peer_state", report.standing().peerState());
        }
        for (Sample sample : ReportSamples.of(report)) {
            Distribution distribution = sample.distribution();
            if (distribution == null) {
                lines.put(sample.name(), sample.value());
            } else {
                put(lines, sample.name(), distribution);
            }
        }
        return lines;
    }

    private static void put(Map<String, Object> lines, String name, Distribution distribution) {
        lines.put("avg_" + name, distribution.average());
        lines.put("min_" + name, distribution.min());
        lines.put("max_" + name, distribution.max());
        lines.put("cnt_" + name, distribution.count());
        lines.put("sum_" + name, distribution.sum());
        if (distribution.detail() == Summary.Detail.ADVANCED) {
            Percentiles percentiles = distribution.percentiles();
            lines.put("p50_" + name, percentiles.p50());
            lines.put("p95_" + name, percentiles.p95());
            lines.put("p99_" + name, percentiles.p99());
            lines.put("p999_" + name, percentiles.p999());
        }
    }
}
