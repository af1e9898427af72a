package io.zabkeeper.server.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.consensus.Role;
import io.zabkeeper.consensus.quorum.NodeId;
import io.zabkeeper.server.request.RecordedPort.Answer;
import io.zabkeeper.server.request.RecordedPort.End;
import io.zabkeeper.server.tree.Command;
import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.CreateMode;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.OpCode;
import io.zabkeeper.wire.reply.ConnectReply;
import io.zabkeeper.wire.request.Auth;
import io.zabkeeper.wire.request.CloseSession;
import io.zabkeeper.wire.request.ConnectRequest;
import io.zabkeeper.wire.request.Create;
import io.zabkeeper.wire.request.Delete;
import io.zabkeeper.wire.request.Exists;
import io.zabkeeper.wire.request.GetChildren;
import io.zabkeeper.wire.request.GetData;
import io.zabkeeper.wire.request.Multi;
import io.zabkeeper.wire.request.Ping;
import io.zabkeeper.wire.request.Request;
import io.zabkeeper.wire.request.SetAcl;
import io.zabkeeper.wire.request.SetData;
import io.zabkeeper.wire.request.Sync;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A member without a quorum (client protocol §10.3, gotcha 80; ADR 8). */
class ReadOnlyTest {
    private static final ConnectReply EXPIRED =
            new ConnectReply(0, 0, 0, Bytes.of(new byte[ConnectReply.PASSWORD_SIZE]), true, true);

    private final OneMember member = OneMember.following();
    private final RecordedPort before = member.client();

    @Test
    void reads_are_served_after_a_while_without_a_leader_to_clients_that_ask_for_it() {
        member.look();
        member.pass(OneMember.READ_ONLY_MS - 100);
        assertThat(member.ask(0, Bytes.EMPTY, true).end).isEqualTo(End.AT_ONCE);
        member.pass(200);

        RecordedPort client = member.ask(0, Bytes.EMPTY, true);

        assertThat(client.connection().readOnly()).isTrue();
        assertThat(client.connection().timeoutMs()).isEqualTo(OneMember.TIMEOUT_MS);
        assertThat(client.session().isOpen()).isTrue();
        assertThat(member.replica.isServing()).isFalse();
    }

    @Test
    void a_client_that_does_not_ask_for_it_is_closed_without_a_word() {
        goReadOnly();

        RecordedPort client = member.ask(0, Bytes.EMPTY, false);

        assertThat(client.end).isEqualTo(End.AT_ONCE);
        assertThat(client.connected).isNull();
    }

    /** Sessions go neither forward nor back in time, here as elsewhere. */
    @Test
    void a_client_that_has_seen_more_is_closed_without_a_word() {
        goReadOnly();
        RecordedPort port = new RecordedPort(member.clients);

        member.clients.connect(
                port.session(), new ConnectRequest(0, member.zxid() + 1, 10_000, 0, Bytes.EMPTY, true, true));

        assertThat(port.end).isEqualTo(End.AT_ONCE);
    }

    @Test
    void what_would_change_something_is_refused_with_the_position_of_what_is_applied() {
        goReadOnly();
        RecordedPort client = member.ask(0, Bytes.EMPTY, true);
        Request create = new Create(OpCode.CREATE, "/a", null, Acl.OPEN_UNSAFE, CreateMode.PERSISTENT.flags());
        List<Request> refused = List.of(
                create,
                new Delete("/a", -1),
                new SetData("/a", null, -1),
                new SetAcl("/a", Acl.OPEN_UNSAFE, -1),
                new Multi(List.of(create)),
                new Multi(List.of()),
                new Sync("/"));

        for (int i = 0; i < refused.size(); i++) {
            member.send(client, i + 1, refused.get(i));
        }

        for (int i = 0; i < refused.size(); i++) {
            assertThat(client.answer(i + 1)).isEqualTo(new Answer(i + 1, member.zxid(), ErrorCode.NOT_READ_ONLY, null));
        }
        assertThat(client.end).isEqualTo(End.NONE);
        assertThat(member.commands()).isEmpty();
        assertThat(member.barriers).isEmpty();
        assertThat(member.sent).isEmpty();
    }

    @Test
    void reads_watches_auth_and_pings_are_served() {
        goReadOnly();
        RecordedPort client = member.ask(0, Bytes.EMPTY, true);

        member.send(client, 1, new GetData("/zookeeper", true));
        member.send(client, 2, new GetChildren("/", true, true));
        member.send(client, 3, new Exists("/none", true));
        member.send(client, 4, new Auth(0, "digest", Bytes.ofUtf8("a:b")));
        member.send(client, 5, new Ping());

        assertThat(client.answers)
                .extracting(Answer::error)
                .containsExactly(ErrorCode.OK, ErrorCode.OK, ErrorCode.NONODE, ErrorCode.OK, ErrorCode.OK);
        assertThat(client.answer(1).zxid()).isEqualTo(member.zxid());
        assertThat(member.replica.watches().watchCount()).isEqualTo(3);
    }

