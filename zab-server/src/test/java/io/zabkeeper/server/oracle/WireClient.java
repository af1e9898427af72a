package io.zabkeeper.server.oracle;

import io.zabkeeper.server.oracle.Handshake.Session;
import io.zabkeeper.wire.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client's end of one connection, which does exactly what it is told: sends any bytes, reads frames in the order in
 * which they come, sees the end. It knows no session beyond the handshake, sends no pings and opens nothing again. Not
 * for several threads.
 */
public final class WireClient implements AutoCloseable {
    /** Long enough for a slow machine, short enough that a test which waits in vain ends. */
    public static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final int LENGTH_SIZE = 4;
    private static final int CHUNK = 64 * 1024;

    private final Socket socket;
    private final InputStream in;
    private byte[] buffer = new byte[CHUNK];
    private int filled;
    private boolean ended;

    private @Nullable Session session;
    private final Deque<Received.Frame> events = new ArrayDeque<>();
    private int lastXid;

    private WireClient(Socket socket, InputStream in, boolean ended) {
        this.socket = socket;
        this.in = in;
        this.ended = ended;
    }

    /** A server may end a connection that it has accepted before we know of it: that is one that has ended. */
    public static WireClient open(InetSocketAddress address) throws IOException {
        Socket socket = new Socket();
        socket.setTcpNoDelay(true);
        try {
            socket.connect(address, (int) PATIENCE.toMillis());
        } catch (SocketException failed) {
            boolean isReset = failed.getClass() == SocketException.class; // Those who were not accepted are of others.
            if (!isReset) {
                throw failed;
            }
            return new WireClient(socket, InputStream.nullInputStream(), true);
        }
        return new WireClient(socket, socket.getInputStream(), false);
    }

    // ---- out --------------------------------------------------------------------------------------------------------

    /** Sends bytes as they are: a part of a frame, several frames, or none. False when the connection is broken. */
    public boolean send(byte... bytes) {
        try {
            socket.getOutputStream().write(bytes);
            return true;
        } catch (IOException broken) {
            return false;
        }
    }

    /** Puts the length in front. */
    public boolean sendFrame(byte[] payload) {
        return send(frame(payload));
    }

    public boolean send(int xid, Ask ask) {
        return sendFrame(ask.payload(xid));
    }

    public static byte[] frame(byte[] payload) {
        return new RecordWriter().buffer(payload).bytes();
    }

    // ---- in ---------------------------------------------------------------------------------------------------------

    /** The next frame, the end of the connection, or silence when neither came in time. */
    public Received receive(Duration within) throws IOException {
        byte[] payload = payload(within);
        if (payload != null) {
            return new Received.Frame(Bytes.of(payload));
        }
        return ended ? new Received.End() : new Received.Silence();
    }

    /** The next frame without its length, or null. An answer to a handshake has no header and is read with this. */
    public byte @Nullable [] payload(Duration within) throws IOException {
        long deadline = System.nanoTime() + within.toNanos();
        while (true) {
            if (filled >= LENGTH_SIZE) {
                int length = ByteBuffer.wrap(buffer).getInt();
                if (length < 0) {
                    throw new IOException("a frame of " + length + " bytes");
                }
                if (filled - LENGTH_SIZE >= length) {
                    return take(length);
                }
            }
            if (ended || !fill(deadline)) {
                return null;
            }
        }
    }

    private byte[] take(int length) {
        byte[] payload = Arrays.copyOfRange(buffer, LENGTH_SIZE, LENGTH_SIZE + length);
        filled -= LENGTH_SIZE + length;
        System.arraycopy(buffer, LENGTH_SIZE + length, buffer, 0, filled);
        return payload;
    }

    /** Reads what is there; false when it took too long. */
    private boolean fill(long deadline) throws IOException {
        if (filled == buffer.length) {
            buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        }
        long leftMs = (deadline - System.nanoTime() + 999_999) / 1_000_000;
        if (leftMs <= 0 && in.available() == 0) {
            return false;
        }
        socket.setSoTimeout((int) Math.max(1, leftMs));
        try {
            int count = in.read(buffer, filled, buffer.length - filled);
            if (count < 0) {
                ended = true;
            } else {
                filled += count;
            }
            return true;
        } catch (SocketTimeoutException tooLong) {
            return false;
        } catch (SocketException reset) {
            ended = true;
            return true;
        }
    }

    /** Bytes that came and are not a whole frame. */
    public int leftover() {
        return filled;
    }

    /** Whether the server closes the connection in time; what it sends before that is dropped. */
    public boolean isClosedWithin(Duration within) throws IOException {
        long deadline = System.nanoTime() + within.toNanos();
        while (true) {
            Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
            if (payload(left) == null) {
                return ended;
            }
        }
    }

    // ---- whole exchanges --------------------------------------------------------------------------------------------

    /** Sends the handshake and reads its answer; null when the server closes the connection instead. */
    public @Nullable Session handshake(Handshake handshake) throws IOException {
        sendFrame(handshake.payload());
        return handshakeAnswer();
    }

    /** The answer to a handshake that was sent already; null when the server closes the connection instead. */
    public @Nullable Session handshakeAnswer() throws IOException {
        byte[] answer = payload(PATIENCE);
        if (answer == null && !ended) {
            throw new AssertionError("no answer to a handshake");
        }
        session = answer == null ? null : Session.of(answer);
        return session;
    }

    public Session newSession(int timeoutMs) throws IOException {
        Session opened = handshake(Handshake.newSession(timeoutMs));
        if (opened == null || opened.isRefused()) {
            throw new AssertionError("no session");
        }
        return opened;
    }

    /** The session of the last handshake. */
    public Session session() {
        Session present = session;
        if (present == null) {
            throw new IllegalStateException("no session");
        }
        return present;
    }

    /** Asks and waits for the reply; events that come before it are kept in {@link #events}. */
    public Received.Frame call(Ask ask) throws IOException {
        int xid = ++lastXid;
        send(xid, ask);
        Received.Frame reply = reply();
        if (reply.xid() != xid) {
            throw new AssertionError("a reply to " + reply.xid() + ", expected one to " + xid);
        }
        return reply;
    }

    /** The next frame that is no event. */
    public Received.Frame reply() throws IOException {
        while (true) {
            Received received = receive(PATIENCE);
            if (!(received instanceof Received.Frame frame)) {
                throw new AssertionError("no reply: " + received);
            }
            if (!frame.isEvent()) {
                return frame;
            }
            events.add(frame);
        }
    }

    /** The next event, whether it came already or not. */
    public Received.Frame event() throws IOException {
        Received.Frame kept = events.poll();
        if (kept != null) {
            return kept;
        }
        Received received = receive(PATIENCE);
        if (received instanceof Received.Frame frame && frame.isEvent()) {
            return frame;
        }
        throw new AssertionError("no event: " + received);
    }

    /** The events that came before replies and have not been taken. */
    public List<Received.Frame> events() {
        List<Received.Frame> all = new ArrayList<>(events);
        events.clear();
        return all;
    }

    /** Says no more, and waits until the server has ended the connection; what it says until then nobody hears. */
    public void hangUp(Duration within) throws IOException {
        try {
            socket.shutdownOutput();
            Received received = receive(within);
            while (received instanceof Received.Frame) {
                received = receive(within);
            }
        } finally {
            drop();
        }
    }

    /** Ends the connection without a word; the session stays. */
    public void drop() {
        try {
            socket.close();
        } catch (IOException alreadyBroken) {
            ended = true;
        }
    }

    @Override
    public void close() {
        drop();
    }
}
