package io.zabkeeper.server.loop;

import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
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
        CLIENTS,
        /** What nobody waits for, as events that a hundred thousand clients get: a part in each turn. */
        EVENTS
    }

    /** So many flushes of events in one turn; a flush is a system call. */
    private static final int MOST_EVENT_TASKS = 256;

    private final EventLoop loop;
    private final Consumer<Throwable> failed;
    private final ArrayDeque<Runnable> order = new ArrayDeque<>();
    private final ArrayDeque<Runnable> peers = new ArrayDeque<>();
    private final ArrayDeque<Runnable> clients = new ArrayDeque<>();
    private final ArrayDeque<Runnable> events = new ArrayDeque<>();
    private boolean scheduled;
    private boolean restAsked;

    /** @param failed ends the process: a loop that has thrown does not know any more what it has done (P13) */
    public Turn(EventLoop loop, Consumer<Throwable> failed) {
        this.loop = loop;
        this.failed = failed;
    }

    /** Runs {@code task} once at the end of this turn. Whoever calls keeps count of whether it is asked for already. */
    public void atEnd(Phase phase, Runnable task) {
        switch (phase) {
            case ORDER -> order.add(task);
            case PEERS -> peers.add(task);
            case CLIENTS -> clients.add(task);
            case EVENTS -> events.add(task);
        }
        if (!scheduled) {
            scheduled = true;
            loop.execute(this::finish);
        }
    }

    /** Runs {@code task} in the next turn, when the sockets have had theirs. */
    public void next(Runnable task) {
        // As a timer that is due: what is only executed would still belong to this turn.
        loop.schedule(() -> guarded(task), 0, TimeUnit.NANOSECONDS);
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
        run(order);
        run(peers);
        run(clients);
        runSome(events);
    }

    /** The rest follows in the next turn, when the sockets have had theirs. */
    private void runSome(ArrayDeque<Runnable> tasks) {
        for (int i = 0; i < MOST_EVENT_TASKS && !tasks.isEmpty(); i++) {
            tasks.poll().run();
        }
        if (!tasks.isEmpty() && !restAsked) {
            restAsked = true;
            next(() -> {
                restAsked = false;
                runSome(tasks);
            });
        }
    }

    private static void run(ArrayDeque<Runnable> tasks) {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }
}
