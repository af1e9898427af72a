package io.zabkeeper.server.loop;

import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Collects what one turn of the loop has made and finishes it at the turn's end: natural batching, no timer.
 *
 * <p>A turn is one pass over the ready sockets. Whatever all of them brought is proposed as one batch, sent to the peers
 * with one flush each, and answered to the clients with one flush each, in that order.
 */
public final class Turn {
    /** The order of work at a turn's end. */
    public enum Phase {
        /** Requests of all connections become one proposal. */
        ORDER,
        /** Peers come before clients: the disk and the quorum are what everybody waits for. */
        PEERS,
        CLIENTS
    }

    private final EventLoop loop;
    private final Consumer<Throwable> failed;
    private final List<ArrayDeque<Runnable>> work = new ArrayList<>();
    private boolean scheduled;

    /** @param failed ends the process: a loop that has thrown does not know any more what it has done (P13) */
    public Turn(EventLoop loop, Consumer<Throwable> failed) {
        this.loop = loop;
        this.failed = failed;
        for (Phase phase : Phase.values()) {
            work.add(phase.ordinal(), new ArrayDeque<>());
        }
    }

    /** Runs {@code task} once at the end of this turn. Whoever calls keeps count of whether it is asked for already. */
    public void atEnd(Phase phase, Runnable task) {
        work.get(phase.ordinal()).add(task);
        if (!scheduled) {
            scheduled = true;
            loop.execute(this::finish);
        }
    }

    private void finish() {
        scheduled = false;
        guarded(this::runPhases);
    }

    /** Runs a part of the loop that touches the member's state. Whatever it throws ends the process, one fate for all. */
    public void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error thrown) {
            failed.accept(thrown);
        }
    }

    private void runPhases() {
        for (ArrayDeque<Runnable> phase : work) {
            for (Runnable task = phase.poll(); task != null; task = phase.poll()) {
                task.run();
            }
        }
    }
}
