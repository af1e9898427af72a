package io.zabkeeper.server.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.consensus.Role;
import io.zabkeeper.server.request.RecordedPort.Answer;
import io.zabkeeper.server.request.RecordedPort.End;
import io.zabkeeper.server.tree.Command;
import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.CreateMode;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.OpCode;
import io.zabkeeper.wire.reply.ConnectReply;
import io.zabkeeper.wire.reply.MultiReply;
import io.zabkeeper.wire.request.CloseSession;
import io.zabkeeper.wire.request.Create;
import io.zabkeeper.wire.request.Delete;
import io.zabkeeper.wire.request.Exists;
import io.zabkeeper.wire.request.Multi;
import io.zabkeeper.wire.request.Ping;
import io.zabkeeper.wire.request.Request;
import io.zabkeeper.wire.request.Sync;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sessions that one member alone knows (client protocol §6). */
class LocalSessionsTest {
    private static final Request PERSISTENT = create("/p", CreateMode.PERSISTENT);
    private static final Request EPHEMERAL = create("/e", CreateMode.EPHEMERAL);

    @Test
    void a_new_session_is_opened_at_once_and_nothing_is_ordered() {
        OneMember member = serving(false);

        RecordedPort client = member.ask(0, Bytes.EMPTY, false);

        assertThat(client.connection().timeoutMs()).isEqualTo(OneMember.TIMEOUT_MS);
        assertThat(client.connection().readOnly()).isFalse();
        assertThat(member.commands()).isEmpty();
        assertThat(member.clients.localSessions())
                .containsExactly(client.connection().sessionId());
    }

    @Test
    void its_writes_are_ordered_and_carried_out_though_no_other_member_knows_it() {
        OneMember member = serving(false);
        RecordedPort client = member.ask(0, Bytes.EMPTY, false);

        member.send(client, 1, PERSISTENT);
        member.send(client, 2, new Exists("/p", false));
        assertThat(client.answers).isEmpty();
        member.commitAll();

        assertThat(client.answers).extracting(Answer::error).containsExactly(ErrorCode.OK, ErrorCode.OK);
        assertThat(member.replica.machine().sessions().size()).isZero();
    }

    @Test
    void an_ephemeral_is_refused_where_sessions_are_not_upgraded() {
        OneMember member = serving(false);
        RecordedPort client = member.ask(0, Bytes.EMPTY, false);

        member.send(client, 1, EPHEMERAL);
        member.send(client, 2, create("/none/e", CreateMode.EPHEMERAL_SEQUENTIAL));
        member.send(client, 3, new Multi(List.of(PERSISTENT, EPHEMERAL)));
        member.send(client, 4, new Exists("/p", false));
        member.commitAll();

        assertThat(client.answer(1).error()).isEqualTo(ErrorCode.EPHEMERAL_ON_LOCAL_SESSION);
        assertThat(client.answer(2).error()).isEqualTo(ErrorCode.EPHEMERAL_ON_LOCAL_SESSION);
        assertThat(client.answer(3).body())
                .isEqualTo(new MultiReply(List.of(
                        new MultiReply.Result.Failed(ErrorCode.OK),
                        new MultiReply.Result.Failed(ErrorCode.EPHEMERAL_ON_LOCAL_SESSION))));
        assertThat(client.answer(4).error()).isEqualTo(ErrorCode.NONODE);
        assertThat(client.end).isEqualTo(End.NONE);
    }

