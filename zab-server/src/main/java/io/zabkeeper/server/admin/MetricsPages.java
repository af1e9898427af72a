package io.zabkeeper.server.admin;

import io.zabkeeper.server.admin.http.Answer;
import io.zabkeeper.server.admin.http.Pages;
import io.zabkeeper.server.admin.http.Question;
import io.zabkeeper.server.admin.report.Desk;
import io.zabkeeper.server.admin.report.Topic;
import io.zabkeeper.server.metrics.JvmMetrics;
import io.zabkeeper.server.metrics.MemberReport;
import io.zabkeeper.server.metrics.PrometheusText;
import io.zabkeeper.server.metrics.ReportSamples;
import java.util.Set;
import java.util.function.Consumer;

/** {@code /metrics}, for Prometheus. */
public final class MetricsPages implements Pages {
    private static final String PATH = "/metrics";

    private final Desk desk;
    private final boolean withJvm;

    /** @param withJvm whether the JVM's own figures are among them */
    public MetricsPages(Desk desk, boolean withJvm) {
        this.desk = desk;
        this.withJvm = withJvm;
    }

    @Override
    public void answer(Question question, Consumer<Answer> answer) {
        if (!question.path().equals(PATH)) {
            answer.accept(Answer.NOT_FOUND);
        } else if (!question.isGet()) {
            answer.accept(Answer.METHOD_NOT_ALLOWED);
        } else {
            desk.ask(Desk.Effect.NONE, Set.of(Topic.METRICS), report -> answer.accept(page(report)));
        }
    }

    private Answer page(MemberReport report) {
        PrometheusText text = new PrometheusText().addAll(ReportSamples.of(report));
        if (withJvm) {
            JvmMetrics.addTo(text);
        }
        return new Answer(200, PrometheusText.CONTENT_TYPE, text.toString());
    }
}
