package io.zabkeeper.client.internal;

import io.zabkeeper.wire.request.Request;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One request on its way: who waits for it, until when, and whether it has been answered. Belongs to the loop. */
final class Operation {
    private final Request request;
    private final @Nullable WatchSink watch;
    private final long deadlineNanos;
    private final Consumer<Outcome> completion;
    private boolean isFinished;

    /** Set when it is sent. */
    private int xid;

    Operation(Request request, @Nullable WatchSink watch, long deadlineNanos, Consumer<Outcome> completion) {
        this.request = request;
        this.watch = watch;
        this.deadlineNanos = deadlineNanos;
        this.completion = completion;
    }

    Request request() {
        return request;
    }

    @Nullable
    WatchSink watch() {
        return watch;
    }

    long deadlineNanos() {
        return deadlineNanos;
    }

    int xid() {
        return xid;
    }

    void sentAs(int xid) {
        this.xid = xid;
    }

    boolean isFinished() {
        return isFinished;
    }

    /** The first outcome counts; a reply behind the deadline comes too late. */
    void finish(Outcome outcome) {
        if (!isFinished) {
            isFinished = true;
            completion.accept(outcome);
        }
    }
}
