package io.zabkeeper.server.tree;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.zabkeeper.wire.AuthId;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.Extensions;
import io.zabkeeper.wire.codec.MalformedFrameException;
import io.zabkeeper.wire.codec.RequestCodec;
import io.zabkeeper.wire.request.Request;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Commands as bytes, as they are ordered, logged and sent between members. The first byte is the version of the format,
 * the second the kind of command, which the member chooses and never the client; in a client's write the operation's
 * number and the bytes of its body follow as the client has sent them.
 */
public final class CommandCodec {
    private static final byte FORMAT = 1;
    private static final byte CLIENT_WRITE = 1;
    private static final byte OPEN_SESSION = 2;
    private static final byte ATTACH_SESSION = 3;
    private static final byte CLOSE_SESSION = 4;
    private static final byte EXPIRE_SESSION = 5;
    private static final byte REAP_ZNODE = 6;
    private static final byte EXTENDED_WRITE = 7;
    private static final byte LOCAL_WRITE = 8;
    private static final int PREFIX_SIZE = 2 + Long.BYTES;

    private CommandCodec() {}

    public static byte[] encode(Command command) {
        return command.deliverTo(Encoder.INSTANCE);
    }

    /**
     * A client's write from its frame.
     *
     * @param extensions what the connection may use; they are written down only if there are any
     * @param opcode of the request; one that is no write is answered with an error when the command is applied
     * @param body what follows the header in the frame, copied but not moved
     */
    public static byte[] encodeWrite(
            long session, List<AuthId> identity, Extensions extensions, int opcode, ByteBuf body) {
        byte kind = extensions.isEmpty() ? CLIENT_WRITE : EXTENDED_WRITE;
        return encodeWrite(kind, session, identity, extensions, opcode, body);
    }

    /** Likewise, of a session that only this member knows. */
    public static byte[] encodeLocalWrite(
            long session, List<AuthId> identity, Extensions extensions, int opcode, ByteBuf body) {
        return encodeWrite(LOCAL_WRITE, session, identity, extensions, opcode, body);
    }

    private static byte[] encodeWrite(
            byte kind, long session, List<AuthId> identity, Extensions extensions, int opcode, ByteBuf body) {
        int count = identity.size();
        byte[][] texts = new byte[2 * count][];
        boolean hasExtensions = kind != CLIENT_WRITE;
        int size = PREFIX_SIZE + (hasExtensions ? 3 : 2) * Integer.BYTES + body.readableBytes();
        for (int i = 0; i < count; i++) {
            AuthId id = identity.get(i);
            texts[2 * i] = id.scheme().getBytes(StandardCharsets.UTF_8);
            texts[2 * i + 1] = id.id().getBytes(StandardCharsets.UTF_8);
            size += 2 * Integer.BYTES + texts[2 * i].length + texts[2 * i + 1].length;
        }
        byte[] bytes = new byte[size];
        ByteBuffer out = prefix(bytes, kind, session);
        if (hasExtensions) {
            out.putInt(extensions.bits());
        }
        out.putInt(count);
        for (byte[] text : texts) {
            out.putInt(text.length).put(text);
        }
        out.putInt(opcode);
        body.getBytes(body.readerIndex(), bytes, out.position(), body.readableBytes());
        return bytes;
    }

    /**
     * What {@link #encode} has written.
     *
     * @throws MalformedFrameException for anything else
     */
    public static Command decode(byte[] bytes) {
        if (bytes.length < PREFIX_SIZE || bytes[0] != FORMAT) {
            throw new MalformedFrameException("no command of format " + FORMAT + " in " + bytes.length + " bytes");
        }
        ByteBuffer in = ByteBuffer.wrap(bytes, 2, bytes.length - 2);
        long subject = in.getLong();
        return switch (bytes[1]) {
            case CLIENT_WRITE -> decodeWrite(subject, Extensions.NONE, in, bytes);
            case EXTENDED_WRITE -> decodeWrite(subject, new Extensions(readInt(in)), in, bytes);
            case OPEN_SESSION -> new Command.OpenSession(subject, readInt(in), Bytes.of(readBytes(in)));
            case ATTACH_SESSION -> new Command.AttachSession(subject, readInt(in), Bytes.of(readBytes(in)));
            case CLOSE_SESSION -> new Command.CloseSession(subject);
            case EXPIRE_SESSION -> new Command.ExpireSession(subject, readLong(in));
            case LOCAL_WRITE -> new Command.LocalWrite(decodeWrite(subject, new Extensions(readInt(in)), in, bytes));
            case REAP_ZNODE -> new Command.ReapZnode(subject, readLong(in));
            default -> throw new MalformedFrameException("no command of kind " + bytes[1]);
        };
    }

