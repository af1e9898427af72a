package io.zabkeeper.wire.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.OpCode;
import io.zabkeeper.wire.request.Create;
import io.zabkeeper.wire.request.Multi;
import io.zabkeeper.wire.request.SetAcl;
import io.zabkeeper.wire.request.SetData;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Fields that are null where none should be: the answers of ZooKeeper 3.9.5, which the oracle found. */
final class NullFieldsTest {
    private static final int NULL = -1;

    @Test
    void set_data_and_set_acl_of_the_path_null_are_of_an_empty_path_and_refused_as_such() {
        ByteBuf setData = Unpooled.buffer().writeInt(NULL).writeInt(NULL).writeInt(3);
        ByteBuf setAcl = Unpooled.buffer().writeInt(NULL).writeInt(0).writeInt(3);

        assertThat(RequestCodec.decode(OpCode.SET_DATA.code(), setData)).isEqualTo(new SetData("", null, 3));
        assertThat(RequestCodec.decode(OpCode.SET_ACL.code(), setAcl)).isEqualTo(new SetAcl("", List.of(), 3));
    }

    @Test
    void inside_a_multi_the_path_null_spoils_the_whole_request() {
        ByteBuf multi = Unpooled.buffer();
        new MultiHeader(OpCode.SET_DATA.code(), false, MultiHeader.NO_ERROR).write(new JuteWriter(multi));
        multi.writeInt(NULL).writeInt(NULL).writeInt(3);
        MultiHeader.END.write(new JuteWriter(multi));

        assertThatThrownBy(() -> RequestCodec.decode(OpCode.MULTI.code(), multi))
                .isInstanceOf(MalformedFrameException.class);
    }

    @Test
    void inside_a_multi_a_create_without_an_acl_spoils_the_whole_request() {
        assertThat(RequestCodec.decode(OpCode.MULTI.code(), multiCreate(List.of())))
                .isNotNull();

        assertThatThrownBy(() -> RequestCodec.decode(OpCode.MULTI.code(), multiCreate(null)))
                .isInstanceOf(MalformedFrameException.class)
                .hasMessageContaining("ACL");
    }

    @Test
    void inside_a_multi_create_ttl_may_have_no_acl_and_any_flags() {
        ByteBuf multi = Unpooled.buffer();
        JuteWriter out = new JuteWriter(multi);
        new MultiHeader(OpCode.CREATE_TTL.code(), false, MultiHeader.NO_ERROR).write(out);
        out.writeString("/a").writeBuffer(null).writeAcl(null).writeInt(-1).writeLong(7);
        MultiHeader.END.write(out);

        assertThat(RequestCodec.decode(OpCode.MULTI.code(), multi))
                .isEqualTo(new Multi(List.of(new Create(OpCode.CREATE_TTL, "/a", null, null, -1, 7))));
    }

    private static ByteBuf multiCreate(@Nullable List<Acl> acl) {
        ByteBuf multi = Unpooled.buffer();
        JuteWriter out = new JuteWriter(multi);
        new MultiHeader(OpCode.CREATE.code(), false, MultiHeader.NO_ERROR).write(out);
        out.writeString("/a").writeBuffer(null).writeAcl(acl).writeInt(0);
        MultiHeader.END.write(out);
        return multi;
    }
}
