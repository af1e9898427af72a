package io.zabkeeper.wire.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.Extensions;
import io.zabkeeper.wire.OpCode;
import io.zabkeeper.wire.reply.ReplyHeader;
import io.zabkeeper.wire.request.Request;
import io.zabkeeper.wire.request.Unknown;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/** No bytes, however odd, do more than a {@link MalformedFrameException} or cost more memory than they are long. */
final class DamagedFramesTest {
    /** Records, lists and strings around the bytes of a frame. */
    private static final long ALLOCATION_PER_BYTE = 64;

    /** Class loading at the first call; far below what the smallest hostile length asks for. */
    private static final long ALLOCATION_PER_FRAME = 1024 * 1024;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void refuses_every_sample_that_is_cut_short() {
        for (Sample sample : samples()) {
            for (int length = 0; length < sample.bytes().length; length++) {
                ByteBuf cut = Unpooled.wrappedBuffer(sample.bytes(), 0, length);

                assertThatThrownBy(() -> sample.decoder().decode(cut))
                        .as("%s cut to %d of %d bytes", sample.name(), length, sample.bytes().length)
                        .isInstanceOf(MalformedFrameException.class);
            }
        }
    }

    @Test
    void refuses_lengths_that_the_frame_cannot_hold_before_it_allocates() {
        int[] lengths = {Integer.MIN_VALUE, -2, 0x00ffffff, 0x40000000, Integer.MAX_VALUE};
        for (Sample sample : samples()) {
            for (int at = 0; at + Integer.BYTES <= sample.bytes().length; at++) {
                for (int length : lengths) {
                    byte[] bytes = sample.bytes().clone();
                    Unpooled.wrappedBuffer(bytes).setInt(at, length);

                    decodeWithinBounds(sample.name() + " with " + length + " at " + at, sample.decoder(), bytes);
                }
            }
        }
    }

