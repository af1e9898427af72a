package io.zabkeeper.server.oracle;

import io.zabkeeper.wire.Bytes;
import java.util.HexFormat;

/** What comes out of a connection. */
public sealed interface Received {
    /**
     * A reply or an event.
     *
     * @param payload the frame without its length, as it came
     */
    record Frame(Bytes payload) implements Received {
        private static final int HEADER_SIZE = 16;

        public Frame {
            if (payload.length() < HEADER_SIZE) {
                throw new IllegalArgumentException(
                        "shorter than a header: " + HexFormat.of().formatHex(payload.array()));
            }
        }

        public int xid() {
            return new RecordReader(payload.array()).int32();
        }

        public long zxid() {
            RecordReader in = new RecordReader(payload.array());
            in.int32();
            return in.int64();
        }

        public int error() {
            RecordReader in = new RecordReader(payload.array());
            in.int32();
            in.int64();
            return in.int32();
        }

        public boolean isEvent() {
            return xid() == -1;
        }

        /** What follows the header. */
        public RecordReader body() {
            RecordReader in = new RecordReader(payload.array());
            in.int32();
            in.int64();
            in.int32();
            return in;
        }

        @Override
        public String toString() {
            return "xid=" + xid() + " zxid=" + zxid() + " err=" + error() + " "
                    + HexFormat.of().formatHex(body().rest());
        }
    }

    /** The server has closed the connection; nothing comes any more. */
    record End() implements Received {}

    /** Nothing within the time that was given. */
    record Silence() implements Received {}
}
