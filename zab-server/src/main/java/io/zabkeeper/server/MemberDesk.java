package io.zabkeeper.server;

import io.netty.channel.EventLoop;
import io.zabkeeper.server.admin.report.Desk;
import io.zabkeeper.server.admin.report.MemberReporter;
import io.zabkeeper.server.admin.report.Topic;
import io.zabkeeper.server.loop.Turn;
import io.zabkeeper.server.metrics.MemberReport;
import io.zabkeeper.server.metrics.Metrics;
import io.zabkeeper.server.replica.Replica;
import io.zabkeeper.server.request.ConnectedClients;
import io.zabkeeper.server.request.RequestCounters;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Has the member's report collected on the replica loop, does there what is to be done, and hands the report to the thread
 * on which texts are made.
 */
final class MemberDesk implements Desk {
    private final EventLoop loop;
    private final Turn turn;
    private final Executor texts;
    private final MemberReporter reporter;
    private final Replica replica;
    private final ConnectedClients clients;
    private final RequestCounters counters;
    private final Metrics metrics;

    MemberDesk(
            EventLoop loop,
            Turn turn,
            Executor texts,
            MemberReporter reporter,
            Replica replica,
            ConnectedClients clients,
            RequestCounters counters,
            Metrics metrics) {
        this.loop = loop;
        this.turn = turn;
        this.texts = texts;
        this.reporter = reporter;
        this.replica = replica;
        this.clients = clients;
        this.counters = counters;
        this.metrics = metrics;
    }

    @Override
    public void ask(Effect effect, Set<Topic> topics, Consumer<MemberReport> receiver) {
        if (loop.inEventLoop()) {
            collect(effect, topics, receiver);
        } else {
            loop.execute(() -> turn.guarded(() -> collect(effect, topics, receiver)));
        }
    }

    /** A member that does not serve has nothing to tell but that, and its numbers. */
    private void collect(Effect effect, Set<Topic> topics, Consumer<MemberReport> receiver) {
        EnumSet<Topic> answered = EnumSet.noneOf(Topic.class);
        answered.addAll(topics);
        if (replica.isServing()) {
            perform(effect);
        } else {
            answered.retainAll(EnumSet.of(Topic.METRICS));
        }
        reporter.report(answered, report -> texts.execute(() -> receiver.accept(report)));
    }

    private void perform(Effect effect) {
        switch (effect) {
            case RESET_STATISTICS -> {
                counters.reset();
                replica.figures().reset();
                metrics.reset();
            }
            case RESET_CONNECTIONS -> clients.resetStatistics();
            case NONE -> {
                // Only a report is wanted.
            }
        }
    }
}
