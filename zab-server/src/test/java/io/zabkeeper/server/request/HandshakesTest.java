package io.zabkeeper.server.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.consensus.Role;
import io.zabkeeper.server.replica.ReplicaMessage;
import io.zabkeeper.server.request.RecordedPort.End;
import io.zabkeeper.server.tree.Command;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.reply.ConnectReply;
import io.zabkeeper.wire.request.ConnectRequest;
import io.zabkeeper.wire.request.Exists;
import io.zabkeeper.wire.request.Ping;
import io.zabkeeper.wire.request.SetData;
import org.junit.jupiter.api.Test;

/** From a connection to a session, and what ends a connection (client protocol §1.4, §1.6, §6). */
class HandshakesTest {
    private static final ConnectReply EXPIRED = ConnectReply.expired(true);

    @Test
    void a_new_session_is_answered_when_it_is_committed_and_applied() {
        OneMember member = OneMember.leading();

        RecordedPort client = member.ask(0, Bytes.EMPTY, false);
        assertThat(client.connected).isNull();
        member.commitAll();

        assertThat(client.connection().timeoutMs()).isEqualTo(OneMember.TIMEOUT_MS);
        assertThat(client.connection().sessionId() >>> 56).isEqualTo(OneMember.SELF.value());
        assertThat(client.session().isOpen()).isTrue();
    }

    @Test
    void a_member_that_does_not_serve_closes_without_a_word() {
        OneMember member = new OneMember();

        RecordedPort client = member.ask(0, Bytes.EMPTY, true);

        assertThat(client.end).isEqualTo(End.AT_ONCE);
        assertThat(client.connected).isNull();
    }

    /** Gotcha 5. */
    @Test
    void a_client_that_has_seen_more_is_closed_without_a_word() {
        OneMember member = OneMember.leading();
        RecordedPort port = new RecordedPort(member.clients);

        member.clients.connect(
                port.session(), new ConnectRequest(0, member.zxid() + 1, 10_000, 0, Bytes.EMPTY, false, true));

        assertThat(port.end).isEqualTo(End.AT_ONCE);
        assertThat(member.commands()).isEmpty();
    }

    /** Gotcha 7. */
    @Test
    void a_connection_that_comes_back_here_closes_the_one_before_it() {
        OneMember member = OneMember.leading();
        RecordedPort before = member.client();

        RecordedPort after = member.comeBack(before);
        assertThat(before.end).isEqualTo(End.NONE);
        member.commitAll();

        assertThat(before.end).isEqualTo(End.AT_ONCE);
        assertThat(after.connection().sessionId()).isEqualTo(before.connection().sessionId());
        before.disconnect();
        member.send(after, 1, new Exists("/none", false));
        assertThat(after.xids()).containsExactly(1);
    }

    /** Deviation: ZooKeeper closes the live connection before it looks at the password. */
    @Test
    void a_wrong_password_is_told_that_the_session_is_gone_and_does_not_harm_the_connection_that_has_it() {
        OneMember member = OneMember.leading();
        RecordedPort owner = member.client();

        RecordedPort thief =
                member.ask(owner.connection().sessionId(), Bytes.of(new byte[ConnectReply.PASSWORD_SIZE]), false);
        member.commitAll();

        assertThat(thief.connection()).isEqualTo(EXPIRED);
        assertThat(thief.end).isEqualTo(End.AFTER_FLUSH);
        assertThat(owner.end).isEqualTo(End.NONE);
        member.send(owner, 1, new Ping());
        assertThat(owner.xids()).containsExactly(-2);
    }

    /** Gotcha 3. */
    @Test
    void a_session_that_nobody_knows_is_answered_with_zeroes() {
        OneMember member = OneMember.following();

        RecordedPort client = member.ask(0x1234, Bytes.of(new byte[ConnectReply.PASSWORD_SIZE]), false);
        member.commitAll();

        assertThat(client.connection()).isEqualTo(EXPIRED);
        assertThat(client.end).isEqualTo(End.AFTER_FLUSH);
    }

    /** Gotcha 8. */
    @Test
    void a_write_through_a_connection_that_was_left_behind_ends_it_without_an_answer() {
        OneMember member = OneMember.following();
        RecordedPort left = member.client();
        ConnectReply session = left.connection();
        member.commitFrom(OneMember.OTHER, new Command.AttachSession(session.sessionId(), 10_000, session.password()));

        member.send(left, 1, new Exists("/none", false));
        member.send(left, 2, new SetData("/none", null, -1));
        member.commitAll();

        assertThat(left.xids()).containsExactly(1);
        assertThat(left.end).isEqualTo(End.AT_ONCE);
    }

