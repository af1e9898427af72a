package io.zabkeeper.client.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.reply.EmptyReply;
import io.zabkeeper.wire.request.Delete;
import io.zabkeeper.wire.request.Request;
import io.zabkeeper.wire.request.Sync;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PendingRequestsTest {
    private static final Request READ = new Sync("/");
    private static final Request WRITE = new Delete("/", -1);

    private final PendingRequests pending = new PendingRequests();
    private final List<Outcome> outcomes = new ArrayList<>();

    @Test
    void knows_what_a_lost_connection_means_to_reads_and_to_writes() {
        send(READ, 10);
        send(WRITE, 10);
        pending.await(operation(WRITE, 10));

        pending.connectionLost("broken");

        assertThat(outcomes)
                .containsExactly(
                        new Outcome.Refused(ErrorCode.CONNECTION_LOSS, "broken"), new Outcome.Uncertain("broken"));
        assertThat(pending.nextWaiting()).isNotNull();
    }

    @Test
    void does_not_do_what_waits_when_the_session_is_lost() {
        pending.await(operation(WRITE, 10));

        pending.sessionLost("expired");

        assertThat(outcomes).containsExactly(new Outcome.SessionLost("expired"));
        assertThat(pending.nextWaiting()).isNull();
    }

    @Test
    void finishes_what_is_overdue_and_tells_when_the_next_one_is() {
        send(READ, 10);
        send(WRITE, 20);
        send(WRITE, 70);
        pending.await(operation(WRITE, 15));
        pending.await(operation(WRITE, 80));

        long left = pending.expire(20, "no server");

        assertThat(left).isEqualTo(50);
        assertThat(outcomes)
                .containsExactly(
                        new Outcome.Refused(ErrorCode.OPERATION_TIMEOUT, "not sent in time: no server"),
                        new Outcome.Refused(ErrorCode.OPERATION_TIMEOUT, "no reply in time"),
                        new Outcome.Uncertain("no reply in time"));
    }

    @Test
    void keeps_the_place_of_an_overdue_request_for_its_late_reply() {
        Operation overdue = send(READ, 10);
        pending.expire(10, "connected");

        overdue.finish(new Outcome.Done(EmptyReply.INSTANCE));

        assertThat(pending.nextSent()).isSameAs(overdue);
        assertThat(outcomes).hasSize(1);
    }

    @Test
    void takes_an_answer_ahead_of_those_that_are_due() {
        Operation read = send(READ, 10);
        Operation write = send(WRITE, 10);

        pending.bringForward(write.xid());

        assertThat(pending.nextSent()).isSameAs(write);
        pending.removeSent();
        assertThat(pending.nextSent()).isSameAs(read);
    }

    @Test
    void numbers_requests_from_one_on() {
        assertThat(List.of(pending.nextXid(), pending.nextXid(), pending.nextXid()))
                .containsExactly(1, 2, 3);
    }

    private Operation send(Request request, long deadlineNanos) {
        Operation operation = operation(request, deadlineNanos);
        pending.sent(operation, pending.nextXid());
        return operation;
    }

    private Operation operation(Request request, long deadlineNanos) {
        return new Operation(request, null, deadlineNanos, outcomes::add);
    }
}
