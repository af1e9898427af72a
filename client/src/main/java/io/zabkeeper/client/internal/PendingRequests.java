package io.zabkeeper.client.internal;

import io.zabkeeper.wire.ErrorCode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * The requests without a reply, in the order of their submission: those on the wire, then those that wait for a
 * connection.
 *
 * <p>All requests of a session have the same time, so the oldest is the first to run out of it. One whose time is over
 * on the wire is finished but stays, for its reply may still come and must meet its xid.
 */
final class PendingRequests {
    private static final long NONE = Long.MAX_VALUE;

    private final Deque<Operation> sent = new ArrayDeque<>();
    private final Deque<Operation> waiting = new ArrayDeque<>();
    private int lastXid;

    void await(Operation operation) {
        waiting.add(operation);
    }

    /** The next one to send that somebody still waits for, null if there is none. */
    @Nullable
    Operation nextWaiting() {
        return waiting.poll();
    }

    int nextXid() {
        lastXid = lastXid == Integer.MAX_VALUE ? 1 : lastXid + 1;
        return lastXid;
    }

    void sent(Operation operation, int xid) {
        operation.sentAs(xid);
        sent.add(operation);
    }

    /** The one that a reply must belong to, null if none is due. */
    @Nullable
    Operation nextSent() {
        return sent.peek();
    }

    /** The one with this xid, if it was sent, is the next that a reply must belong to. */
    void bringForward(int xid) {
        Iterator<Operation> inOrder = sent.iterator();
        while (inOrder.hasNext()) {
            Operation operation = inOrder.next();
            if (operation.xid() == xid) {
                inOrder.remove();
                sent.addFirst(operation);
                return;
            }
        }
    }

    void removeSent() {
        sent.remove();
    }

    /** The connection is gone: reads can be asked again, writes may have been done. Nothing is sent a second time. */
    void connectionLost(String reason) {
        for (Operation operation = sent.poll(); operation != null; operation = sent.poll()) {
            operation.finish(
                    operation.request().isWrite()
                            ? new Outcome.Uncertain(reason)
                            : new Outcome.Refused(ErrorCode.CONNECTION_LOSS, reason));
        }
    }

    /** To be told after {@link #connectionLost}. */
    void sessionLost(String reason) {
        for (Operation operation = waiting.poll(); operation != null; operation = waiting.poll()) {
            operation.finish(new Outcome.SessionLost(reason));
        }
    }

    /** Finishes all whose time is over; returns nanoseconds until the next one's is, "never" as the largest number. */
    long expire(long nowNanos, String state) {
        while (!waiting.isEmpty() && waiting.peek().deadlineNanos() - nowNanos <= 0) {
            waiting.remove().finish(new Outcome.Refused(ErrorCode.OPERATION_TIMEOUT, "not sent in time: " + state));
        }
        long left = waiting.isEmpty() ? NONE : waiting.peek().deadlineNanos() - nowNanos;
        Iterator<Operation> oldestFirst = sent.iterator();
        while (oldestFirst.hasNext()) {
            Operation operation = oldestFirst.next();
            if (operation.deadlineNanos() - nowNanos > 0) {
                return Math.min(left, operation.deadlineNanos() - nowNanos);
            }
            if (!operation.isFinished()) {
                operation.finish(overdue(operation));
            }
        }
        return left;
    }

    private static Outcome overdue(Operation operation) {
        String reason = "no reply in time";
        return operation.request().isWrite()
                ? new Outcome.Uncertain(reason)
                : new Outcome.Refused(ErrorCode.OPERATION_TIMEOUT, reason);
    }
}