    @Test
    void its_sessions_are_its_own_end_by_themselves_and_are_closed_without_being_ordered() {
        goReadOnly();
        RecordedPort closing = member.ask(0, Bytes.EMPTY, true);
        RecordedPort silent = member.ask(0, Bytes.EMPTY, true);
        assertThat(member.clients.localSessionCount()).isEqualTo(2);

        member.send(closing, 1, new CloseSession());
        assertThat(closing.answer(1)).isEqualTo(new Answer(1, member.zxid(), ErrorCode.OK, null));
        assertThat(closing.end).isEqualTo(End.AFTER_FLUSH);
        member.pass(OneMember.TIMEOUT_MS - 200);
        assertThat(silent.end).isEqualTo(End.NONE);
        member.pass(500);

        assertThat(silent.end).isEqualTo(End.AFTER_FLUSH);
        assertThat(member.clients.localSessionCount()).isZero();
        assertThat(member.replica.machine().sessions().size()).isEqualTo(1);
        assertThat(member.ask(
                                silent.connection().sessionId(),
                                silent.connection().password(),
                                true)
                        .connection())
                .isEqualTo(EXPIRED);
    }

    @Test
    void a_session_of_this_mode_is_found_again_with_its_password() {
        goReadOnly();
        RecordedPort first = member.ask(0, Bytes.EMPTY, true);
        ConnectReply session = first.connection();

        RecordedPort thief = member.ask(session.sessionId(), Bytes.of(new byte[16]), true);
        RecordedPort second = member.ask(session.sessionId(), session.password(), true);

        assertThat(thief.connection()).isEqualTo(EXPIRED);
        assertThat(second.connection()).isEqualTo(session);
        assertThat(first.end).isEqualTo(End.AT_ONCE);
    }

    /** It may live: only the ensemble can say that a session is over. */
    @Test
    void a_session_of_the_ensemble_is_closed_and_never_told_that_it_is_over() {
        goReadOnly();
        ConnectReply known = before.connection();

        RecordedPort back = member.ask(known.sessionId(), known.password(), true);
        RecordedPort unheardOf = member.ask(0x200000001L, known.password(), true);

        assertThat(back.end).isEqualTo(End.AT_ONCE);
        assertThat(back.connected).isNull();
        assertThat(unheardOf.end).isEqualTo(End.AT_ONCE);
        assertThat(unheardOf.connected).isNull();
    }

    @Test
    void a_leader_ends_it_and_drops_every_connection() {
        goReadOnly();
        RecordedPort client = member.ask(0, Bytes.EMPTY, true);

        member.become(Role.FOLLOWING, OneMember.OTHER, false);

        assertThat(client.end).isEqualTo(End.AT_ONCE);
        assertThat(member.replica.isReadOnly()).isFalse();
        assertThat(member.clients.localSessionCount()).isZero();
        member.become(Role.FOLLOWING, OneMember.OTHER, true);
        RecordedPort back =
                member.ask(client.connection().sessionId(), client.connection().password(), true);
        member.commitAll();
        assertThat(back.connection().isExpired()).isTrue();
        assertThat(back.connection().readOnly()).isFalse();
    }

    /** What is committed and reaches the disk late is applied, but not under the eyes of a client. */
    @Test
    void nothing_is_applied_while_it_lasts() {
        goReadOnly();
        RecordedPort client = member.ask(0, Bytes.EMPTY, true);

        member.commitFrom(OneMember.OTHER, new Command.OpenSession(0x200000001L, 4_000, Bytes.EMPTY));

        assertThat(client.end).isEqualTo(End.AT_ONCE);
        assertThat(member.replica.isReadOnly()).isFalse();
        member.pass(OneMember.READ_ONLY_MS + 100);
        assertThat(member.replica.isReadOnly()).isTrue();
    }

    /** A disk that is new, was wiped or is damaged: "there is no such znode" would be a lie. */
    @Test
    void a_member_without_a_state_serves_nobody() {
        OneMember blank = new OneMember();
        blank.become(Role.LOOKING, NodeId.NONE, false);

        blank.pass(10 * OneMember.READ_ONLY_MS);

        assertThat(blank.replica.machine().lastZxid()).isZero();
        assertThat(blank.ask(0, Bytes.EMPTY, true).end).isEqualTo(End.AT_ONCE);
    }

    private void goReadOnly() {
        member.look();
        member.pass(OneMember.READ_ONLY_MS + 100);
        member.sent.clear();
        assertThat(member.replica.isReadOnly()).isTrue();
    }
}
