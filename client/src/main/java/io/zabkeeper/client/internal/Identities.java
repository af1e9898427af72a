package io.zabkeeper.client.internal;

import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.reply.EmptyReply;
import io.zabkeeper.wire.request.Auth;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * Who the session has said that it is. A server knows that of a connection only, so each new connection begins with
 * telling it again.
 *
 * <p>An identity is kept from its submission on; one that a server refuses, or that nobody confirmed in time, is
 * forgotten.
 */
final class Identities {
    private final List<Operation> identities = new ArrayList<>();

    /** Sent over the present connection and not answered. Servers answer them in order among themselves. */
    private final Queue<Operation> unanswered = new ArrayDeque<>();

    void add(Operation auth) {
        identities.add(auth);
    }

    /** All that a new connection must hear, in order; they count as sent. */
    List<Auth> replay() {
        unanswered.clear();
        List<Auth> replay = new ArrayList<>();
        for (Operation identity : identities) {
            replay.add(sent(identity));
        }
        return replay;
    }

    Auth sent(Operation identity) {
        unanswered.add(identity);
        return (Auth) identity.request();
    }

    /** A server's answer; false if it refuses an identity that the session has had already. */
    boolean answered(int error) {
        Operation identity = unanswered.poll();
        if (identity == null) {
            return true;
        }
        if (error == 0) {
            identity.finish(new Outcome.Done(EmptyReply.INSTANCE));
            return true;
        }
        boolean isNew = !identity.isFinished();
        identities.remove(identity);
        identity.finish(new Outcome.Refused(ErrorCode.of(error), "the server refused the identity"));
        return isNew;
    }

    void sessionLost(String reason) {
        identities.forEach(identity -> identity.finish(new Outcome.SessionLost(reason)));
        identities.clear();
        unanswered.clear();
    }

    /** Forgets those that nobody confirmed in time; returns nanoseconds until the next one's time is over. */
    long expire(long nowNanos) {
        long left = Long.MAX_VALUE;
        for (Operation identity : List.copyOf(identities)) {
            if (!identity.isFinished()) {
                long leftOfThis = identity.deadlineNanos() - nowNanos;
                if (leftOfThis > 0) {
                    left = Math.min(left, leftOfThis);
                } else {
                    identities.remove(identity);
                    identity.finish(new Outcome.Refused(ErrorCode.OPERATION_TIMEOUT, "not confirmed in time"));
                }
            }
        }
        return left;
    }
}
