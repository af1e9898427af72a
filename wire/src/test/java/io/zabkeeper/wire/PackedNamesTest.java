package io.zabkeeper.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.zabkeeper.wire.codec.ReplyCodec;
import io.zabkeeper.wire.reply.ChildrenReply;
import io.zabkeeper.wire.reply.ReplyHeader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PackedNamesTest {
    @Test
    void is_the_list_of_what_was_put_in() {
        List<Bytes> plain = new ArrayList<>();
        PackedNames.Builder builder = new PackedNames.Builder(10);
        for (int i = 0; i < 1_000; i++) {
            Bytes name = Bytes.ofUtf8("größe-" + "x".repeat(i % 50) + i);
            plain.add(name);
            builder.add(name.array());
        }

        PackedNames packed = builder.build();

        assertThat(packed).isEqualTo(plain);
        assertThat(packed.hashCode()).isEqualTo(plain.hashCode());
        assertThat(encoded(packed)).isEqualTo(encoded(plain));
    }

    @Test
    void may_be_empty_and_may_have_empty_names() {
        assertThat(new PackedNames.Builder(0).build()).isEmpty();
        PackedNames.Builder builder = new PackedNames.Builder(0);
        builder.add(new byte[0]);
        builder.add("a".getBytes(UTF_8));

        assertThat(builder.build()).containsExactly(Bytes.EMPTY, Bytes.ofUtf8("a"));
    }

    private static byte[] encoded(List<Bytes> names) {
        ByteBuf out = Unpooled.buffer();
        ReplyCodec.encode(new ReplyHeader(1, 2, 0), new ChildrenReply(names, null), out);
        return ByteBufUtil.getBytes(out);
    }
}