    private static Command.ClientWrite decodeWrite(long session, Extensions extensions, ByteBuffer in, byte[] bytes) {
        int count = readLength(in, 2 * Integer.BYTES);
        List<AuthId> identity = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String scheme = readText(in, bytes);
            identity.add(new AuthId(scheme, readText(in, bytes)));
        }
        int opcode = readInt(in);
        ByteBuf body = Unpooled.wrappedBuffer(bytes, in.position(), in.remaining());
        return new Command.ClientWrite(session, identity, extensions, RequestCodec.decode(opcode, body, extensions));
    }

    private static ByteBuffer prefix(byte[] bytes, byte kind, long subject) {
        return ByteBuffer.wrap(bytes).put(FORMAT).put(kind).putLong(subject);
    }

    private static int readInt(ByteBuffer in) {
        if (in.remaining() < Integer.BYTES) {
            throw truncated(in, Integer.BYTES);
        }
        return in.getInt();
    }

    private static long readLong(ByteBuffer in) {
        if (in.remaining() < Long.BYTES) {
            throw truncated(in, Long.BYTES);
        }
        return in.getLong();
    }

    /** A length or a count, no larger than what is there can hold. */
    private static int readLength(ByteBuffer in, int elementSize) {
        int length = readInt(in);
        if (length < 0 || (long) length * elementSize > in.remaining()) {
            throw truncated(in, length);
        }
        return length;
    }

    private static byte[] readBytes(ByteBuffer in) {
        byte[] bytes = new byte[readLength(in, 1)];
        in.get(bytes);
        return bytes;
    }

    private static String readText(ByteBuffer in, byte[] bytes) {
        int length = readLength(in, 1);
        String text = new String(bytes, in.position(), length, StandardCharsets.UTF_8);
        in.position(in.position() + length);
        return text;
    }

    private static MalformedFrameException truncated(ByteBuffer in, int wanted) {
        return new MalformedFrameException(wanted + " bytes or elements in front of " + in.remaining() + " bytes");
    }

    private static final class Encoder implements Command.Receiver<byte[]> {
        static final Encoder INSTANCE = new Encoder();

        @Override
        public byte[] onClientWrite(Command.ClientWrite write) {
            return encode(write.extensions().isEmpty() ? CLIENT_WRITE : EXTENDED_WRITE, write);
        }

        @Override
        public byte[] onLocalWrite(Command.LocalWrite local) {
            return encode(LOCAL_WRITE, local.write());
        }

        private static byte[] encode(byte kind, Command.ClientWrite write) {
            Request request = write.request();
            ByteBuf body = Unpooled.buffer();
            RequestCodec.encodeBody(request, body);
            int opcode = request.op().code();
            return encodeWrite(kind, write.session(), write.identity(), write.extensions(), opcode, body);
        }

        @Override
        public byte[] onOpenSession(Command.OpenSession open) {
            return encodeLife(OPEN_SESSION, open.session(), open.timeoutMs(), open.password());
        }

        @Override
        public byte[] onAttachSession(Command.AttachSession attach) {
            return encodeLife(ATTACH_SESSION, attach.session(), attach.timeoutMs(), attach.password());
        }

        @Override
        public byte[] onCloseSession(Command.CloseSession close) {
            byte[] bytes = new byte[PREFIX_SIZE];
            prefix(bytes, CLOSE_SESSION, close.session());
            return bytes;
        }

        @Override
        public byte[] onExpireSession(Command.ExpireSession expire) {
            return encodeSubject(EXPIRE_SESSION, expire.session(), expire.attachedZxid());
        }

        @Override
        public byte[] onReapZnode(Command.ReapZnode reap) {
            return encodeSubject(REAP_ZNODE, reap.node(), reap.neverUsedMs());
        }

        private static byte[] encodeSubject(byte kind, long subject, long more) {
            byte[] bytes = new byte[PREFIX_SIZE + Long.BYTES];
            prefix(bytes, kind, subject).putLong(more);
            return bytes;
        }

        private static byte[] encodeLife(byte kind, long session, int timeoutMs, Bytes password) {
            byte[] bytes = new byte[PREFIX_SIZE + 2 * Integer.BYTES + password.length()];
            prefix(bytes, kind, session)
                    .putInt(timeoutMs)
                    .putInt(password.length())
                    .put(password.array());
            return bytes;
        }
    }
}
