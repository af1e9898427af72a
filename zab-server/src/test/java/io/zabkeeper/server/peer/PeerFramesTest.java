package io.zabkeeper.server.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.TooLongFrameException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PeerFramesTest {
    private static final byte[] PAYLOAD = "a heartbeat".getBytes(StandardCharsets.UTF_8);

    @Test
    void a_frame_survives_being_cut_at_every_byte() throws Exception {
        ByteBuf sealed = PeerFrames.seal(PAYLOAD, UnpooledByteBufAllocator.DEFAULT);
        EmbeddedChannel channel = new EmbeddedChannel(PeerFrames.decoder(PeerFrames.HELLO_LIMIT));

        while (sealed.isReadable()) {
            channel.writeInbound(Unpooled.copiedBuffer(sealed.readBytes(1)));
        }

        ByteBuf frame = channel.readInbound();
        assertThat(PeerFrames.open(frame)).isEqualTo(PAYLOAD);
    }

    /** N18. */
    @Test
    void a_flipped_bit_anywhere_behind_the_length_is_noticed() {
        int size = PeerFrames.seal(PAYLOAD, UnpooledByteBufAllocator.DEFAULT).readableBytes();
        for (int bit = Integer.SIZE; bit < size * 8; bit++) {
            ByteBuf sealed = PeerFrames.seal(PAYLOAD, UnpooledByteBufAllocator.DEFAULT);
            sealed.setByte(bit / 8, sealed.getByte(bit / 8) ^ 1 << bit % 8);
            ByteBuf frame = sealed.skipBytes(Integer.BYTES);

            assertThatThrownBy(() -> PeerFrames.open(frame)).isInstanceOf(DamagedFrameException.class);
        }
    }

    /** M1: nothing is allocated for what a stranger only announces. */
    @Test
    void a_length_beyond_the_limit_is_refused_before_its_bytes_come() {
        EmbeddedChannel channel = new EmbeddedChannel(PeerFrames.decoder(PeerFrames.HELLO_LIMIT));
        ByteBuf announced = Unpooled.buffer().writeInt(Integer.MAX_VALUE - 8).writeInt(0);

        assertThatThrownBy(() -> channel.writeInbound(announced)).isInstanceOf(TooLongFrameException.class);
    }
}
