package io.zabkeeper.server.request;

import io.zabkeeper.server.replica.Completion;
import io.zabkeeper.server.replica.Replica;
import io.zabkeeper.server.tree.Applied;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.reply.Reply;
import io.zabkeeper.wire.request.Request;
import org.jspecify.annotations.Nullable;

/**
 * One request in its session's order, from its arrival until its reply has been written.
 *
 * <p>A slot waits for the log (a write), for a barrier ({@code sync}) or for the slots before it (a read). It is answered
 * when it is at the head and waits for nothing.
 */
final class Slot implements Completion, Replica.BarrierWaiter {
    /** The reply names the state at the time when it is given. */
    static final long AS_OF_THE_REPLY = Long.MIN_VALUE;

    private final ClientSession session;
    final int xid;
    /** The number of the operation, for the statistics. */
    final int code;

    final long arrivedNanos;
    /** A read that is executed when its turn comes; null for everything else. */
    final @Nullable Request read;

    /** Whether the connection ends with this slot's reply. */
    boolean isLast;

    /** Whether writes behind it wait for it. */
    boolean isBarrier;

    /** A command that is ordered when the barriers before it have passed; null when there is none, or it is ordered. */
    byte @Nullable [] held;

    /** A write that the audit wants to know the end of; null when there is no audit. */
    @Nullable
    Request audited;
    /** What it counts among large requests. */
    int largeBytes;

    private boolean settled;
    long zxid;
    ErrorCode error = ErrorCode.OK;

    @Nullable
    Reply reply;

    Slot(ClientSession session, int xid, int code, long arrivedNanos, @Nullable Request read) {
        this.session = session;
        this.xid = xid;
        this.code = code;
        this.arrivedNanos = arrivedNanos;
        this.read = read;
    }

    boolean isSettled() {
        return settled;
    }

    /** The reply is known. */
    void settle(long zxid, ErrorCode error, @Nullable Reply reply) {
        this.zxid = zxid;
        this.error = error;
        this.reply = reply;
        settled = true;
    }

    @Override
    public void applied(long zxid, Applied outcome) {
        settle(zxid, outcome.error(), outcome.reply());
        Audit audit = session.router().audit();
        if (audit.isKept()) {
            tell(audit, outcome);
        }
        session.applied();
    }

    private void tell(Audit audit, Applied outcome) {
        Request written = audited;
        if (written != null) {
            audit.wrote(session, written, outcome);
        } else if (isLast) {
            audit.ended(session.id(), outcome);
        }
    }

    @Override
    public void lost() {
        session.abandon();
    }

    @Override
    public void passed() {
        settle(AS_OF_THE_REPLY, ErrorCode.OK, reply);
        session.barrierPassed();
        session.advance();
    }

    @Override
    public void failed() {
        session.abandon();
    }
}
