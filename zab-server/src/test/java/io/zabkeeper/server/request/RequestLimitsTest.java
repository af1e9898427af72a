package io.zabkeeper.server.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.consensus.Role;
import io.zabkeeper.server.auth.Authenticator;
import io.zabkeeper.server.config.ServerConfig.Handshakes;
import io.zabkeeper.server.config.ServerConfig.Limits;
import io.zabkeeper.server.config.ServerConfig.Throttling;
import io.zabkeeper.server.tree.Command;
import io.zabkeeper.server.tree.ReadResult;
import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.OpCode;
import io.zabkeeper.wire.reply.ChildrenReply;
import io.zabkeeper.wire.reply.EphemeralsReply;
import io.zabkeeper.wire.request.CloseSession;
import io.zabkeeper.wire.request.Create;
import io.zabkeeper.wire.request.Exists;
import io.zabkeeper.wire.request.Ping;
import io.zabkeeper.wire.request.Request;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Client protocol §11. */
class RequestLimitsTest {
    @Test
    void one_host_and_all_together_have_so_many_connections() {
        ConnectionLimits limits = new ConnectionLimits(2, 3);

        assertThat(limits.take("a")).isNull();
        assertThat(limits.take("a")).isNull();
        assertThat(limits.take("a")).isEqualTo("limit=maxClientCnxns=2");
        assertThat(limits.take("b")).isNull();
        assertThat(limits.take("b")).isEqualTo("limit=maxCnxns=3");
        limits.release("a");
        assertThat(limits.take("b")).isNull();
        limits.release("a");
        assertThat(limits.take("a")).isNull();
    }

    @Test
    void a_handshake_beyond_the_tokens_is_closed_without_a_word() {
        OneMember member = leading(Limits.DEFAULT, Throttling.DEFAULT, tokens(1));

        RecordedPort first = member.client();
        RecordedPort second = member.ask(0, Bytes.EMPTY, false);

        assertThat(first.end).isEqualTo(RecordedPort.End.NONE);
        assertThat(second.end).isEqualTo(RecordedPort.End.AT_ONCE);
        assertThat(second.connected).isNull();
        assertThat(member.commands()).isEmpty();
        assertThat(member.count("connection_rejected")).isOne();
    }

    @Test
    void large_requests_beyond_the_bound_end_their_connection() {
        OneMember member = leading(
                new Limits(0, 0, 1000, 0xfffff, 1 << 20, 1 << 20, 1_000, 5_000),
                Throttling.DEFAULT,
                Handshakes.DEFAULT);
        RecordedPort one = member.client();
        RecordedPort other = member.client();

        member.send(one, 1, create("/a", 2_000));
        member.send(one, 2, create("/b", 2_000));
        member.send(other, 1, create("/c", 900));
        assertThat(other.end).isEqualTo(RecordedPort.End.NONE);
        member.send(other, 2, create("/d", 2_000));
        assertThat(other.end).isEqualTo(RecordedPort.End.AT_ONCE);
        other.disconnect();
        assertThat(member.count("large_requests_rejected")).isOne();

        member.commitAll();
        member.send(one, 3, create("/e", 2_000));
        member.send(one, 4, create("/f", 2_000));
        assertThat(one.end).isEqualTo(RecordedPort.End.NONE);
        one.disconnect();
        RecordedPort third = member.client();
        member.send(third, 1, create("/g", 4_500));
        assertThat(third.end)
                .as("what the gone one had does not count any more")
                .isEqualTo(RecordedPort.End.NONE);
    }

    @Test
    void requests_wait_for_those_under_way_and_keep_their_order() {
        OneMember member = throttled(new Throttling(1, 100, true, false, true, 0));
        RecordedPort one = member.client();
        RecordedPort other = member.client();

        member.send(one, 1, create("/a", 1));
        member.send(other, 1, create("/b", 1));
        member.send(one, 2, new Exists("/b", false));
        member.send(other, -2, Ping.INSTANCE);

        assertThat(member.commands()).hasSize(1);
        assertThat(other.session().outstanding()).isEqualTo(2);
        assertThat(member.count("request_throttle_wait_count")).isEqualTo(3);
        member.commit();
        assertThat(one.xids()).containsExactly(1);
        assertThat(member.commands()).hasSize(1);
        member.commit();
        assertThat(other.xids()).containsExactly(1, -2);
        assertThat(one.xids()).containsExactly(1, 2);
        assertThat(one.answer(2).error()).isEqualTo(ErrorCode.OK);
        assertThat(other.session().outstanding()).isZero();
    }

