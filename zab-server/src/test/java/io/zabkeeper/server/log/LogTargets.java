package io.zabkeeper.server.log;

import io.zabkeeper.consensus.Entry;
import io.zabkeeper.consensus.HardState;
import io.zabkeeper.consensus.SnapshotMeta;
import io.zabkeeper.consensus.quorum.NodeId;
import io.zabkeeper.wire.fuzz.Mutator;
import io.zabkeeper.wire.fuzz.Pairing;
import io.zabkeeper.wire.fuzz.Target;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** The records of the log under any bytes, as they are behind a checksum that happens to be right. */
public final class LogTargets {
    private static final int LONGEST = 256 * 1024;

    private LogTargets() {}

    public static List<Pairing> all() {
        return List.of(new Pairing(new Records(), new Mutator(List.of(group()), LONGEST)));
    }

    private static byte[] group() {
        HardState state = new HardState(7, new NodeId(255), 6, -5, true);
        ByteBuffer out = ByteBuffer.allocate(1_024);
        RecordCodec.encodeHead(new RecordCodec.Head(-1, 3, state, new SnapshotMeta(1, 2, 3), true), out);
        RecordCodec.encodeAppend(PlainLog.entry(0x5_0000_0001L, 0x4_0000_0009L, 100), out);
        RecordCodec.encodeTruncate(4, out);
        RecordCodec.encodeState(state, out);
        RecordCodec.encodeSnapshot(new SnapshotMeta(9, 8, 7), false, out);
        return Arrays.copyOf(out.array(), out.position());
    }

    /** What was read is written and read again, to the byte. */
    private static final class Records implements Target {
        @Override
        public String name() {
            return "log.records";
        }

        @Override
        public void accept(byte[] input) {
            Writer written = new Writer(ByteBuffer.allocate(input.length + 64));
            try {
                RecordCodec.decode(ByteBuffer.wrap(input), written);
            } catch (RecordCodec.MalformedRecordException refused) {
                return;
            }
            byte[] once = Arrays.copyOf(written.out().array(), written.out().position());
            Writer again = new Writer(ByteBuffer.allocate(once.length));
            try {
                RecordCodec.decode(ByteBuffer.wrap(once), again);
            } catch (RecordCodec.MalformedRecordException own) {
                throw new AssertionError("what was written cannot be read", own);
            }
            if (!Arrays.equals(once, again.out().array())) {
                throw new AssertionError("other records come back than were written");
            }
        }
    }

    private record Writer(ByteBuffer out) implements RecordCodec.Receiver {
        @Override
        public void onAppend(Entry entry) {
            RecordCodec.encodeAppend(entry, out);
        }

        @Override
        public void onTruncate(long last) {
            RecordCodec.encodeTruncate(last, out);
        }

        @Override
        public void onState(HardState state) {
            RecordCodec.encodeState(state, out);
        }

        @Override
        public void onSnapshot(SnapshotMeta meta, boolean replacesHistory) {
            RecordCodec.encodeSnapshot(meta, replacesHistory, out);
        }

        @Override
        public void onHead(RecordCodec.Head head) {
            RecordCodec.encodeHead(head, out);
        }
    }
}
