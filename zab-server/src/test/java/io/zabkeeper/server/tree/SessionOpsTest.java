package io.zabkeeper.server.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.server.session.Session;
import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.CreateMode;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.EventType;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Client protocol §1.4, §6. */
class SessionOpsTest {
    private static final long NEW = 0x100000077L;
    private static final int ELSEWHERE = 2;

    private final TreeFixture tree = new TreeFixture();

    @Test
    void opens_a_session_at_the_member_where_the_command_comes_from() {
        Applied applied = tree.order(new Command.OpenSession(NEW, 4000, TreeFixture.PASSWORD));

        assertThat(applied).isEqualTo(done(SessionChange.Kind.OPENED, NEW, 4000));
        assertThat(tree.machine.sessions().get(NEW))
                .isEqualTo(new Session(NEW, 4000, Session.hash(TreeFixture.PASSWORD), TreeFixture.NODE, tree.zxid()));
    }

    @Test
    void does_not_open_what_exists_or_what_means_something_else_as_an_owner() {
        assertThat(tree.open(TreeFixture.SESSION).error()).isEqualTo(ErrorCode.BAD_ARGUMENTS);
        assertThat(tree.open(0).error()).isEqualTo(ErrorCode.BAD_ARGUMENTS);
        assertThat(tree.open(Long.MIN_VALUE).error()).isEqualTo(ErrorCode.BAD_ARGUMENTS);
        assertThat(tree.open(0xff00_0000_0000_0001L).error()).isEqualTo(ErrorCode.BAD_ARGUMENTS);
    }

    /** Gotcha 6. */
    @Test
    void attaches_with_the_password_and_moves_timeout_and_owner() {
        Applied applied = attach(TreeFixture.SESSION, TreeFixture.PASSWORD, ELSEWHERE);

        assertThat(applied).isEqualTo(done(SessionChange.Kind.ATTACHED, TreeFixture.SESSION, 9000));
        assertThat(tree.machine.sessions().get(TreeFixture.SESSION))
                .isEqualTo(new Session(
                        TreeFixture.SESSION, 9000, Session.hash(TreeFixture.PASSWORD), ELSEWHERE, tree.zxid()));
        assertThat(tree.machine.digest()).isEqualTo(tree.machine.recomputedDigest());
    }

    @Test
    void takes_a_wrong_password_for_an_expired_session() {
        Session before = tree.machine.sessions().get(TreeFixture.SESSION);

        assertThat(attach(TreeFixture.SESSION, Bytes.EMPTY, ELSEWHERE))
                .isEqualTo(new Applied(ErrorCode.SESSION_EXPIRED, null, List.of(), null));
        assertThat(attach(NEW, TreeFixture.PASSWORD, ELSEWHERE).error()).isEqualTo(ErrorCode.SESSION_EXPIRED);
        assertThat(tree.machine.sessions().get(TreeFixture.SESSION)).isEqualTo(before);
    }

    /** Gotcha 8. */
    @Test
    void refuses_writes_by_way_of_a_member_that_has_lost_the_session() {
        attach(TreeFixture.SESSION, TreeFixture.PASSWORD, ELSEWHERE);

        assertThat(tree.create("/a").error()).isEqualTo(ErrorCode.SESSION_MOVED);
        assertThat(tree.exists("/a")).isFalse();
    }

    @Test
    void a_connection_that_was_left_behind_cannot_end_the_session_but_expiry_does_wherever_it_is() {
        attach(TreeFixture.SESSION, TreeFixture.PASSWORD, ELSEWHERE);

        assertThat(tree.order(new Command.CloseSession(TreeFixture.SESSION)).error())
                .isEqualTo(ErrorCode.SESSION_MOVED);
        assertThat(tree.order(new Command.ExpireSession(TreeFixture.SESSION, tree.zxid() - 1))
                        .error())
                .isEqualTo(ErrorCode.OK);
        assertThat(tree.machine.sessions().get(TreeFixture.SESSION)).isNull();
    }

    /** The client came back while the expiry was on its way to be ordered: by another member or by the same one. */
    @Test
    void an_expiry_that_was_decided_before_the_session_was_attached_does_not_end_it() {
        long opened = attachedZxid();
        for (int member : new int[] {ELSEWHERE, TreeFixture.NODE}) {
            attach(TreeFixture.SESSION, TreeFixture.PASSWORD, member);

            assertThat(tree.order(new Command.ExpireSession(TreeFixture.SESSION, opened)))
                    .isEqualTo(new Applied(ErrorCode.SESSION_MOVED, null, List.of(), null));
        }

        assertThat(tree.create("/e", CreateMode.EPHEMERAL).error()).isEqualTo(ErrorCode.OK);
    }

