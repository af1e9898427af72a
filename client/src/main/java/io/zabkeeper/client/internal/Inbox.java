package io.zabkeeper.client.internal;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings operations from the threads of the application to the loop, many in one turn of it.
 *
 * <p>Safe for use by many threads; the receiver is called on the loop.
 */
final class Inbox {
    private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);

    /** Operations taken in one turn of the loop: replies and other sessions get theirs between. */
    private static final int LARGEST_TURN = 1024;

    private final Executor loop;
    private final Consumer<Operation> receiver;
    private final Runnable afterTurn;
    private final Queue<Operation> operations = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean isScheduled = new AtomicBoolean();
    private final Runnable turn = this::take;

    Inbox(Executor loop, Consumer<Operation> receiver, Runnable afterTurn) {
        this.loop = loop;
        this.receiver = receiver;
        this.afterTurn = afterTurn;
    }

    void add(Operation operation) {
        operations.add(operation);
        schedule();
    }

    /** Runs a task on the loop; a loop that has ended runs nothing, but then the state does not change either. */
    void execute(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("the loop has ended", e);
            drop();
        }
    }

    private void schedule() {
        if (isScheduled.compareAndSet(false, true)) {
            execute(turn);
        }
    }

    private void take() {
        isScheduled.set(false);
        int left = LARGEST_TURN;
        for (Operation next = operations.poll(); next != null; next = left > 0 ? operations.poll() : null) {
            receiver.accept(next);
            left--;
        }
        afterTurn.run();
        if (!operations.isEmpty()) {
            schedule();
        }
    }

    private void drop() {
        isScheduled.set(false);
        for (Operation next = operations.poll(); next != null; next = operations.poll()) {
            next.finish(new Outcome.SessionLost("the client is closed"));
        }
    }
}
