package io.zabkeeper.server.log;

import io.zabkeeper.consensus.Entry;
import io.zabkeeper.consensus.HardState;
import io.zabkeeper.consensus.SnapshotMeta;
import io.zabkeeper.consensus.WalRecord;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Gathers records into a group and makes it durable: write, sync, and only then the next one. No thread of its own.
 *
 * <p>Invariant: every group with a number below {@code nextNumber} is durable. After an exception nothing may be called
 * any more but {@link #close}.
 */
final class GroupWriter implements Closeable {
    private static final byte[] PADDING = new byte[GroupHeader.PAGE];

    private final Identity identity;
    private final SegmentShelf shelf;
    private final LogStats stats;
    private final Encoder encoder = new Encoder();

    /** For groups of the usual size, reused; {@code group} is another one only while a larger record is in it. */
    private final ByteBuffer usual;

    private final ByteBuffer page = ByteBuffer.allocateDirect(GroupHeader.PAGE);
    private ByteBuffer group;
    private int records;
    private long firstZxid;
    private long lastZxid;

    /** With the records of the group that is being gathered. */
    private final LogState gathered;

    /** Without them: what a new segment's head restates. */
    private RecordCodec.Head written;

    private @Nullable Segment active;
    private long nextNumber;
    private int chain;

    private GroupWriter(
            Identity identity, SegmentShelf shelf, LogSettings settings, LogStats stats, RecoveredLog recovered) {
        this.identity = identity;
        this.shelf = shelf;
        this.stats = stats;
        this.usual = ByteBuffer.allocateDirect(settings.groupBytes() + 2 * GroupHeader.PAGE);
        this.group = usual;
        this.gathered = new LogState(recovered.head());
        this.written = recovered.head();
        this.active = recovered.active();
        this.nextNumber = recovered.nextGroup();
        this.chain = recovered.chain();
        clear();
    }

    /** Goes on behind what was recovered. A disk that lost something has its vote taken by the first record. */
    static GroupWriter open(
            Identity identity, SegmentShelf shelf, LogSettings settings, LogStats stats, RecoveredLog recovered)
            throws IOException {
        GroupWriter writer = new GroupWriter(identity, shelf, settings, stats, recovered);
        if (recovered.isNew() || identity.isSuspect()) {
            writer.put(new WalRecord.State(recovered.hardState()));
            writer.commit(recovered.committed());
            identity.demoted();
        }
        return writer;
    }

    boolean isEmpty() {
        return records == 0;
    }

    int payloadBytes() {
        return group.position() - GroupHeader.SIZE;
    }

    void put(WalRecord record) {
        makeRoomFor(RecordCodec.size(record));
        try {
            RecordCodec.deliver(record, encoder);
        } catch (RecordCodec.MalformedRecordException e) {
            throw new IllegalStateException(e);
        }
        records++;
    }

    private void makeRoomFor(int recordBytes) {
        if (group.remaining() < recordBytes + GroupHeader.PAGE) {
            ByteBuffer larger = ByteBuffer.allocateDirect(
                    Math.addExact(group.position(), recordBytes) + Math.max(group.capacity(), 2 * GroupHeader.PAGE));
            larger.put(group.flip());
            group = larger;
        }
    }

    /** Makes the group durable. */
    void commit(long committed) throws IOException {
        gathered.committed(committed);
        HardState state = gathered.state();
        if (state.voter() || state.clusterId() != identity.clusterId()) {
            identity.joined(state.clusterId(), state.voter());
        }
        long groupBytes = GroupHeader.pages(group.position());
        Segment target = active;
        if (target == null || !target.hasRoomFor(groupBytes)) {
            target = enter(shelf.take(groupBytes));
        } else if (target.isEmpty()) {
            target = enter(target);
        }
        write(target, group, records, firstZxid, lastZxid);
        written = gathered.head();
        clear();
    }

    /** Goes on in a segment: its head restates what the earlier ones amount to, and is durable before anything else. */
    private Segment enter(Segment next) throws IOException {
        Segment left = active;
        if (left != null && left != next) {
            shelf.seal(left);
            left.close();
        }
        active = next;
        page.clear().position(GroupHeader.SIZE);
        RecordCodec.encodeHead(written, page);
        write(next, page, 1, 0, written.lastLogged());
        // From here on a log without this segment is known to have lost it (D18).
        identity.reached(nextNumber - 1);
        return next;
    }

    private void write(Segment target, ByteBuffer buffer, int count, long first, long last) throws IOException {
        int groupBytes = lay(target, buffer, count, first, last, false);
        target.file().write(buffer, target.position());
        long began = System.nanoTime();
        stats.syncBegins(began);
        target.file().sync();
        stats.synced(System.nanoTime() - began, groupBytes, count);
        target.advance(groupBytes, last);
        chain = buffer.getInt(4);
        nextNumber++;
        shelf.progress(target.position(), target.remaining());
    }

    /** Pads and heads the group for its place, and leaves the buffer ready to be written. */
    private int lay(Segment target, ByteBuffer buffer, int count, long first, long last, boolean isMark) {
        int end = buffer.position();
        int groupBytes = (int) GroupHeader.pages(end);
        buffer.put(PADDING, 0, groupBytes - end);
        buffer.flip();
        long segmentId = target.header().segmentId();
        GroupHeader header = new GroupHeader(
                nextNumber,
                nextNumber - 1,
                gathered.head().committed(),
                first,
                last,
                count,
                isMark,
                end - GroupHeader.SIZE,
                GroupHeader.checksum(buffer, GroupHeader.SIZE, end, segmentId, target.position()),
                chain,
                0);
        header.encode(buffer, segmentId, target.position());
        return groupBytes;
    }

    /**
     * Declares the last group durable where the next one will stand. Not synced: it only makes the doubt about the last
     * group shorter.
     */
    void mark() throws IOException {
        Segment target = active;
        if (target != null && !target.isEmpty() && target.hasRoomFor(GroupHeader.PAGE)) {
            page.clear().position(GroupHeader.SIZE);
            lay(target, page, 0, 0, 0, true);
            target.file().write(page, target.position());
        }
    }

    /** Before an orderly end: after it a damaged last group is known to be damaged. */
    void finish() throws IOException {
        identity.reached(nextNumber - 1);
    }

    private void clear() {
        group = usual;
        group.clear().position(GroupHeader.SIZE);
        records = 0;
        firstZxid = 0;
        lastZxid = 0;
    }

    @Override
    public void close() throws IOException {
        if (active != null) {
            active.close();
        }
    }

    private final class Encoder implements RecordCodec.Receiver {
        @Override
        public void onAppend(Entry entry) {
            RecordCodec.encodeAppend(entry, group);
            gathered.onAppend(entry);
            firstZxid = firstZxid == 0 ? entry.zxid() : firstZxid;
            lastZxid = Math.max(lastZxid, entry.zxid());
        }

        @Override
        public void onTruncate(long last) {
            RecordCodec.encodeTruncate(last, group);
            gathered.onTruncate(last);
        }

        @Override
        public void onState(HardState state) {
            RecordCodec.encodeState(state, group);
            gathered.onState(state);
        }

        @Override
        public void onSnapshot(SnapshotMeta meta, boolean replacesHistory) {
            RecordCodec.encodeSnapshot(meta, replacesHistory, group);
            gathered.onSnapshot(meta, replacesHistory);
        }

        @Override
        public void onHead(RecordCodec.Head head) {
            throw new IllegalStateException("a head is no record of a group that is gathered");
        }
    }
}
