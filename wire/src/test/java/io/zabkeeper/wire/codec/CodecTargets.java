package io.zabkeeper.wire.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.zabkeeper.wire.EventType;
import io.zabkeeper.wire.OpCode;
import io.zabkeeper.wire.WatchEvent;
import io.zabkeeper.wire.fuzz.Mutator;
import io.zabkeeper.wire.fuzz.Pairing;
import io.zabkeeper.wire.fuzz.Target;
import io.zabkeeper.wire.reply.ConnectReply;
import io.zabkeeper.wire.reply.ReplyHeader;
import io.zabkeeper.wire.request.ConnectRequest;
import io.zabkeeper.wire.request.Request;
import io.zabkeeper.wire.request.RequestHeader;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The codec's decoders under any bytes: a record or a {@link MalformedFrameException}, nothing else. What was decoded is
 * encoded and decoded again and must be the same: a member logs a request as its client has sent it, and another member
 * must not read something else in it.
 */
public final class CodecTargets {
    private CodecTargets() {}

    public static List<Pairing> all() {
        int limit = FrameLimit.DEFAULT.sizeBytes();
        return List.of(
                new Pairing(new Requests(), new Mutator(requests(), limit)),
                new Pairing(new Replies(), new Mutator(replies(), limit)),
                new Pairing(new Events(), new Mutator(events(), limit)),
                new Pairing(new ConnectRequests(), new Mutator(connectRequests(), 4096)),
                new Pairing(new ConnectReplies(), new Mutator(connectReplies(), 4096)));
    }

    /** Frames of every request that there is a sample of, header included, without the length in front. */
    public static List<byte[]> requests() {
        List<byte[]> frames = new ArrayList<>();
        for (Request request : Samples.REQUESTS) {
            frames.add(written(
                    out -> RequestCodec.encode(new RequestHeader(7, request.op().code()), request, out)));
        }
        return frames;
    }

    /** The number of an operation and the body of a reply to it. */
    static List<byte[]> replies() {
        List<byte[]> frames = new ArrayList<>();
        for (Samples.ReplySample sample : Samples.REPLIES) {
            frames.add(written(out -> {
                out.writeInt(sample.op().code());
                ByteBuf reply = Unpooled.buffer();
                ReplyCodec.encode(new ReplyHeader(1, 1, 0), sample.reply(), reply);
                out.writeBytes(reply.skipBytes(ReplyCodec.HEADER_SIZE));
            }));
        }
        return frames;
    }

    private static List<byte[]> events() {
        return List.of(
                written(out -> ReplyCodec.encodeEvent(5, new WatchEvent(EventType.NODE_CREATED, "/größe"), out)),
                written(out -> ReplyCodec.encodeEvent(-1, new WatchEvent(EventType.NODE_DELETED, ""), out)));
    }

    /** First frames of a connection. */
    public static List<byte[]> connectRequests() {
        return List.of(
                written(out ->
                        ConnectCodec.encodeRequest(new ConnectRequest(0, 0, 10_000, 0, Samples.DATA, true, true), out)),
                written(out ->
                        ConnectCodec.encodeRequest(new ConnectRequest(0, 7, -1, -1, Samples.DATA, false, false), out)));
    }

    private static List<byte[]> connectReplies() {
        return List.of(
                written(out -> ConnectCodec.encodeReply(ConnectReply.expired(true), out)),
                written(out ->
                        ConnectCodec.encodeReply(new ConnectReply(0, 4_000, 99, Samples.DATA, false, false), out)));
    }

    private interface Writer {
        void write(ByteBuf out);
    }

    private interface Reader<T> {
        T read(ByteBuf in);
    }

    private interface Encoder<T> {
        void encode(T value, ByteBuf out);
    }

    private static byte[] written(Writer writer) {
        ByteBuf out = Unpooled.buffer();
        writer.write(out);
        return ByteBufUtil.getBytes(out);
    }

    /** Whatever was understood is understood in the same way when it is written down and read again. */
    private static <T> void comesBack(ByteBuf in, Reader<T> reader, Encoder<T> encoder) {
        T first;
        try {
            first = reader.read(in);
        } catch (MalformedFrameException refused) {
            return;
        }
        ByteBuf once = Unpooled.buffer();
        encoder.encode(first, once);
        T second = reader.read(once.duplicate());
        if (!first.equals(second)) {
            throw new AssertionError(first + " comes back as " + second);
        }
        ByteBuf twice = Unpooled.buffer();
        encoder.encode(second, twice);
        if (!once.equals(twice)) {
            throw new AssertionError(ByteBufUtil.hexDump(once) + " comes back as " + ByteBufUtil.hexDump(twice));
        }
    }

    private static final class Requests implements Target {
        @Override
        public String name() {
            return "client-codec.requests";
        }

        @Override
        public void accept(byte[] input) {
            comesBack(
                    Unpooled.wrappedBuffer(input),
                    in -> {
                        RequestHeader header = RequestCodec.decodeHeader(in);
                        return new Framed(header, RequestCodec.decode(header.code(), in));
                    },
                    (framed, out) -> RequestCodec.encode(framed.header(), framed.request(), out));
        }

        private record Framed(RequestHeader header, Request request) {}
    }

    private static final class Replies implements Target {
        private final Set<OpCode> known = EnumSet.noneOf(OpCode.class);

        Replies() {
            Samples.REPLIES.forEach(sample -> known.add(sample.op()));
        }

        @Override
        public String name() {
            return "client-codec.replies";
        }

        @Override
        public void accept(byte[] input) {
            if (input.length < Integer.BYTES) {
                return;
            }
            ByteBuf all = Unpooled.wrappedBuffer(input);
            OpCode op = OpCode.of(all.readInt());
            if (known.contains(op)) {
                comesBack(all, in -> ReplyCodec.decode(op, in), (reply, out) -> {
                    ByteBuf framed = Unpooled.buffer();
                    ReplyCodec.encode(new ReplyHeader(1, 1, 0), reply, framed);
                    out.writeBytes(framed.skipBytes(ReplyCodec.HEADER_SIZE));
                });
            }
        }
    }

    private static final class Events implements Target {
        @Override
        public String name() {
            return "client-codec.events";
        }

        @Override
        public void accept(byte[] input) {
            comesBack(
                    Unpooled.wrappedBuffer(input),
                    in -> {
                        ReplyCodec.decodeHeader(in);
                        return ReplyCodec.decodeEvent(in);
                    },
                    (event, out) -> ReplyCodec.encodeEvent(1, event, out));
        }
    }

    private static final class ConnectRequests implements Target {
        @Override
        public String name() {
            return "client-codec.connect-requests";
        }

        @Override
        public void accept(byte[] input) {
            comesBack(Unpooled.wrappedBuffer(input), ConnectCodec::decodeRequest, ConnectCodec::encodeRequest);
        }
    }

    private static final class ConnectReplies implements Target {
        @Override
        public String name() {
            return "client-codec.connect-replies";
        }

        @Override
        public void accept(byte[] input) {
            comesBack(Unpooled.wrappedBuffer(input), ConnectCodec::decodeReply, ConnectCodec::encodeReply);
        }
    }
}