    @Test
    void a_connection_whose_session_is_elsewhere_and_that_is_silent_goes_when_the_timeout_is_over() {
        OneMember member = OneMember.following();
        RecordedPort left = member.client();
        RecordedPort waiting = member.client();
        for (RecordedPort client : new RecordedPort[] {left, waiting}) {
            ConnectReply session = client.connection();
            member.commitFrom(
                    OneMember.OTHER, new Command.AttachSession(session.sessionId(), 10_000, session.password()));
        }
        member.send(waiting, 1, new SetData("/none", null, -1));

        member.pass(OneMember.TIMEOUT_MS);
        assertThat(left.end).isEqualTo(End.NONE);
        member.pass(2_000);

        assertThat(left.end).isEqualTo(End.AT_ONCE);
        assertThat(waiting.end).isEqualTo(End.NONE);
    }

    @Test
    void a_pause_of_the_whole_member_makes_nobody_silent() {
        OneMember member = OneMember.following();
        RecordedPort client = member.client();

        for (int i = 0; i < 5; i++) {
            member.standStill(60_000);
            member.pass(1_000);
        }

        assertThat(client.end).isEqualTo(End.NONE);
    }

    @Test
    void an_expiry_closes_the_connection_without_a_frame() {
        OneMember member = OneMember.following();
        RecordedPort client = member.client();

        member.commitFrom(
                OneMember.OTHER, new Command.ExpireSession(client.connection().sessionId(), member.zxid()));

        assertThat(client.answers).isEmpty();
        assertThat(client.end).isEqualTo(End.AFTER_FLUSH);
    }

    @Test
    void a_client_that_does_not_wait_for_its_session_leaves_nothing_behind() {
        OneMember member = OneMember.leading();
        RecordedPort client = member.ask(0, Bytes.EMPTY, false);

        client.disconnect();
        member.commitAll();

        assertThat(client.connected).isNull();
        assertThat(member.clients.openSessions()).isZero();
        assertThat(member.clients.connections()).isEmpty();
    }

    /** Gotcha 90. */
    @Test
    void losing_the_leader_closes_every_connection_those_on_their_way_too() {
        OneMember member = OneMember.following();
        RecordedPort open = member.client();
        RecordedPort opening = member.ask(0, Bytes.EMPTY, false);

        member.look();

        assertThat(open.end).isEqualTo(End.AT_ONCE);
        assertThat(opening.end).isEqualTo(End.AT_ONCE);
        assertThat(member.clients.connections()).isEmpty();
    }

    /** Gotchas 11, 12. */
    @Test
    void a_new_leader_gives_every_session_its_full_timeout_and_the_grace_of_a_report() {
        OneMember member = OneMember.following();
        RecordedPort client = member.client();
        client.disconnect();
        member.pass(OneMember.TIMEOUT_MS - 100);

        member.look();
        member.become(Role.LEADING, OneMember.SELF, true);
        member.pass(OneMember.TIMEOUT_MS);
        assertThat(member.commands()).isEmpty();
        member.pass(500);

        assertThat(member.commands())
                .containsExactly(new Command.ExpireSession(client.connection().sessionId(), member.zxid()));
    }

    /** The attachment is ordered, the leader has not applied it yet and decides that nobody was heard. */
    @Test
    void a_client_that_comes_back_at_the_last_moment_keeps_its_session_for_another_timeout() {
        OneMember member = OneMember.leading();
        RecordedPort client = member.client();
        client.disconnect();
        member.pass(OneMember.TIMEOUT_MS);

        RecordedPort back = member.comeBack(client);
        member.pass(500);
        assertThat(member.commands()).hasSize(2).last().isInstanceOf(Command.ExpireSession.class);
        member.commitAll();

        assertThat(back.connection().sessionId()).isEqualTo(client.connection().sessionId());
        assertThat(back.end).isEqualTo(End.NONE);
        back.disconnect();
        member.pass(OneMember.TIMEOUT_MS);
        assertThat(member.commands()).isEmpty();
        member.pass(500);
        assertThat(member.commands()).hasSize(1);
        member.commitAll();
        assertThat(member.replica.machine().sessions().size()).isZero();
    }

    @Test
    void a_follower_reports_whom_it_heard_and_expires_nobody() {
        OneMember member = OneMember.following();
        RecordedPort client = member.client();
        member.pass(1_000);
        member.sent.clear();

        member.send(client, 1, new Ping());
        member.pass(100);
        member.pass(2 * OneMember.TIMEOUT_MS);

        assertThat(member.sent).hasSize(1);
        ReplicaMessage.Heard heard = (ReplicaMessage.Heard) member.sent.get(0);
        assertThat(heard.touches().get(0).session())
                .isEqualTo(client.connection().sessionId());
        assertThat(member.commands()).isEmpty();
    }
}
