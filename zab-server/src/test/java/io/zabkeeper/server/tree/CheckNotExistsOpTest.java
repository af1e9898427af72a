package io.zabkeeper.server.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.AuthId;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.OpCode;
import io.zabkeeper.wire.reply.CreateReply;
import io.zabkeeper.wire.reply.EmptyReply;
import io.zabkeeper.wire.reply.MultiReply;
import io.zabkeeper.wire.reply.MultiReply.Result;
import io.zabkeeper.wire.request.CheckNotExists;
import io.zabkeeper.wire.request.Create;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** checkNotExists and createIfNotExists. */
class CheckNotExistsOpTest {
    private final TreeFixture tree = new TreeFixture();

    @Test
    void fails_if_such_a_znode_is_there() {
        tree.create("/a");
        tree.create("/secret", List.of(new Acl(0, AuthId.ANYONE)));

        assertThat(check("/none", -1)).isEqualTo(new Result.Done(OpCode.CHECK_NOT_EXISTS, EmptyReply.INSTANCE));
        assertThat(check("/a", -1)).isEqualTo(new Result.Failed(ErrorCode.NODEEXISTS));
        assertThat(check("/a", 0)).isEqualTo(new Result.Failed(ErrorCode.NODEEXISTS));
        assertThat(check("/a", 1)).isEqualTo(new Result.Done(OpCode.CHECK_NOT_EXISTS, EmptyReply.INSTANCE));
        assertThat(check("/secret", 1)).isEqualTo(new Result.Failed(ErrorCode.NOAUTH));
        assertThat(check("nowhere", -1)).isEqualTo(new Result.Failed(ErrorCode.BAD_ARGUMENTS));
    }

    @Test
    void is_part_of_a_multi_only() {
        assertThat(tree.write(new CheckNotExists("/none", -1)).error()).isEqualTo(ErrorCode.UNIMPLEMENTED);
    }

    @Test
    void creates_what_is_not_there_and_leaves_what_is() {
        Create create = new Create(OpCode.CREATE_IF_NOT_EXISTS, "/a", Bytes.ofUtf8("x"), Acl.OPEN_UNSAFE, 0);

        Applied first = tree.write(create);
        long digest = tree.machine.digest();
        Applied second =
                tree.write(new Create(OpCode.CREATE_IF_NOT_EXISTS, "/a", Bytes.ofUtf8("y"), Acl.OPEN_UNSAFE, 0));

        assertThat(first.reply()).isEqualTo(new CreateReply("/a")).isEqualTo(second.reply());
        assertThat(first.events()).hasSize(2);
        assertThat(second.events()).isEmpty();
        assertThat(tree.data("/a")).isEqualTo("x");
        assertThat(tree.machine.digest()).isEqualTo(digest);
        assertThat(tree.multi(create).reply())
                .isEqualTo(
                        new MultiReply(List.of(new Result.Done(OpCode.CREATE_IF_NOT_EXISTS, new CreateReply("/a")))));
    }

    /** What keeps a create from being carried out keeps this one too, whether or not the znode is there. */
    @Test
    void asks_what_every_create_asks() {
        tree.create("/closed", List.of(new Acl(0, AuthId.ANYONE)));

        assertThat(ifNotExists("/closed/a", 0)).isEqualTo(ErrorCode.NOAUTH);
        assertThat(ifNotExists("/none/a", 0)).isEqualTo(ErrorCode.NONODE);
        assertThat(ifNotExists("/closed", 9)).isEqualTo(ErrorCode.BAD_ARGUMENTS);
        assertThat(ifNotExists("/closed", 0)).isEqualTo(ErrorCode.OK);
        assertThat(ifNotExists("/", 0)).isEqualTo(ErrorCode.OK);
    }

    private ErrorCode ifNotExists(String path, int flags) {
        return tree.write(new Create(OpCode.CREATE_IF_NOT_EXISTS, path, null, Acl.OPEN_UNSAFE, flags))
                .error();
    }

    private Result check(String path, int version) {
        MultiReply reply = (MultiReply) Objects.requireNonNull(
                tree.multi(new CheckNotExists(path, version)).reply());
        return reply.results().get(0);
    }
}
