package io.zabkeeper.client.internal;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Runs a task on the loop at the earliest of the times that it was set to. Belongs to the loop. */
final class Alarm {
    private final EventLoop loop;
    private final LongConsumer task;
    private @Nullable ScheduledFuture<?> scheduled;
    private long atNanos;

    /** @param task takes by how many nanoseconds it runs too late */
    Alarm(EventLoop loop, LongConsumer task) {
        this.loop = loop;
        this.task = task;
    }

    /** Sees to it that the task runs no later than so many nanoseconds from now. */
    void setWithin(long nanos) {
        long left = Math.max(0, nanos);
        long wantedNanos = System.nanoTime() + left;
        if (scheduled != null && atNanos - wantedNanos <= 0) {
            return;
        }
        stop();
        atNanos = wantedNanos;
        scheduled = loop.schedule(this::ring, left, TimeUnit.NANOSECONDS);
    }

    void stop() {
        if (scheduled != null) {
            scheduled.cancel(false);
            scheduled = null;
        }
    }

    private void ring() {
        scheduled = null;
        task.accept(Math.max(0, System.nanoTime() - atNanos));
    }
}
