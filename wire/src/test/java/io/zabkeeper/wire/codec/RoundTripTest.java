package io.zabkeeper.wire.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.EventType;
import io.zabkeeper.wire.Extensions;
import io.zabkeeper.wire.KeeperState;
import io.zabkeeper.wire.OpCode;
import io.zabkeeper.wire.WatchEvent;
import io.zabkeeper.wire.reply.ConnectReply;
import io.zabkeeper.wire.reply.Reply;
import io.zabkeeper.wire.reply.ReplyHeader;
import io.zabkeeper.wire.request.CheckNotExists;
import io.zabkeeper.wire.request.ConnectRequest;
import io.zabkeeper.wire.request.Multi;
import io.zabkeeper.wire.request.Request;
import io.zabkeeper.wire.request.RequestHeader;
import io.zabkeeper.wire.request.Unknown;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class RoundTripTest {
    @Test
    void has_a_sample_of_every_request_and_reply() {
        Stream<Class<?>> requests = Samples.REQUESTS.stream().map(Request::getClass);
        Stream<Class<?>> replies =
                Samples.REPLIES.stream().map(sample -> sample.reply().getClass());

        assertThat(requests).contains(Request.class.getPermittedSubclasses());
        assertThat(replies).contains(Reply.class.getPermittedSubclasses());
    }

    @Test
    void decodes_every_request_to_what_was_encoded() {
        for (Request request : Samples.REQUESTS) {
            int code = request instanceof Unknown unknown
                    ? unknown.code()
                    : request.op().code();
            ByteBuf frame = Unpooled.buffer();

            RequestCodec.encode(new RequestHeader(-77, code), request, frame);

            assertThat(RequestCodec.decodeHeader(frame)).isEqualTo(new RequestHeader(-77, code));
            assertThat(RequestCodec.decode(code, frame, Extensions.ALL)).isEqualTo(request);
            assertThat(frame.isReadable()).as("bytes behind %s", request).isFalse();
        }
    }

    @Test
    void decodes_from_a_direct_buffer_too() {
        for (Request request : Samples.REQUESTS) {
            int code = request instanceof Unknown unknown
                    ? unknown.code()
                    : request.op().code();
            ByteBuf frame = Unpooled.directBuffer();

            RequestCodec.encodeBody(request, frame);

            assertThat(RequestCodec.decode(code, frame, Extensions.ALL)).isEqualTo(request);
            frame.release();
        }
    }

    @Test
    void decodes_every_reply_to_what_was_encoded() {
        ReplyHeader header = new ReplyHeader(5, 0x100000007L, 0);
        for (Samples.ReplySample sample : Samples.REPLIES) {
            ByteBuf frame = Unpooled.buffer();

            ReplyCodec.encode(header, sample.reply(), frame);

            assertThat(ReplyCodec.decodeHeader(frame)).isEqualTo(header);
            assertThat(ReplyCodec.decode(sample.op(), frame)).isEqualTo(sample.reply());
            assertThat(frame.isReadable()).as("bytes behind %s", sample).isFalse();
        }
    }

    /** Whoever has not agreed on it finds nothing there. */
    @Test
    void decodes_extensions_for_those_who_may_use_them() {
        for (Request request : Samples.REQUESTS) {
            OpCode op = request.op();
            if (Extensions.NONE.allow(op)) {
                continue;
            }
            ByteBuf frame = Unpooled.buffer();
            RequestCodec.encodeBody(request, frame);
            Extensions others = new Extensions(Extensions.ALL.bits() & ~bitOf(op));

            assertThat(RequestCodec.decode(op.code(), frame.duplicate())).isEqualTo(new Unknown(op.code()));
            assertThat(RequestCodec.decode(op.code(), frame.duplicate(), others))
                    .isEqualTo(new Unknown(op.code()));
        }
        ByteBuf multi = Unpooled.buffer();
        RequestCodec.encodeBody(new Multi(List.of(new CheckNotExists("/a", -1))), multi);
        assertThatThrownBy(() -> RequestCodec.decode(OpCode.MULTI.code(), multi))
                .isInstanceOf(MalformedFrameException.class);
    }

    private static int bitOf(OpCode op) {
        for (int bit = 1; bit != 0; bit <<= 1) {
            if (new Extensions(bit).operations().contains(op)) {
                return bit;
            }
        }
        throw new AssertionError("no bit for " + op);
    }

    @Test
    void sends_no_body_behind_an_error() {
        ByteBuf frame = Unpooled.buffer();

        ReplyCodec.encode(new ReplyHeader(5, 1, -101), Samples.REPLIES.get(0).reply(), frame);

        assertThat(frame.readableBytes()).isEqualTo(ReplyCodec.HEADER_SIZE);
    }

    @Test
    void decodes_every_event_to_what_was_encoded() {
        for (EventType type : EventType.values()) {
            for (KeeperState state : KeeperState.values()) {
                WatchEvent event = new WatchEvent(type, state, "/ä");
                ByteBuf frame = Unpooled.buffer();

                ReplyCodec.encodeEvent(9, event, frame);

                assertThat(ReplyCodec.decodeHeader(frame)).isEqualTo(new ReplyHeader(-1, 9, 0));
                assertThat(ReplyCodec.decodeEvent(frame)).isEqualTo(event);
            }
        }
    }

    @Test
    void keeps_the_optional_flag_of_the_handshake_apart_from_its_value() {
        Bytes password = Bytes.of(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16});
        for (ConnectRequest request : new ConnectRequest[] {
            new ConnectRequest(0, 1, 2, 3, password, false, false),
            new ConnectRequest(0, 1, 2, 3, password, false, true),
            new ConnectRequest(9, -1, -2, -3, Bytes.EMPTY, true, true)
        }) {
            ByteBuf frame = Unpooled.buffer();
            ConnectCodec.encodeRequest(request, frame);

            assertThat(ConnectCodec.decodeRequest(frame)).isEqualTo(request);
        }
        for (ConnectReply reply : new ConnectReply[] {
            new ConnectReply(0, 2, 3, password, false, false),
            new ConnectReply(0, 2, 3, password, true, true),
            ConnectReply.expired(true)
        }) {
            ByteBuf frame = Unpooled.buffer();
            ConnectCodec.encodeReply(reply, frame);

            assertThat(ConnectCodec.decodeReply(frame)).isEqualTo(reply);
        }
    }

    @Test
    void ignores_bytes_behind_a_record() {
        for (Request request : Samples.REQUESTS) {
            int code = request instanceof Unknown unknown
                    ? unknown.code()
                    : request.op().code();
            ByteBuf frame = Unpooled.buffer();
            RequestCodec.encodeBody(request, frame);
            frame.writeLong(-1);

            assertThat(RequestCodec.decode(code, frame, Extensions.ALL)).isEqualTo(request);
        }
    }
}
