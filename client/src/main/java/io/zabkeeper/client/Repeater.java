package io.zabkeeper.client;

import io.zabkeeper.client.internal.Outcome;
import io.zabkeeper.client.internal.SessionLoop;
import io.zabkeeper.client.internal.WatchSink;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.request.Request;
import io.zabkeeper.wire.request.SetAcl;
import io.zabkeeper.wire.request.SetData;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Submits requests to a session, again where a {@link RetryPolicy} says so. Safe for use by many threads. */
final class Repeater {
    private final SessionLoop session;
    private final RetryPolicy policy;
    private final long patienceNanos;

    Repeater(SessionLoop session, RetryPolicy policy, int operationTimeoutMs) {
        this.session = session;
        this.policy = policy;
        this.patienceNanos = Duration.ofMillis(operationTimeoutMs).toNanos();
    }

    /** As {@link SessionLoop#submit}; the outcome is that of the last attempt. */
    void submit(Request request, @Nullable WatchSink watch, Consumer<Outcome> completion) {
        if (policy.attempts() == 1) {
            session.submit(request, watch, completion);
        } else {
            attempt(1, System.nanoTime(), request, watch, completion);
        }
    }

    /** How many operation timeouts may pass until there is an outcome. */
    int longestInTimeouts() {
        return policy.attempts() == 1 ? 1 : 2;
    }

    private void attempt(
            int number, long firstNanos, Request request, @Nullable WatchSink watch, Consumer<Outcome> completion) {
        session.submit(request, watch, outcome -> {
            Duration pause = policy.pauseAfter(number);
            boolean isInTime = System.nanoTime() - firstNanos + pause.toNanos() < patienceNanos;
            if (number < policy.attempts() && isInTime && isWorthRepeating(request, outcome)) {
                Executor later = CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS);
                later.execute(() -> attempt(number + 1, firstNanos, request, watch, completion));
            } else {
                completion.accept(outcome);
            }
        });
    }

    private boolean isWorthRepeating(Request request, Outcome outcome) {
        if (outcome instanceof Outcome.Refused refused) {
            return refused.error() == ErrorCode.CONNECTION_LOSS || refused.error() == ErrorCode.THROTTLED_OP;
        }
        return outcome instanceof Outcome.Uncertain && policy.isOverwriteRepeated() && isOverwrite(request);
    }

    private static boolean isOverwrite(Request request) {
        return (request instanceof SetData data && data.version() == ZabClient.ANY_VERSION)
                || (request instanceof SetAcl acl && acl.version() == ZabClient.ANY_VERSION);
    }
}