    @Test
    void survives_random_damage() {
        for (int seed = 0; seed < 300; seed++) {
            RandomGenerator random =
                    RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
            for (Sample sample : samples()) {
                byte[] bytes = sample.bytes().clone();
                int changes = bytes.length == 0 ? 0 : 1 + random.nextInt(4);
                for (int i = 0; i < changes; i++) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
                }

                decodeWithinBounds("seed " + seed + ", " + sample.name(), sample.decoder(), bytes);
            }
        }
    }

    @Test
    void survives_random_bytes() {
        for (int seed = 0; seed < 300; seed++) {
            RandomGenerator random =
                    RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
            for (Sample sample : samples()) {
                byte[] bytes = new byte[random.nextInt(200)];
                random.nextBytes(bytes);

                decodeWithinBounds("seed " + seed + ", decoder of " + sample.name(), sample.decoder(), bytes);
            }
        }
    }

    @Test
    void refuses_null_where_the_protocol_does_not_allow_it() {
        assertMalformed(OpCode.CREATE, "ffffffff 00000000 00000000 00000000");
        assertMalformed(OpCode.ADD_WATCH, "ffffffff 00000000");
        assertMalformed(OpCode.REMOVE_WATCHES, "ffffffff 00000003");
        assertMalformed(OpCode.GET_ALL_CHILDREN_NUMBER, "ffffffff");
        assertMalformed(OpCode.MULTI_READ, "00000004 00 ffffffff ffffffff 00 ffffffff 01 ffffffff");
        assertMalformed(OpCode.SET_WATCHES, "0000000000000000 ffffffff ffffffff ffffffff");
        assertMalformed(OpCode.SET_WATCHES, "0000000000000000 00000001 ffffffff 00000000 00000000");
    }

    @Test
    void refuses_operations_that_do_not_belong_into_a_multi() {
        String end = "ffffffff 01 ffffffff";

        assertMalformed(OpCode.MULTI, "00000004 00 ffffffff 00000002 2f61 00" + end);
        assertMalformed(OpCode.MULTI, "0000000e 00 ffffffff" + end + end);
        assertMalformed(OpCode.MULTI, "00000001 00 ffffffff 00000002 2f61 ffffffff ffffffff 00000005" + end);
        assertMalformed(OpCode.MULTI, "00000001 00 ffffffff 00000002 2f61 ffffffff ffffffff 00000007" + end);
    }

    @Test
    void refuses_kinds_that_it_does_not_know() {
        assertMalformed(OpCode.ADD_WATCH, "00000002 2f61 00000002");
        assertMalformed(OpCode.ADD_WATCH, "00000002 2f61 ffffffff");
        assertMalformed(OpCode.CHECK_WATCHES, "00000002 2f61 00000000");
        assertMalformed(OpCode.REMOVE_WATCHES, "00000002 2f61 00000006");
    }

    /** §2.4. */
    @Test
    void reads_nothing_but_data_and_children_at_once() {
        String getData = "00000004 00 ffffffff 00000001 2f 00";
        String end = "ffffffff 01 ffffffff";

        assertMalformed(OpCode.MULTI_READ, getData);
        assertMalformed(OpCode.MULTI_READ, "00000003 00 ffffffff 00000001 2f 00" + end);
        assertMalformed(OpCode.MULTI_READ, "0000000c 00 ffffffff 00000001 2f 00" + end);
        assertMalformed(OpCode.MULTI_READ, getData + "00000002 00 ffffffff 00000001 2f ffffffff" + end);
        assertMalformed(OpCode.MULTI_READ, "0000000d 00 ffffffff 00000001 2f ffffffff" + end);
        assertMalformed(OpCode.MULTI, getData + end);
    }

    @Test
    void keeps_frames_within_the_limit() {
        FrameLimit limit = FrameLimit.DEFAULT;

        assertThat(limit.require(0)).isZero();
        assertThat(limit.require(1_048_575)).isEqualTo(1_048_575);
        assertThatThrownBy(() -> limit.require(1_048_576)).isInstanceOf(MalformedFrameException.class);
        assertThatThrownBy(() -> limit.require(-1)).isInstanceOf(MalformedFrameException.class);
    }

    private static void assertMalformed(OpCode op, String hex) {
        ByteBuf body = Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex.replace(" ", "")));

        assertThatThrownBy(() -> RequestCodec.decode(op.code(), body)).isInstanceOf(MalformedFrameException.class);
    }

    private static void decodeWithinBounds(String name, Decoder decoder, byte[] bytes) {
        ByteBuf in = Unpooled.wrappedBuffer(bytes);
        long before = THREADS.getCurrentThreadAllocatedBytes();

        Throwable thrown = catchThrowable(() -> decoder.decode(in));

        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        if (thrown != null) {
            assertThat(thrown).as(name).isInstanceOf(MalformedFrameException.class);
        }
        assertThat(allocated).as(name).isLessThan(ALLOCATION_PER_FRAME + bytes.length * ALLOCATION_PER_BYTE);
    }

    private static List<Sample> samples() {
        List<Sample> samples = new ArrayList<>();
        for (Request request : Samples.REQUESTS) {
            if (!(request instanceof Unknown)) {
                ByteBuf out = Unpooled.buffer();
                RequestCodec.encodeBody(request, out);
                int code = request.op().code();
                samples.add(new Sample(
                        request.toString(),
                        Bytes.of(ByteBufUtil.getBytes(out)),
                        in -> RequestCodec.decode(code, in, Extensions.ALL)));
            }
        }
        for (Samples.ReplySample reply : Samples.REPLIES) {
            ByteBuf out = Unpooled.buffer();
            ReplyCodec.encode(new ReplyHeader(1, 1, 0), reply.reply(), out);
            out.skipBytes(ReplyCodec.HEADER_SIZE);
            samples.add(new Sample(
                    reply.toString(), Bytes.of(ByteBufUtil.getBytes(out)), in -> ReplyCodec.decode(reply.op(), in)));
        }
        return samples;
    }

    private record Sample(String name, Bytes body, Decoder decoder) {
        byte[] bytes() {
            return body.array();
        }
    }

    private interface Decoder {
        Object decode(ByteBuf in);
    }
}
