package io.zabkeeper.server.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.zabkeeper.server.auth.DigestAuth;
import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.AuthId;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.CreateMode;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.EventType;
import io.zabkeeper.wire.Extensions;
import io.zabkeeper.wire.OpCode;
import io.zabkeeper.wire.Stat;
import io.zabkeeper.wire.reply.Create2Reply;
import io.zabkeeper.wire.reply.CreateReply;
import io.zabkeeper.wire.reply.EmptyReply;
import io.zabkeeper.wire.reply.MultiReply;
import io.zabkeeper.wire.reply.MultiReply.Result;
import io.zabkeeper.wire.reply.Reply;
import io.zabkeeper.wire.reply.StatReply;
import io.zabkeeper.wire.request.Check;
import io.zabkeeper.wire.request.Create;
import io.zabkeeper.wire.request.Delete;
import io.zabkeeper.wire.request.Request;
import io.zabkeeper.wire.request.SetData;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Client protocol §2.3. */
class MultiOpTest {
    private final TreeFixture tree = new TreeFixture();

    /** Gotchas 43, 44, 47 and 49. */
    @Test
    void sees_its_own_operations_and_answers_each() {
        Applied applied = tree.multi(
                create(OpCode.CREATE, "/p", 0),
                create(OpCode.CREATE2, "/p/c", 0),
                new SetData("/p", Bytes.ofUtf8("x"), 0),
                new Check("/p", 1),
                new Delete("/p/c", 0));

        long zxid = tree.zxid();
        long stamp = TreeFixture.stamp(zxid);
        assertThat(applied.error()).isEqualTo(ErrorCode.OK);
        assertThat(applied.reply())
                .isEqualTo(new MultiReply(List.of(
                        new Result.Done(OpCode.CREATE, new CreateReply("/p")),
                        new Result.Done(
                                OpCode.CREATE2,
                                new Create2Reply("/p/c", new Stat(zxid, zxid, stamp, stamp, 0, 0, 0, 0, 4, 0, zxid))),
                        new Result.Done(
                                OpCode.SET_DATA,
                                new StatReply(new Stat(zxid, zxid, stamp, stamp, 1, 1, 0, 0, 1, 1, zxid))),
                        new Result.Done(OpCode.CHECK, EmptyReply.INSTANCE),
                        new Result.Done(OpCode.DELETE, EmptyReply.INSTANCE))));
        assertThat(tree.stat("/p").cversion()).isEqualTo(2);
    }

    @Test
    void tells_its_events_in_order() {
        assertThat(tree.multi(create(OpCode.CREATE, "/p", 0), new SetData("/p", null, -1))
                        .events())
                .extracting(TreeEvent::type)
                .containsExactly(EventType.NODE_CREATED, EventType.NODE_CHILDREN_CHANGED, EventType.NODE_DATA_CHANGED);
    }

    /** Gotcha 42. */
    @Test
    void says_ok_before_the_failing_operation_its_error_and_inconsistent_behind() {
        Applied applied = tree.multi(create(OpCode.CREATE, "/a", 0), new Delete("/missing", -1), new Check("/", -1));

        assertThat(applied.error()).isEqualTo(ErrorCode.OK);
        assertThat(applied.reply())
                .isEqualTo(failures(ErrorCode.OK, ErrorCode.NONODE, ErrorCode.RUNTIME_INCONSISTENCY));
    }

    /** Gotcha 46. */
    @Test
    void tells_a_failed_check_from_a_failed_operation_behind_it() {
        tree.create("/a");

        assertThat(tree.multi(new Check("/a", 0), new Delete("/a", 9)).reply())
                .isEqualTo(failures(ErrorCode.OK, ErrorCode.BADVERSION));
        assertThat(tree.multi(new Check("/a", 9), new Delete("/a", 0)).reply())
                .isEqualTo(failures(ErrorCode.BADVERSION, ErrorCode.RUNTIME_INCONSISTENCY));
    }