    @Test
    void an_upgrade_comes_right_before_the_ephemeral_with_the_same_id_and_password() {
        OneMember member = serving(true);
        RecordedPort client = member.ask(0, Bytes.EMPTY, false);
        ConnectReply session = client.connection();

        member.send(client, 1, PERSISTENT);
        member.send(client, 2, EPHEMERAL);
        member.send(client, 3, new Delete("/p", -1));
        List<Command> commands = member.commands();
        member.commitAll();

        assertThat(commands).hasSize(4);
        assertThat(commands.get(0)).isInstanceOf(Command.LocalWrite.class);
        assertThat(commands.get(1))
                .isEqualTo(new Command.OpenSession(session.sessionId(), OneMember.TIMEOUT_MS, session.password()));
        assertThat(commands.get(2)).isInstanceOf(Command.ClientWrite.class);
        assertThat(commands.get(3)).isInstanceOf(Command.ClientWrite.class);
        assertThat(client.xids()).containsExactly(1, 2, 3);
        assertThat(client.answers).extracting(Answer::error).containsOnly(ErrorCode.OK);
        assertThat(member.replica.machine().ephemerals(session.sessionId())).containsExactly("/e");
        assertThat(member.clients.localSessionCount()).isZero();
    }

    @Test
    void a_multi_with_an_ephemeral_upgrades_too_and_an_upgraded_session_can_move_and_expire() {
        OneMember member = serving(true);
        RecordedPort client = member.ask(0, Bytes.EMPTY, false);
        ConnectReply session = client.connection();
        member.send(client, 1, new Multi(List.of(PERSISTENT, EPHEMERAL)));
        member.commitAll();

        member.commitFrom(OneMember.OTHER, new Command.AttachSession(session.sessionId(), 10_000, session.password()));
        member.commitFrom(OneMember.OTHER, new Command.ExpireSession(session.sessionId(), member.zxid()));

        assertThat(client.answer(1).body()).isInstanceOf(MultiReply.class);
        assertThat(client.end).isEqualTo(End.AFTER_FLUSH);
        assertThat(member.replica.machine().ephemeralCount()).isZero();
    }

    /** The open goes ahead, the ephemeral waits with everything else behind the barrier. */
    @Test
    void the_order_of_a_session_holds_across_an_upgrade_behind_a_sync() {
        OneMember member = serving(true);
        RecordedPort client = member.ask(0, Bytes.EMPTY, false);

        member.send(client, 1, new Sync("/"));
        member.send(client, 2, PERSISTENT);
        member.send(client, 3, new Exists("/e", false));
        member.send(client, 4, EPHEMERAL);
        member.send(client, 5, new Exists("/e", false));
        member.commitAll();
        assertThat(client.answers).isEmpty();
        member.confirm();
        member.commitAll();

        assertThat(client.xids()).containsExactly(1, 2, 3, 4, 5);
        assertThat(client.answers)
                .extracting(Answer::error)
                .containsExactly(ErrorCode.OK, ErrorCode.OK, ErrorCode.NONODE, ErrorCode.OK, ErrorCode.OK);
    }

    @Test
    void what_makes_no_ephemeral_does_not_upgrade() {
        OneMember member = serving(true);
        RecordedPort client = member.ask(0, Bytes.EMPTY, false);

        member.send(client, 1, PERSISTENT);
        member.send(client, 2, create(OpCode.CREATE_CONTAINER, "/c", CreateMode.EPHEMERAL));
        member.send(client, 3, new Multi(List.of(new Delete("/p", -1))));
        member.send(client, 4, create(OpCode.CREATE, "/odd", 99));

        assertThat(member.commands()).hasSize(4).allMatch(command -> command instanceof Command.LocalWrite);
        member.commitAll();
        assertThat(client.answers)
                .extracting(Answer::error)
                .containsExactly(ErrorCode.OK, ErrorCode.OK, ErrorCode.OK, ErrorCode.BAD_ARGUMENTS);
    }

    @Test
    void it_comes_back_to_this_member_with_its_password_and_to_no_other() {
        OneMember member = serving(false);
        RecordedPort first = member.ask(0, Bytes.EMPTY, false);
        OneMember other = serving(false);
        long session = first.connection().sessionId();

        RecordedPort thief = member.ask(session, Bytes.of(new byte[16]), false);
        RecordedPort back = member.comeBack(first);
        RecordedPort elsewhere = other.comeBack(first);
        other.commitAll();

        assertThat(thief.connection().isExpired()).isTrue();
        assertThat(back.connection()).isEqualTo(first.connection());
        assertThat(first.end).isEqualTo(End.AT_ONCE);
        assertThat(elsewhere.connection().isExpired()).isTrue();
    }