    @Test
    void a_wrong_password_does_not_save_a_session_from_its_expiry() {
        long opened = attachedZxid();

        attach(TreeFixture.SESSION, Bytes.EMPTY, ELSEWHERE);

        assertThat(tree.order(new Command.ExpireSession(TreeFixture.SESSION, opened))
                        .error())
                .isEqualTo(ErrorCode.OK);
    }

    /** ZK-1496, ZK-1208: a create that is ordered behind the end of its session. */
    @Test
    void refuses_writes_of_a_session_that_is_no_more() {
        tree.order(new Command.CloseSession(TreeFixture.SESSION));

        assertThat(tree.create("/e", CreateMode.EPHEMERAL).error()).isEqualTo(ErrorCode.SESSION_EXPIRED);
        assertThat(tree.create("/p").error()).isEqualTo(ErrorCode.SESSION_EXPIRED);
        assertThat(tree.order(new Command.CloseSession(TreeFixture.SESSION)).error())
                .isEqualTo(ErrorCode.SESSION_EXPIRED);
    }

    /** Gotcha 64, §5.2: the oldest first, each followed by its parent. */
    @Test
    void removes_all_ephemerals_at_one_zxid_when_the_session_closes() {
        tree.create("/p");
        tree.create("/p/b", CreateMode.EPHEMERAL);
        tree.create("/a", CreateMode.EPHEMERAL);
        tree.session = TreeFixture.OTHER_SESSION;
        tree.create("/p/other", CreateMode.EPHEMERAL);

        Applied applied = tree.order(new Command.CloseSession(TreeFixture.SESSION));

        assertThat(applied)
                .isEqualTo(new Applied(
                        ErrorCode.OK,
                        null,
                        List.of(
                                event(EventType.NODE_DELETED, "/p/b"),
                                event(EventType.NODE_CHILDREN_CHANGED, "/p"),
                                event(EventType.NODE_DELETED, "/a"),
                                event(EventType.NODE_CHILDREN_CHANGED, "/")),
                        new SessionChange(SessionChange.Kind.CLOSED, TreeFixture.SESSION, 0)));
        assertThat(tree.children("/p")).containsExactly("other");
        assertThat(tree.stat("/p").pzxid()).isEqualTo(tree.zxid());
        assertThat(tree.stat("/").pzxid()).isEqualTo(tree.zxid());
        assertThat(tree.machine.sessions().size()).isEqualTo(1);
        assertThat(tree.machine.ephemeralCount()).isEqualTo(1);
        assertThat(tree.machine.digest()).isEqualTo(tree.machine.recomputedDigest());
    }

    @Test
    void lists_the_ephemerals_of_a_session() {
        tree.create("/p");
        tree.create("/p/z", CreateMode.EPHEMERAL);
        tree.create("/p/a-", CreateMode.EPHEMERAL_SEQUENTIAL);

        assertThat(tree.machine.ephemerals(TreeFixture.SESSION)).containsExactly("/p/z", "/p/a-0000000001");
        assertThat(tree.machine.ephemerals(TreeFixture.OTHER_SESSION)).isEmpty();
    }

    /** Gotcha 65. */
    @Test
    void lets_a_new_session_take_the_name_of_an_ephemeral_that_is_gone() {
        tree.create("/leader", CreateMode.EPHEMERAL);
        tree.order(new Command.CloseSession(TreeFixture.SESSION));
        tree.session = TreeFixture.OTHER_SESSION;

        assertThat(tree.create("/leader", CreateMode.EPHEMERAL).error()).isEqualTo(ErrorCode.OK);
        assertThat(tree.stat("/leader").ephemeralOwner()).isEqualTo(TreeFixture.OTHER_SESSION);
    }

    private long attachedZxid() {
        return Objects.requireNonNull(tree.machine.sessions().get(TreeFixture.SESSION))
                .attachedZxid();
    }

    private Applied attach(long session, Bytes password, int node) {
        byte[] command = CommandCodec.encode(new Command.AttachSession(session, 9000, password));
        return tree.orderFrom(node, command);
    }

    private static Applied done(SessionChange.Kind kind, long session, int timeoutMs) {
        return new Applied(ErrorCode.OK, null, List.of(), new SessionChange(kind, session, timeoutMs));
    }

    private static TreeEvent event(EventType type, String path) {
        return new TreeEvent(type, path, Acl.OPEN_UNSAFE);
    }
}