    /** Gotcha 48, ZK-3127. */
    @Test
    void leaves_nothing_behind_when_it_fails_but_the_used_zxid() {
        tree.create("/p");
        tree.create("/p/old");
        tree.create("/e", CreateMode.EPHEMERAL);
        long digest = tree.machine.digest();
        Stat parent = tree.stat("/p");
        int acls = tree.machine.aclCount();
        long data = tree.machine.dataSizeBytes();

        Applied applied = tree.multi(
                new Create(OpCode.CREATE, "/p/n-", Bytes.EMPTY, digestAcl(), 2),
                new Create(OpCode.CREATE, "/p/e-", Bytes.EMPTY, Acl.OPEN_UNSAFE, 3),
                create(OpCode.CREATE, "/first", 0),
                create(OpCode.CREATE, "/first/child", 0),
                new Delete("/p/old", -1),
                new Delete("/e", -1),
                new SetData("/p", Bytes.ofUtf8("changed"), -1),
                new Check("/p", 77));

        assertThat(applied.events()).isEmpty();
        assertThat(tree.machine.digest()).isEqualTo(digest).isEqualTo(tree.machine.recomputedDigest());
        assertThat(tree.stat("/p")).isEqualTo(parent);
        assertThat(tree.children("/p")).containsExactly("old");
        assertThat(tree.machine.ephemerals(TreeFixture.SESSION)).containsExactly("/e");
        assertThat(tree.machine.aclCount()).isEqualTo(acls);
        assertThat(tree.machine.dataSizeBytes()).isEqualTo(data);
        assertThat(tree.machine.lastZxid()).isEqualTo(tree.zxid());
        assertThat(TreeFixture.createdPath(tree.create("/p/n-", CreateMode.PERSISTENT_SEQUENTIAL)))
                .isEqualTo("/p/n-0000000001");
    }

    @Test
    void numbers_in_order() {
        tree.create("/q");

        Reply reply = tree.multi(create(OpCode.CREATE, "/q/n-", 2), create(OpCode.CREATE, "/q/n-", 2))
                .reply();

        assertThat(reply)
                .isEqualTo(new MultiReply(List.of(
                        new Result.Done(OpCode.CREATE, new CreateReply("/q/n-0000000000")),
                        new Result.Done(OpCode.CREATE, new CreateReply("/q/n-0000000001")))));
    }

    /** Gotcha 45. */
    @Test
    void may_be_empty() {
        Applied applied = tree.multi();

        assertThat(applied).isEqualTo(new Applied(ErrorCode.OK, new MultiReply(List.of()), List.of(), null));
    }

    /** Gotcha 44. */
    @Test
    void answers_every_kind_of_container_with_its_stat() {
        tree.multi(create(OpCode.CREATE, "/a", 4), create(OpCode.CREATE_CONTAINER, "/b", 4));

        Reply reply = tree.multi(create(OpCode.CREATE, "/c", 4), create(OpCode.CREATE_CONTAINER, "/d", 4))
                .reply();

        assertThat(reply)
                .isEqualTo(new MultiReply(List.of(
                        new Result.Done(OpCode.CREATE2, new Create2Reply("/c", tree.stat("/c"))),
                        new Result.Done(OpCode.CREATE2, new Create2Reply("/d", tree.stat("/d"))))));
    }

    @Test
    void is_malformed_with_flags_that_its_creates_cannot_have() {
        assertThat(tree.multi(create(OpCode.CREATE, "/a", 7))).isEqualTo(malformed());
        assertThat(tree.multi(create(OpCode.CREATE, "/a", -1))).isEqualTo(malformed());
        assertThat(tree.multi(create(OpCode.CREATE, "/a", 0), create(OpCode.CREATE2, "/b", 5)))
                .isEqualTo(malformed());
        assertThat(tree.exists("/a")).isFalse();
    }