    @Test
    void it_is_closed_behind_what_it_has_asked_and_nothing_is_ordered_for_that() {
        OneMember member = serving(false);
        RecordedPort client = member.ask(0, Bytes.EMPTY, false);

        member.send(client, 1, PERSISTENT);
        member.send(client, 2, new CloseSession());
        assertThat(member.commands()).hasSize(1);
        member.commitAll();

        assertThat(client.xids()).containsExactly(1, 2);
        assertThat(client.answer(2).zxid()).isEqualTo(member.zxid());
        assertThat(client.end).isEqualTo(End.AFTER_FLUSH);
        assertThat(member.comeBack(client).connected).isNull();
        member.commitAll();
    }

    /** Gotcha 11 for the member that has the session: never early, and a ping counts. */
    @Test
    void it_expires_here_when_it_is_not_heard() {
        OneMember member = serving(false);
        RecordedPort client = member.ask(0, Bytes.EMPTY, false);
        member.pass(OneMember.TIMEOUT_MS - 500);
        member.send(client, 1, new Ping());

        member.pass(OneMember.TIMEOUT_MS - 50);
        assertThat(client.end).isEqualTo(End.NONE);
        member.pass(400);

        assertThat(client.end).isEqualTo(End.AFTER_FLUSH);
        assertThat(member.clients.localSessionCount()).isZero();
        assertThat(member.commands()).isEmpty();
    }

    @Test
    void it_outlives_a_change_of_leader_with_a_full_timeout() {
        OneMember member = serving(false);
        RecordedPort client = member.ask(0, Bytes.EMPTY, false);

        member.look();
        assertThat(client.end).isEqualTo(End.AT_ONCE);
        member.standStill(60_000);
        member.become(Role.FOLLOWING, OneMember.OTHER, true);
        member.pass(OneMember.TIMEOUT_MS - 100);

        assertThat(member.comeBack(client).connection()).isEqualTo(client.connection());
    }

    /** The leader is lost while the upgrade is under way: it was ordered, or it never will be. */
    @Test
    void a_session_whose_upgrade_is_uncertain_is_found_again_whatever_became_of_it() {
        for (boolean isOrdered : new boolean[] {false, true}) {
            OneMember member = serving(true);
            RecordedPort client = member.ask(0, Bytes.EMPTY, false);
            ConnectReply session = client.connection();
            member.send(client, 1, EPHEMERAL);
            member.commands();
            member.look();
            member.proposed.clear();
            if (isOrdered) {
                member.commitOurs(new Command.OpenSession(session.sessionId(), 10_000, session.password()));
            }
            member.become(Role.FOLLOWING, OneMember.OTHER, true);

            RecordedPort back = member.comeBack(client);
            assertThat(back.connected).isNull();
            member.commitAll();

            assertThat(back.connection()).isEqualTo(session);
            assertThat(member.clients.localSessionCount()).isEqualTo(isOrdered ? 0 : 1);
            member.send(back, 2, EPHEMERAL);
            member.commitAll();
            assertThat(back.answer(2).error()).isEqualTo(ErrorCode.OK);
            assertThat(member.replica.machine().ephemerals(session.sessionId())).containsExactly("/e");
        }
    }

    private static OneMember serving(boolean upgrades) {
        OneMember member = new OneMember(true, upgrades);
        member.become(Role.LEADING, OneMember.SELF, true);
        return member;
    }

    private static Request create(String path, CreateMode mode) {
        return create(OpCode.CREATE, path, mode);
    }

    private static Request create(OpCode op, String path, CreateMode mode) {
        return create(op, path, mode.flags());
    }

    private static Request create(OpCode op, String path, int flags) {
        return new Create(op, path, null, Acl.OPEN_UNSAFE, flags);
    }
}
