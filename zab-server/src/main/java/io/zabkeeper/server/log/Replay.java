package io.zabkeeper.server.log;

import io.zabkeeper.consensus.Entry;
import io.zabkeeper.consensus.HardState;
import io.zabkeeper.consensus.SnapshotMeta;
import io.zabkeeper.consensus.Zxid;
import java.util.ArrayDeque;
import java.util.List;

/**
 * Applies records in order: truncations and snapshots take entries away, so that at the end the retained history is left.
 *
 * <p>Entries behind the checkpoint are all kept; of those before it only the newest, up to the window. Invariant: every
 * entry held is above {@code floor}, and the first one's previous is {@code floor}.
 */
final class Replay implements RecordCodec.Receiver {
    private final long checkpoint;
    private final long windowBytes;
    private final ArrayDeque<Entry> entries = new ArrayDeque<>();
    private final LogState state = new LogState(RecordCodec.Head.BLANK);
    private boolean begun;
    private long floor;
    private long bytesBeforeCheckpoint;

    Replay(long checkpoint, long windowBytes) {
        this.checkpoint = checkpoint;
        this.windowBytes = windowBytes;
    }

    LogState state() {
        return state;
    }

    long floor() {
        return floor;
    }

    List<Entry> entries() {
        return List.copyOf(entries);
    }

    @Override
    public void onAppend(Entry entry) throws RecordCodec.MalformedRecordException {
        if (!begun || entry.previous() != state.lastLogged() || entry.zxid() <= entry.previous()) {
            throw new RecordCodec.MalformedRecordException("the entry " + entry + " does not follow "
                    + Zxid.toString(state.lastLogged()) + ", where the log stood");
        }
        state.onAppend(entry);
        entries.add(entry);
        if (entry.zxid() <= checkpoint) {
            bytesBeforeCheckpoint += entry.weight();
            while (bytesBeforeCheckpoint > windowBytes) {
                Entry oldest = entries.remove();
                bytesBeforeCheckpoint -= oldest.weight();
                floor = oldest.zxid();
            }
        }
    }

    @Override
    public void onTruncate(long last) {
        for (Entry newest = entries.peekLast(); newest != null && newest.zxid() > last; newest = entries.peekLast()) {
            entries.removeLast();
            if (newest.zxid() <= checkpoint) {
                bytesBeforeCheckpoint -= newest.weight();
            }
        }
        state.onTruncate(last);
        floor = Math.min(floor, last);
    }

    @Override
    public void onState(HardState newState) {
        state.onState(newState);
    }

    @Override
    public void onSnapshot(SnapshotMeta meta, boolean replacesHistory) {
        state.onSnapshot(meta, replacesHistory);
        if (replacesHistory) {
            entries.clear();
            bytesBeforeCheckpoint = 0;
            floor = meta.zxid();
        }
    }

    @Override
    public void onHead(RecordCodec.Head head) throws RecordCodec.MalformedRecordException {
        if (!begun) {
            begun = true;
            state.onHead(head);
            floor = head.lastLogged();
        } else if (!same(head, state.head())) {
            throw new RecordCodec.MalformedRecordException(
                    "the segment begins behind " + head + ", but the records before it amount to " + state.head());
        }
    }

    /** But for the commit point, a hint that travels in the groups. */
    private static boolean same(RecordCodec.Head a, RecordCodec.Head b) {
        return a.lastLogged() == b.lastLogged()
                && a.state().equals(b.state())
                && a.snapshot().equals(b.snapshot())
                && a.replacesHistory() == b.replacesHistory();
    }
}