    @Test
    void refuses_a_time_to_live_by_itself_while_it_is_off() {
        TreeFixture plain = new TreeFixture(TreeFixture.settings(false, "", 0));
        assertThat(plain.multi(new Create(OpCode.CREATE_TTL, "/a", null, Acl.OPEN_UNSAFE, 5, 10))
                        .reply())
                .isEqualTo(failures(ErrorCode.UNIMPLEMENTED));
    }

    /** As {@code CreatesInMultiTest} sees the reference do. */
    @Test
    void takes_a_create_ttl_without_a_mode_that_has_one_for_a_create() {
        tree.multi(new Create(OpCode.CREATE_TTL, "/a", null, Acl.OPEN_UNSAFE, 0, 10));

        assertThat(tree.exists("/a")).isTrue();
        assertThat(tree.multi(new Create(OpCode.CREATE_TTL, "/b", null, Acl.OPEN_UNSAFE, 7, 10))
                        .reply())
                .isEqualTo(failures(ErrorCode.BAD_ARGUMENTS));
    }

    /** A read, another multi, or a setACL inside makes the whole request malformed; bytes are made by hand for this. */
    @Test
    void is_malformed_with_anything_that_is_no_write_of_a_multi() {
        for (OpCode op : List.of(OpCode.GET_DATA, OpCode.MULTI, OpCode.SET_ACL, OpCode.CLOSE_SESSION)) {
            ByteBuf body = Unpooled.buffer();
            body.writeInt(op.code()).writeByte(0).writeInt(-1);
            body.writeInt(1).writeByte('/').writeInt(0).writeInt(0).writeInt(0);
            body.writeInt(-1).writeByte(1).writeInt(-1);

            byte[] command = CommandCodec.encodeWrite(
                    TreeFixture.SESSION, TreeFixture.SOMEBODY, Extensions.NONE, OpCode.MULTI.code(), body);

            assertThat(tree.order(command)).as("%s", op).isEqualTo(malformed());
        }
    }

    /** Within one multi a session can make, use up and remove what it likes; the result counts. */
    @Test
    void may_create_and_delete_the_same_znode() {
        tree.create("/p");
        long nodes = tree.machine.nodeCount();

        tree.multi(
                create(OpCode.CREATE, "/p/a", 0),
                new Delete("/p/a", -1),
                create(OpCode.CREATE, "/p/a", 1),
                new Delete("/p/a", -1));

        assertThat(tree.machine.nodeCount()).isEqualTo(nodes);
        assertThat(tree.stat("/p").cversion()).isEqualTo(4);
        assertThat(tree.machine.digest()).isEqualTo(tree.machine.recomputedDigest());
    }

    private static Create create(OpCode op, String path, int flags) {
        return new Create(op, path, Bytes.ofUtf8("data"), Acl.OPEN_UNSAFE, flags);
    }

    private static List<Acl> digestAcl() {
        return List.of(new Acl(31, new AuthId("digest", DigestAuth.idOf("a:b"))));
    }

    private static Reply failures(ErrorCode... errors) {
        return new MultiReply(Stream.of(errors).<Result>map(Result.Failed::new).toList());
    }

    private static Applied malformed() {
        return new Applied(ErrorCode.MARSHALLING_ERROR, null, List.of(), null);
    }

    /** Keeps the list of operations that a multi may contain in one place. */
    @Test
    void knows_every_operation_that_the_protocol_allows_in_it() {
        for (Request operation : List.<Request>of(
                create(OpCode.CREATE, "/1", 0),
                create(OpCode.CREATE2, "/2", 0),
                create(OpCode.CREATE_CONTAINER, "/3", 4),
                new Delete("/1", -1),
                new SetData("/2", null, -1),
                new Check("/2", -1))) {
            assertThat(tree.multi(operation).reply())
                    .isInstanceOfSatisfying(
                            MultiReply.class,
                            reply -> assertThat(reply.results()).hasOnlyElementsOfType(Result.Done.class));
        }
    }
}
