package io.zabkeeper.server.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.consensus.Role;
import io.zabkeeper.server.replica.ReplicaMessage;
import io.zabkeeper.server.request.RecordedPort.Answer;
import io.zabkeeper.server.request.RecordedPort.End;
import io.zabkeeper.server.tree.Command;
import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.CreateMode;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.OpCode;
import io.zabkeeper.wire.WatchEvent;
import io.zabkeeper.wire.reply.DataReply;
import io.zabkeeper.wire.request.CloseSession;
import io.zabkeeper.wire.request.Create;
import io.zabkeeper.wire.request.GetData;
import io.zabkeeper.wire.request.Ping;
import io.zabkeeper.wire.request.Request;
import io.zabkeeper.wire.request.SetData;
import io.zabkeeper.wire.request.Sync;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The order of one session's requests (client protocol §1.5, §10.1, §10.2; R-35, L-1 to L-4). */
class SessionOrderTest {
    private static final Request GET = new GetData("/a", false);
    private static final Request SYNC = new Sync("/a");

    @Test
    void a_read_behind_a_write_waits_for_it_and_does_not_see_the_next_one() {
        OneMember member = OneMember.leading();
        RecordedPort client = clientWithZnode(member);

        member.send(client, 2, set("first"));
        member.send(client, 3, GET);
        member.send(client, 4, set("second"));
        assertThat(client.xids()).containsExactly(1);
        member.commit();
        assertThat(client.xids()).containsExactly(1, 2, 3);
        member.commit();

        assertThat(client.xids()).containsExactly(1, 2, 3, 4);
        assertThat(data(client.answer(3))).isEqualTo("first");
    }

    @Test
    void a_read_does_not_wait_for_the_writes_of_others() {
        OneMember member = OneMember.leading();
        RecordedPort writer = clientWithZnode(member);
        RecordedPort reader = member.client();

        member.send(writer, 2, set("new"));
        member.send(reader, 1, GET);

        assertThat(data(reader.answer(1))).isEqualTo("old");
    }

    /** Gotcha 81: whatever the leader had committed when it was asked is in the read. */
    @Test
    void a_read_behind_a_sync_on_a_follower_waits_until_the_leaders_position_is_applied() {
        OneMember member = OneMember.following();
        RecordedPort client = clientWithZnode(member);

        member.send(client, 2, SYNC);
        member.send(client, 3, GET);
        ReplicaMessage.BarrierRequest question =
                (ReplicaMessage.BarrierRequest) member.sent.get(member.sent.size() - 1);
        member.replica.receive(OneMember.OTHER, 1, new ReplicaMessage.BarrierReply(question.id(), member.zxid() + 2));
        member.commitFrom(OneMember.OTHER, new Command.OpenSession(0x200000001L, 4_000, Bytes.EMPTY));
        assertThat(client.xids()).containsExactly(1);
        member.commitFrom(OneMember.OTHER, new Command.OpenSession(0x200000002L, 4_000, Bytes.EMPTY));

        assertThat(client.xids()).containsExactly(1, 2, 3);
        assertThat(client.answer(2).zxid()).isEqualTo(member.zxid());
        assertThat(client.answer(3).zxid()).isEqualTo(member.zxid());
    }

    @Test
    void a_leader_answers_a_sync_only_when_its_core_has_asked_a_quorum() {
        OneMember member = OneMember.leading();
        RecordedPort client = clientWithZnode(member);

        member.send(client, 2, SYNC);
        member.send(client, 3, GET);
        member.pass(500);
        assertThat(client.xids()).containsExactly(1);
        member.confirm();

        assertThat(client.xids()).containsExactly(1, 2, 3);
    }

    /** A read between a sync and a write was asked before the write and must not see it. */
    @Test
    void a_write_behind_a_sync_is_ordered_when_the_sync_has_passed() {
        OneMember member = OneMember.leading();
        RecordedPort client = clientWithZnode(member);

        member.send(client, 2, SYNC);
        member.send(client, 3, GET);
        member.send(client, 4, set("new"));
        member.send(client, 5, GET);
        assertThat(member.commands()).isEmpty();
        member.confirm();
        assertThat(client.xids()).containsExactly(1, 2, 3);
        member.commit();

        assertThat(client.xids()).containsExactly(1, 2, 3, 4, 5);
        assertThat(data(client.answer(3))).isEqualTo("old");
        assertThat(data(client.answer(5))).isEqualTo("new");
    }

    @Test
    void a_write_waits_for_each_sync_before_it_and_not_for_later_ones() {
        OneMember member = OneMember.leading();
        RecordedPort client = clientWithZnode(member);

        member.send(client, 2, SYNC);
        member.send(client, 3, set("one"));
        member.send(client, 4, SYNC);
        member.send(client, 5, set("two"));
        member.confirm();
        assertThat(member.commands()).hasSize(1);
        member.confirm();
        assertThat(member.commands()).hasSize(2);
        member.commitAll();

        assertThat(client.xids()).containsExactly(1, 2, 3, 4, 5);
    }

