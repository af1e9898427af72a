package io.zabkeeper.consensus.zab;

import io.zabkeeper.consensus.Entry;
import io.zabkeeper.consensus.Invariant;
import io.zabkeeper.consensus.Payload;
import io.zabkeeper.consensus.ProposalId;
import io.zabkeeper.consensus.Zxid;
import io.zabkeeper.consensus.quorum.NodeId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * The end of this member's log, in memory: the entries behind {@code base}, without a gap (Z-8).
 *
 * <p>Appending and trimming cost O(1), looking a position up O(log n). {@code base} is the position before the first
 * retained entry; it belongs to the history, but what is before it is known no more (Z-7).
 *
 * <p>Invariant: {@code base <= durable <= last}, except that {@code durable} lags behind {@code base} between a snapshot
 * and the durability of its marker.
 */
final class History {
    private static final int INITIAL_CAPACITY = 1 << 10;

    /** Stands where an entry was, so that its payload can go. */
    private static final Entry FORGOTTEN =
            new Entry(Zxid.NONE, Zxid.NONE, 0, new ProposalId(NodeId.NONE, 0, 0), Payload.EMPTY);

    /** Position {@code upTo} is on the disk once everything up to {@code sequence} is. */
    private record Mark(long sequence, long upTo) {}

    private final boolean checked;
    private Entry[] ring = new Entry[INITIAL_CAPACITY];
    private int head;
    private int size;
    private long bytes;

    private long base;
    private long last;
    private long durable;

    /** Ascending in both components. */
    private final ArrayDeque<Mark> marks = new ArrayDeque<>();

    /** @param checked false only to see what happens when a member appends whatever comes */
    History(boolean checked) {
        this.checked = checked;
    }

    /** Starts from what is on the disk: a state at {@code snapshot}, and entries that reach back to it or further. */
    void load(long snapshot, List<Entry> entries) {
        boolean reachesSnapshot =
                !entries.isEmpty() && entries.get(entries.size() - 1).zxid() >= snapshot;
        base = reachesSnapshot ? entries.get(0).previous() : snapshot;
        last = base;
        if (reachesSnapshot) {
            Invariant.check(base <= snapshot, "entries begin behind the snapshot", base, snapshot);
            for (Entry entry : entries) {
                add(entry);
            }
            Invariant.check(contains(snapshot), "the snapshot is not at an entry", snapshot, last);
        }
        durable = last;
    }

    long base() {
        return base;
    }

    /** Position of the last entry logged (Z-4). */
    long last() {
        return last;
    }

    /** How far the disk has this history. */
    long durable() {
        return durable;
    }

    boolean isEmpty() {
        return last == Zxid.NONE;
    }

    /** Time stamp of the last entry, as far as it is retained. */
    long lastStampMillis() {
        return size == 0 ? 0 : at(size - 1).stampMillis();
    }

    /** Appends the successor of the last entry, which becomes durable with {@code sequence}. */
    void append(Entry entry, long sequence) {
        add(entry);
        mark(sequence);
    }

    private void add(Entry entry) {
        if (checked) {
            Invariant.check(entry.previous() == last, "an entry does not follow the last one", entry.previous(), last);
            Invariant.check(entry.zxid() > last, "an entry goes back", entry.zxid(), last);
        }
        if (size == ring.length) {
            grow();
        }
        ring[(head + size) & (ring.length - 1)] = entry;
        size++;
        bytes += entry.weight();
        last = entry.zxid();
    }

    private void grow() {
        Entry[] larger = new Entry[ring.length * 2];
        for (int i = 0; i < size; i++) {
            larger[i] = at(i);
        }
        ring = larger;
        head = 0;
    }

    private void mark(long sequence) {
        Mark newest = marks.peekLast();
        if (newest != null && newest.sequence == sequence) {
            marks.pollLast();
        }
        marks.add(new Mark(sequence, last));
    }

    /** Everything up to {@code sequence} is on the disk. */
    void persisted(long sequence) {
        for (Mark next = marks.peek(); next != null && next.sequence <= sequence; next = marks.peek()) {
            durable = next.upTo;
            marks.poll();
        }
    }

    /** Ends the history at {@code end}, which it must contain. */
    void truncate(long end) {
        Invariant.check(contains(end), "a cut at a position that is not in the history", end, last);
        while (size > 0 && at(size - 1).zxid() > end) {
            int tail = (head + size - 1) & (ring.length - 1);
            bytes -= ring[tail].weight();
            ring[tail] = FORGOTTEN;
            size--;
        }
        last = end;
        durable = Math.min(durable, end);
        // What is logged but not durable yet loses its end, too; the rest of it becomes durable as before.
        int pending = marks.size();
        for (int i = 0; i < pending; i++) {
            Mark mark = marks.remove();
            marks.add(new Mark(mark.sequence, Math.min(mark.upTo, end)));
        }
    }

    /** A snapshot stands for everything: the history is empty behind {@code position} once {@code sequence} is durable. */
    void restart(long position, long sequence) {
        ring = new Entry[INITIAL_CAPACITY];
        head = 0;
        size = 0;
        bytes = 0;
        base = position;
        last = position;
        durable = Math.min(durable, position);
        marks.clear();
        mark(sequence);
    }

    /** Forgets the oldest entries, none behind {@code upTo}, while more than {@code retained} bytes are kept. */
    void trim(long upTo, long retained) {
        while (size > 0 && bytes > retained && at(0).zxid() <= upTo) {
            Entry oldest = at(0);
            ring[head] = FORGOTTEN;
            head = (head + 1) & (ring.length - 1);
            size--;
            bytes -= oldest.weight();
            base = oldest.zxid();
        }
    }

    /** Whether {@code position} is the base or that of a retained entry. */
    boolean contains(long position) {
        return position >= base && floor(position) == position;
    }

    /** The largest position of this history that is at most {@code position}, which must not be before the base. */
    long floor(long position) {
        Invariant.check(position >= base, "asked for history that is no longer retained", position, base);
        int index = firstBehind(position);
        return index == 0 ? base : at(index - 1).zxid();
    }

    /** The entries behind {@code after} up to {@code upTo}. */
    List<Entry> range(long after, long upTo) {
        return range(after, upTo, Long.MAX_VALUE);
    }

    /** As many entries behind {@code after} up to {@code upTo} as weigh {@code maxBytes}, but at least one if there is. */
    List<Entry> range(long after, long upTo, long maxBytes) {
        int first = firstBehind(after);
        List<Entry> entries = new ArrayList<>();
        long weight = 0;
        for (int i = first; i < size && at(i).zxid() <= upTo; i++) {
            weight += at(i).weight();
            if (weight > maxBytes && !entries.isEmpty()) {
                break;
            }
            entries.add(at(i));
        }
        return entries;
    }

    /** Index of the first entry behind {@code position}, the number of entries if there is none. */
    private int firstBehind(long position) {
        if (position >= last) {
            return size;
        }
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (at(middle).zxid() <= position) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private Entry at(int index) {
        return ring[(head + index) & (ring.length - 1)];
    }
}
