package io.zabkeeper.server.fuzz;

import io.zabkeeper.wire.fuzz.Target;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.function.Predicate;

/**
 * A real port of a real member: each input is what one stranger sends before it ends its half of the connection. The
 * member must end the other half, and a session beside it goes on.
 *
 * <p>What the member's threads allocate is compared with what came in and went out, an episode at a time.
 */
final class SocketTarget implements Target {
    private static final int EPISODE = 256;
    private static final long PER_CONNECTION = 256 * 1024;
    private static final long PER_BYTE = 128;

    private final String name;
    private final SocketMember member;
    private final int port;
    private final Predicate<byte[]> answered;
    private final byte[] buffer = new byte[64 * 1024];
    private long allocatedBefore;
    private long exchanged;

    /** @param answered which inputs must not go without an answer */
    SocketTarget(String name, SocketMember member, int port, Predicate<byte[]> answered) {
        this.name = name;
        this.member = member;
        this.port = port;
        this.answered = answered;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int episode() {
        return EPISODE;
    }

    @Override
    public void begin() throws IOException {
        member.changeBystander();
        allocatedBefore = member.allocatedBytes();
        exchanged = 0;
    }

    @Override
    public void accept(byte[] input) throws IOException {
        try (Socket socket = member.connect(port)) {
            send(socket, input);
            long answers = drain(socket);
            if (answers == 0 && answered.test(input)) {
                throw new AssertionError("no answer");
            }
            exchanged += input.length + answers;
            socket.setSoLinger(true, 0); // Nothing waits for its end: a port would linger.
        }
    }

    private static void send(Socket socket, byte[] input) throws IOException {
        OutputStream out = socket.getOutputStream();
        try {
            IOException[] failure = new IOException[1];
            Fragments.of(input, (from, to) -> {
                try {
                    out.write(input, from, to - from);
                } catch (IOException refused) {
                    failure[0] = refused;
                }
            });
            if (failure[0] == null) {
                socket.shutdownOutput();
            }
        } catch (SocketException closed) {
            // The member has heard enough.
        }
    }

    /** Reads to the end, which must come. */
    private long drain(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        long total = 0;
        try {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                total += count;
            }
        } catch (SocketTimeoutException forgotten) {
            throw new AssertionError("the member does not end the connection", forgotten);
        } catch (SocketException reset) {
            // That is an end, too.
        }
        return total;
    }

    @Override
    public void end() throws IOException {
        Complaints.rethrow();
        member.askBystander();
        long allocated = member.allocatedBytes() - allocatedBefore;
        long allowed = EPISODE * PER_CONNECTION + PER_BYTE * exchanged;
        if (allocated > allowed) {
            throw new AssertionError(allocated + " bytes allocated for " + exchanged + " bytes in and out of " + EPISODE
                    + " connections, allowed are " + allowed);
        }
    }

    /** This thread is the stranger. */
    @Override
    public long allowance(byte[] input) {
        return Long.MAX_VALUE;
    }
}
