package io.zabkeeper.server.log;

import io.zabkeeper.consensus.Entry;
import io.zabkeeper.consensus.HardState;
import io.zabkeeper.consensus.Payload;
import io.zabkeeper.consensus.ProposalId;
import io.zabkeeper.consensus.SnapshotMeta;
import io.zabkeeper.consensus.WalRecord;
import io.zabkeeper.consensus.quorum.NodeId;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * Records as bytes: kind, length of the body, body. Big-endian; no checksum, the group around them has one.
 *
 * <p>Kind numbers are the format; one that is not known is damage, for a change of the format raises its version.
 */
final class RecordCodec {
    private static final byte APPEND = 1;
    private static final byte TRUNCATE = 2;
    private static final byte STATE = 3;
    private static final byte SNAPSHOT = 4;
    private static final byte HEAD = 5;

    private static final int PREFIX = 5;
    private static final int APPEND_BODY = 3 * 8 + 1 + 2 * 8;
    private static final int STATE_BODY = 8 + 1 + 8 + 8 + 1;
    private static final int SNAPSHOT_BODY = 3 * 8 + 1;
    private static final int HEAD_BODY = 8 + 8 + STATE_BODY + SNAPSHOT_BODY;

    /** Members by number: a log repeats a few of them a million times. */
    private static final NodeId[] NODES = new NodeId[256];

    static {
        for (int i = 0; i < NODES.length; i++) {
            NODES[i] = new NodeId(i);
        }
    }

    private RecordCodec() {}

    /** Bytes that are no record. */
    static final class MalformedRecordException extends Exception {
        private static final long serialVersionUID = 1;

        MalformedRecordException(String message) {
            super(message);
        }
    }

    /** One method for each kind of record, plus what only the log itself writes. */
    interface Receiver {
        void onAppend(Entry entry) throws MalformedRecordException;

        void onTruncate(long last) throws MalformedRecordException;

        void onState(HardState state) throws MalformedRecordException;

        void onSnapshot(SnapshotMeta meta, boolean replacesHistory) throws MalformedRecordException;

        /** The first record of a segment: what all earlier ones amount to, so that they can be purged. */
        void onHead(Head head) throws MalformedRecordException;
    }

    /** What the log amounts to at some place, without the entries. */
    record Head(long lastLogged, long committed, HardState state, SnapshotMeta snapshot, boolean replacesHistory) {
        static final Head BLANK = new Head(0, 0, HardState.INITIAL, SnapshotMeta.NONE, false);
    }

    /** The only place that asks a record what it is. */
    static void deliver(WalRecord record, Receiver receiver) throws MalformedRecordException {
        if (record instanceof WalRecord.Append append) {
            receiver.onAppend(append.entry());
        } else if (record instanceof WalRecord.Truncate truncate) {
            receiver.onTruncate(truncate.last());
        } else if (record instanceof WalRecord.State state) {
            receiver.onState(state.state());
        } else if (record instanceof WalRecord.Snapshot snapshot) {
            receiver.onSnapshot(snapshot.meta(), snapshot.replacesHistory());
        } else {
            throw new IllegalArgumentException("unknown kind of record " + record);
        }
    }

    /** At most so many bytes; exact for entries. */
    static int size(WalRecord record) {
        return record instanceof WalRecord.Append append
                ? PREFIX + APPEND_BODY + append.entry().payload().size()
                : PREFIX + HEAD_BODY;
    }

    static void encodeHead(Head head, ByteBuffer out) {
        out.put(HEAD).putInt(HEAD_BODY);
        out.putLong(head.lastLogged).putLong(head.committed);
        putState(head.state, out);
        putSnapshot(head.snapshot, head.replacesHistory, out);
    }

    static void encodeAppend(Entry entry, ByteBuffer out) {
        ProposalId id = entry.id();
        byte[] payload = entry.payload().bytes();
        out.put(APPEND).putInt(APPEND_BODY + payload.length);
        out.putLong(entry.zxid()).putLong(entry.previous()).putLong(entry.stampMillis());
        out.put((byte) id.origin().value()).putLong(id.incarnation()).putLong(id.sequence());
        out.put(payload);
    }

    static void encodeTruncate(long last, ByteBuffer out) {
        out.put(TRUNCATE).putInt(8).putLong(last);
    }

    static void encodeState(HardState state, ByteBuffer out) {
        out.put(STATE).putInt(STATE_BODY);
        putState(state, out);
    }

    static void encodeSnapshot(SnapshotMeta meta, boolean replacesHistory, ByteBuffer out) {
        out.put(SNAPSHOT).putInt(SNAPSHOT_BODY);
        putSnapshot(meta, replacesHistory, out);
    }

    /** Decodes all that remains in the buffer, record by record. */
    static void decode(ByteBuffer in, Receiver receiver) throws MalformedRecordException {
        try {
            while (in.hasRemaining()) {
                decodeOne(in, receiver);
            }
        } catch (BufferUnderflowException e) {
            throw new MalformedRecordException("a record ends before its last field");
        }
    }

    private static void decodeOne(ByteBuffer in, Receiver receiver) throws MalformedRecordException {
        byte kind = in.get();
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new MalformedRecordException(
                    "a record of " + length + " bytes in a group that has " + in.remaining() + " left");
        }
        int end = in.position() + length;
        switch (kind) {
            case APPEND -> receiver.onAppend(entry(in, length));
            case TRUNCATE -> receiver.onTruncate(in.getLong());
            case STATE -> receiver.onState(state(in));
            case SNAPSHOT -> receiver.onSnapshot(meta(in), in.get() == 1);
            case HEAD -> receiver.onHead(new Head(in.getLong(), in.getLong(), state(in), meta(in), in.get() == 1));
            default -> throw new MalformedRecordException("a record of unknown kind " + kind);
        }
        if (in.position() != end) {
            throw new MalformedRecordException(
                    "a record of kind " + kind + " does not end where its length of " + length + " says");
        }
    }

    private static Entry entry(ByteBuffer in, int length) throws MalformedRecordException {
        if (length < APPEND_BODY) {
            throw new MalformedRecordException("an entry of " + length + " bytes, needs " + APPEND_BODY);
        }
        long zxid = in.getLong();
        long previous = in.getLong();
        long stampMillis = in.getLong();
        ProposalId id = new ProposalId(NODES[in.get() & 0xff], in.getLong(), in.getLong());
        byte[] payload = new byte[length - APPEND_BODY];
        in.get(payload);
        return new Entry(zxid, previous, stampMillis, id, new Payload(payload));
    }

    private static void putState(HardState state, ByteBuffer out) {
        out.putLong(state.acceptedEpoch()).put((byte) state.acceptedLeader().value());
        out.putLong(state.currentEpoch()).putLong(state.clusterId());
        out.put((byte) (state.voter() ? 1 : 0));
    }

    private static HardState state(ByteBuffer in) {
        return new HardState(in.getLong(), NODES[in.get() & 0xff], in.getLong(), in.getLong(), in.get() == 1);
    }

    private static void putSnapshot(SnapshotMeta meta, boolean replacesHistory, ByteBuffer out) {
        out.putLong(meta.zxid()).putLong(meta.digest()).putLong(meta.count());
        out.put((byte) (replacesHistory ? 1 : 0));
    }

    private static SnapshotMeta meta(ByteBuffer in) {
        return new SnapshotMeta(in.getLong(), in.getLong(), in.getLong());
    }
}
