package io.zabkeeper.wire.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class JuteWriterTest {
    @Test
    void writes_strings_as_the_jdk_encodes_them() {
        String[] texts = {
            "", "/plain", "/ä", "/日本", "/\uD83D\uDE00", "lone \uD83D surrogate", "\u0000\u007f\u0080\u07ff\u0800"
        };
        for (String text : texts) {
            byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
            ByteBuf out = Unpooled.buffer(0);

            new JuteWriter(out).writeString(text);

            assertThat(out.readInt()).as(text).isEqualTo(encoded.length);
            assertThat(ByteBufUtil.getBytes(out)).as(text).isEqualTo(encoded);
        }
    }

    @Test
    void tells_null_from_empty() {
        ByteBuf out = Unpooled.buffer();

        new JuteWriter(out).writeString(null).writeString("").writeBuffer(null).writeAcl(null);

        assertThat(ByteBufUtil.hexDump(out)).isEqualTo("ffffffff" + "00000000" + "ffffffff" + "ffffffff");
    }
}
