package io.zabkeeper.server.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zabkeeper.consensus.Entry;
import io.zabkeeper.consensus.HardState;
import io.zabkeeper.consensus.SnapshotMeta;
import io.zabkeeper.consensus.WalRecord;
import io.zabkeeper.consensus.quorum.NodeId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RecordCodecTest {
    private static final class Collected implements RecordCodec.Receiver {
        private final List<Object> records = new ArrayList<>();

        @Override
        public void onAppend(Entry entry) {
            records.add(new WalRecord.Append(entry));
        }

        @Override
        public void onTruncate(long last) {
            records.add(new WalRecord.Truncate(last));
        }

        @Override
        public void onState(HardState state) {
            records.add(new WalRecord.State(state));
        }

        @Override
        public void onSnapshot(SnapshotMeta meta, boolean replacesHistory) {
            records.add(new WalRecord.Snapshot(meta, replacesHistory));
        }

        @Override
        public void onHead(RecordCodec.Head head) {
            records.add(head);
        }
    }

    private static List<Object> decoded(ByteBuffer bytes) throws RecordCodec.MalformedRecordException {
        Collected collected = new Collected();
        RecordCodec.decode(bytes, collected);
        return collected.records;
    }

    @Test
    void decodes_what_it_encoded() throws RecordCodec.MalformedRecordException {
        HardState state = new HardState(7, new NodeId(255), 6, -5, true);
        RecordCodec.Head head = new RecordCodec.Head(-1, 3, state, new SnapshotMeta(1, 2, 3), true);
        Entry entry = PlainLog.entry(0x5_0000_0001L, 0x4_0000_0009L, 300);
        ByteBuffer bytes = ByteBuffer.allocate(1_000);

        RecordCodec.encodeHead(head, bytes);
        RecordCodec.encodeAppend(entry, bytes);
        RecordCodec.encodeTruncate(88, bytes);
        RecordCodec.encodeState(state, bytes);
        RecordCodec.encodeSnapshot(new SnapshotMeta(4, -5, 6), false, bytes);

        assertThat(decoded(bytes.flip()))
                .containsExactly(
                        head,
                        new WalRecord.Append(entry),
                        new WalRecord.Truncate(88),
                        new WalRecord.State(state),
                        new WalRecord.Snapshot(new SnapshotMeta(4, -5, 6), false));
    }

    @Test
    void knows_the_size_of_an_entry_beforehand() {
        WalRecord.Append append = PlainLog.append(9, 321);
        ByteBuffer bytes = ByteBuffer.allocate(1_000);

        RecordCodec.encodeAppend(append.entry(), bytes);

        assertThat(RecordCodec.size(append)).isEqualTo(bytes.position());
    }

    @Test
    void refuses_bytes_that_are_no_records_and_throws_nothing_else() {
        SplittableRandom random = new SplittableRandom(1);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            ByteBuffer bytes = ByteBuffer.allocate(200);
            RecordCodec.encodeAppend(PlainLog.entry(1, 0, 20), bytes);
            RecordCodec.encodeState(PlainLog.state(1, true), bytes);
            bytes.put(random.nextInt(bytes.position()), (byte) random.nextInt());
            bytes.flip().limit(1 + random.nextInt(bytes.limit()));
            try {
                decoded(bytes);
            } catch (RecordCodec.MalformedRecordException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(10_000);
    }

    @Test
    void refuses_a_record_of_a_kind_that_it_does_not_know() {
        ByteBuffer bytes = ByteBuffer.allocate(5).put((byte) 99).putInt(0).flip();

        assertThatThrownBy(() -> decoded(bytes)).hasMessage("a record of unknown kind 99");
    }
}
