package io.zabkeeper.server.oracle;

import io.zabkeeper.wire.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * The first frame of a connection.
 *
 * @param lastZxid what the client has seen
 * @param timeoutMs what it asks for
 * @param session 0 for a new one
 * @param password any bytes, or null
 * @param readOnly null for a client that does not know the flag
 */
public record Handshake(
        long lastZxid,
        int timeoutMs,
        long session,
        @Nullable Bytes password,
        @Nullable Boolean readOnly) {
    private static final int PASSWORD_SIZE = 16;

    public static Handshake newSession(int timeoutMs) {
        return new Handshake(0, timeoutMs, 0, Bytes.of(new byte[PASSWORD_SIZE]), false);
    }

    /** Comes back to a session. */
    public static Handshake again(Session session) {
        return new Handshake(0, session.timeoutMs(), session.id(), session.password(), false);
    }

    /** The payload of its frame. */
    public byte[] payload() {
        RecordWriter out = new RecordWriter()
                .int32(0)
                .int64(lastZxid)
                .int32(timeoutMs)
                .int64(session)
                .buffer(password == null ? null : password.array());
        return (readOnly == null ? out : out.bool(readOnly)).bytes();
    }

    /**
     * What the server answers.
     *
     * @param id 0 when the session is refused
     * @param payload the whole answer as it came
     */
    public record Session(long id, Bytes password, int timeoutMs, Bytes payload) {
        static Session of(byte[] payload) {
            RecordReader in = new RecordReader(payload);
            in.int32();
            int timeoutMs = in.int32();
            long id = in.int64();
            byte[] password = in.buffer();
            return new Session(id, password == null ? Bytes.EMPTY : Bytes.of(password), timeoutMs, Bytes.of(payload));
        }

        public boolean isRefused() {
            return timeoutMs <= 0;
        }
    }
}
