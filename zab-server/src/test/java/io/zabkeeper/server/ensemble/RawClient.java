package io.zabkeeper.server.ensemble;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.codec.ConnectCodec;
import io.zabkeeper.wire.codec.ReplyCodec;
import io.zabkeeper.wire.codec.RequestCodec;
import io.zabkeeper.wire.reply.ConnectReply;
import io.zabkeeper.wire.reply.ReplyHeader;
import io.zabkeeper.wire.request.ConnectRequest;
import io.zabkeeper.wire.request.Request;
import io.zabkeeper.wire.request.RequestHeader;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/** A client's end of one connection that does what it is told and nothing by itself. */
public final class RawClient implements AutoCloseable {
    private static final int PATIENCE_MS = 20_000;
    private static final int TIMEOUT_MS = 10_000;

    private final Socket socket;
    private final DataInputStream in;

    /** What a member has answered; the body is all that follows the header. */
    public record Answer(ReplyHeader header, ByteBuf body) {}

    private RawClient(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
    }

    public static RawClient connect(MemberProcess member) throws IOException {
        Socket socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), member.clientPort()), 2_000);
        socket.setSoTimeout(PATIENCE_MS);
        return new RawClient(socket);
    }

    /** Asks for a new session; null when the member closes instead of answering. */
    public @Nullable ConnectReply open(boolean readOnly) throws IOException {
        sendHandshake(0, Bytes.EMPTY, readOnly);
        return connected();
    }

    /** Comes back to a session; null when the member closes instead of answering. */
    public @Nullable ConnectReply attach(ConnectReply session, boolean readOnly) throws IOException {
        sendHandshake(session.sessionId(), session.password(), readOnly);
        return connected();
    }

    public void sendHandshake(long session, Bytes password, boolean readOnly) throws IOException {
        send(handshake(session, password, readOnly));
    }

    /** The bytes of a handshake, to be sent together with others. */
    public static ByteBuf handshake(long session, Bytes password, boolean readOnly) {
        ByteBuf frame = Unpooled.buffer();
        ConnectCodec.encodeRequest(new ConnectRequest(0, 0, TIMEOUT_MS, session, password, readOnly, true), frame);
        return framed(frame);
    }

    /** The bytes of a request, to be sent together with others. */
    public static ByteBuf request(int xid, Request request) {
        ByteBuf frame = Unpooled.buffer();
        RequestCodec.encode(new RequestHeader(xid, request.op().code()), request, frame);
        return framed(frame);
    }

    private static ByteBuf framed(ByteBuf frame) {
        return Unpooled.wrappedBuffer(Unpooled.buffer().writeInt(frame.readableBytes()), frame);
    }

    /** One write for all of them. */
    public void send(ByteBuf... parts) throws IOException {
        socket.getOutputStream().write(ByteBufUtil.getBytes(Unpooled.wrappedBuffer(parts)));
    }

    public void send(int xid, Request request) throws IOException {
        send(request(xid, request));
    }

    public @Nullable ConnectReply connected() throws IOException {
        ByteBuf frame = frame();
        return frame == null ? null : ConnectCodec.decodeReply(frame);
    }

    /** The next frame that is an answer or an event; null at the end of the connection. */
    public @Nullable Answer answer() throws IOException {
        ByteBuf frame = frame();
        return frame == null ? null : new Answer(ReplyCodec.decodeHeader(frame), frame);
    }

    /** Sends a request and takes the next answer. */
    public @Nullable Answer ask(int xid, Request request) throws IOException {
        send(xid, request);
        return answer();
    }

    private @Nullable ByteBuf frame() throws IOException {
        int length;
        try {
            length = in.readInt();
        } catch (EOFException end) {
            return null;
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return Unpooled.wrappedBuffer(bytes);
    }

    /** Everything up to the end, which must be one and no reset. */
    public byte[] rest() throws IOException {
        return in.readAllBytes();
    }

    /** No more from this side; the other half stays open. */
    public void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