    @Test
    void what_waited_too_long_is_told_so_but_for_pings_and_the_end() {
        OneMember member = throttled(new Throttling(1, 100, true, false, true, 500));
        RecordedPort one = member.client();
        RecordedPort other = member.client();

        member.send(one, 1, create("/a", 1));
        member.send(other, 1, create("/b", 1));
        member.send(other, 2, new Exists("/", false));
        member.send(other, -2, Ping.INSTANCE);
        member.send(other, 3, CloseSession.INSTANCE);
        member.pass(600);
        member.commitAll();

        assertThat(other.answer(1).error()).isEqualTo(ErrorCode.THROTTLED_OP);
        assertThat(other.answer(2).error()).isEqualTo(ErrorCode.THROTTLED_OP);
        assertThat(other.answer(-2).error()).isEqualTo(ErrorCode.OK);
        assertThat(other.answer(3).error()).isEqualTo(ErrorCode.OK);
    }

    @Test
    void requests_of_a_connection_that_is_gone_are_dropped_but_for_the_end_of_its_session() {
        OneMember member = throttled(new Throttling(1, 100, true, false, true, 0));
        RecordedPort one = member.client();
        RecordedPort other = member.client();

        member.send(one, 1, create("/a", 1));
        member.send(other, 1, create("/b", 1));
        member.send(other, 2, CloseSession.INSTANCE);
        other.disconnect();
        member.commit();

        assertThat(member.commands())
                .containsExactly(new Command.CloseSession(other.connection().sessionId()));
        assertThat(member.count("stale_requests_dropped")).isOne();
        assertThat(member.count("stale_requests")).isOne();
    }

    @Test
    void writes_of_a_connection_that_is_gone_are_carried_out_where_they_do_not_count_as_stale() {
        OneMember member = throttled(new Throttling(1, 100, false, false, true, 0));
        RecordedPort one = member.client();
        RecordedPort other = member.client();

        member.send(one, 1, create("/a", 1));
        member.send(other, 1, new Exists("/", true));
        member.send(other, 2, create("/b", 1));
        other.disconnect();
        member.commitAll();

        assertThat(member.replica.machine().stat("/b")).isNotNull();
        assertThat(other.answers).isEmpty();
        assertThat(member.count("stale_requests_dropped")).isZero();
        assertThat(member.count("stale_requests")).isEqualTo(2);
        assertThat(member.count("stale_replies")).isZero();
    }

    @Test
    void an_answer_that_finds_its_connection_gone_is_counted() {
        OneMember member = leading(Limits.DEFAULT, Throttling.DEFAULT, Handshakes.DEFAULT);
        RecordedPort client = member.client();

        member.send(client, 1, create("/a", 1));
        client.disconnect();
        member.commitAll();

        assertThat(member.replica.machine().stat("/a")).isNotNull();
        assertThat(member.count("stale_replies")).isOne();
    }

    @Test
    void a_request_older_than_its_sessions_timeout_ends_the_connection_where_that_counts() {
        OneMember member = throttled(new Throttling(1, 100, true, true, true, 0));
        RecordedPort one = member.client();
        RecordedPort other = member.client();

        member.send(one, 1, create("/a", 1));
        member.send(other, 1, create("/b", 1));
        member.pass(OneMember.TIMEOUT_MS - 500);
        assertThat(other.end).isEqualTo(RecordedPort.End.NONE);
        member.pass(1_000);

        assertThat(other.end).isEqualTo(RecordedPort.End.AT_ONCE);
    }

    @Test
    void a_listing_beyond_the_budget_is_an_error() {
        ReplyBudget budget = new ReplyBudget(1_000_000);
        List<Bytes> names = Collections.nCopies(10_000, Bytes.ofUtf8("ninety-six".repeat(9) + "ninety"));
        ReadResult within = new ReadResult(ErrorCode.OK, new ChildrenReply(names, null));
        ReadResult beyond =
                new ReadResult(ErrorCode.OK, new ChildrenReply(Collections.nCopies(10_001, names.get(0)), null));
        ReadResult paths =
                new ReadResult(ErrorCode.OK, new EphemeralsReply(Collections.nCopies(10_001, "x".repeat(96))));

        assertThat(budget.within(within)).isSameAs(within);
        assertThat(budget.within(beyond)).isEqualTo(new ReadResult(ErrorCode.MARSHALLING_ERROR, null));
        assertThat(budget.within(paths)).isEqualTo(new ReadResult(ErrorCode.MARSHALLING_ERROR, null));
    }

    private static Handshakes tokens(int count) {
        return new Handshakes(count, 100_000, 1, -1, 0, 0, 0, false, 3, 2, 1);
    }

    private static OneMember throttled(Throttling throttling) {
        return leading(Limits.DEFAULT, throttling, Handshakes.DEFAULT);
    }

    private static OneMember leading(Limits limits, Throttling throttling, Handshakes handshakes) {
        OneMember member =
                new OneMember(new Authenticator("SHA-1", true, null, List.of()), limits, throttling, handshakes);
        member.become(Role.LEADING, OneMember.SELF, true);
        return member;
    }

    private static Request create(String path, int size) {
        return new Create(OpCode.CREATE, path, Bytes.of(new byte[size]), Acl.OPEN_UNSAFE, 0, Create.NO_TTL);
    }
}
