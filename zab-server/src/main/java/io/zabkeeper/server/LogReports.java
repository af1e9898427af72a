package io.zabkeeper.server;

import io.netty.channel.EventLoop;
import io.zabkeeper.consensus.Event;
import io.zabkeeper.server.log.LogListener;
import io.zabkeeper.server.loop.Turn;
import io.zabkeeper.server.replica.Replica;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The log thread's reports on their way to the replica loop. Durability is cumulative, so reports that the loop has not
 * come to yet become one.
 */
final class LogReports implements LogListener {
    private final EventLoop loop;
    private final AtomicLong durable = new AtomicLong();
    private final AtomicBoolean isUnderWay = new AtomicBoolean();
    private volatile @Nullable Replica replica;
    private volatile @Nullable Turn turn;

    LogReports(EventLoop loop) {
        this.loop = loop;
    }

    void serve(Replica replica, Turn turn) {
        this.turn = turn;
        this.replica = replica;
    }

    @Override
    public void persisted(long sequence) {
        durable.set(sequence);
        if (isUnderWay.compareAndSet(false, true)) {
            loop.execute(this::tell);
        }
    }

    private void tell() {
        isUnderWay.set(false);
        Replica state = replica;
        Turn current = turn;
        if (state != null && current != null) {
            current.guarded(() -> state.handle(new Event.Persisted(durable.get())));
        }
    }

    /** Not even the loop is asked: nothing may be acknowledged after this. */
    @Override
    public void failed(Throwable cause) {
        FailStop.halt(FailStop.Cause.DISK, "the log cannot be written", cause);
    }
}