    /** The second sync is answered by the core before the first: nothing may overtake. */
    @Test
    void syncs_that_pass_out_of_order_are_answered_in_order() {
        OneMember member = OneMember.leading();
        RecordedPort client = clientWithZnode(member);
        member.send(client, 2, SYNC);
        member.send(client, 3, SYNC);
        member.send(client, 4, set("new"));

        member.barriers.addLast(member.barriers.removeFirst());
        member.confirm();
        assertThat(client.xids()).containsExactly(1);
        assertThat(member.commands()).isEmpty();
        member.confirm();
        member.commitAll();

        assertThat(client.xids()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void a_sync_under_way_when_the_leader_is_lost_ends_the_connection_and_is_not_answered() {
        for (OneMember member : List.of(OneMember.leading(), OneMember.following())) {
            RecordedPort client = clientWithZnode(member);
            member.send(client, 2, SYNC);
            member.send(client, 3, GET);
            member.send(client, 4, set("new"));

            member.look();
            member.become(Role.LEADING, OneMember.SELF, true);

            assertThat(client.end).isEqualTo(End.AT_ONCE);
            assertThat(client.xids()).containsExactly(1);
            assertThat(member.commands()).isEmpty();
        }
    }

    @Test
    void a_leader_that_does_not_know_refuses_the_sync_and_the_connection_ends() {
        OneMember member = OneMember.following();
        RecordedPort client = clientWithZnode(member);

        member.send(client, 2, SYNC);
        ReplicaMessage.BarrierRequest question =
                (ReplicaMessage.BarrierRequest) member.sent.get(member.sent.size() - 1);
        member.replica.receive(OneMember.OTHER, 1, new ReplicaMessage.BarrierReply(question.id(), 0));

        assertThat(client.end).isEqualTo(End.AT_ONCE);
        assertThat(client.xids()).containsExactly(1);
    }

    /** Gotcha 21: what waited names the state at the time of the answer. */
    @Test
    void the_zxids_of_replies_never_go_back() {
        OneMember member = OneMember.leading();
        RecordedPort client = clientWithZnode(member);

        member.send(client, 2, SYNC);
        member.send(client, 3, new Ping());
        member.confirm();
        member.send(client, 4, set("a"));
        member.send(client, 5, new Ping());
        member.send(client, 6, SYNC);
        member.send(client, 7, GET);
        member.confirm();
        member.commitFrom(OneMember.OTHER, new Command.OpenSession(0x200000001L, 4_000, Bytes.EMPTY));
        member.commitAll();

        assertThat(client.xids()).containsExactly(1, 2, -2, 4, -2, 6, 7);
        assertThat(client.answers.stream().map(Answer::zxid)).isSorted();
        assertThat(client.answers.get(6).zxid()).isEqualTo(member.zxid());
    }

    /** §1.6: later frames on that connection are never answered; we do not even order them. */
    @Test
    void what_is_sent_behind_the_end_of_the_session_is_not_looked_at() {
        OneMember member = OneMember.leading();
        RecordedPort client = clientWithZnode(member);

        member.send(client, 2, set("last"));
        member.send(client, 3, new CloseSession());
        assertThat(client.session().isOpen()).isFalse();
        member.commitAll();

        assertThat(client.xids()).containsExactly(1, 2, 3);
        assertThat(client.answer(3)).isEqualTo(new Answer(3, member.zxid(), ErrorCode.OK, null));
        assertThat(client.end).isEqualTo(End.AFTER_FLUSH);
    }

    @Test
    void a_session_that_is_being_closed_still_hears_its_own_events_before_the_reply() {
        OneMember member = OneMember.leading();
        RecordedPort client = clientWithZnode(member);
        member.send(client, 2, new GetData("/a", true));

        member.send(client, 3, set("last"));
        member.send(client, 4, new CloseSession());
        member.commit();

        assertThat(client.events).extracting(WatchEvent::path).containsExactly("/a");
        assertThat(client.xids()).containsExactly(1, 2, 3);
    }

    @Test
    void a_close_behind_a_sync_waits_for_it() {
        OneMember member = OneMember.leading();
        RecordedPort client = clientWithZnode(member);

        member.send(client, 2, SYNC);
        member.send(client, 3, new CloseSession());
        assertThat(member.commands()).isEmpty();
        member.confirm();
        member.commitAll();

        assertThat(client.xids()).containsExactly(1, 2, 3);
        assertThat(client.end).isEqualTo(End.AFTER_FLUSH);
    }

    private static RecordedPort clientWithZnode(OneMember member) {
        RecordedPort client = member.client();
        member.send(
                client,
                1,
                new Create(OpCode.CREATE, "/a", Bytes.ofUtf8("old"), Acl.OPEN_UNSAFE, CreateMode.PERSISTENT.flags()));
        member.commitAll();
        return client;
    }

    private static Request set(String data) {
        return new SetData("/a", Bytes.ofUtf8(data), -1);
    }

    private static String data(Answer answer) {
        assertThat(answer.error()).isEqualTo(ErrorCode.OK);
        Bytes data = answer.body() instanceof DataReply reply ? reply.data() : null;
        return data == null ? "none" : new String(data.array(), java.nio.charset.StandardCharsets.UTF_8);
    }
}
