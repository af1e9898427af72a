package io.zabkeeper.server.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the log at boot and decides what a bad place in it means ({@code storage.md} section 4, R-13).
 *
 * <ul>
 *   <li>Nothing declares the bad group durable: a torn tail, cut off there. The intent is durable first, then zeros, so
 *       that a crash in the middle is completed by the next boot.
 *   <li>A later group, a mark, or the identity declares it durable: damage. Nothing is changed, and the disk entitles to
 *       nothing until a quorum that does not count it re-admits the member.
 *   <li>The last group could have been acknowledged, but nothing on the disk says so: cut, and reported as uncertain.
 * </ul>
 *
 * <p>Before the log is used the last group is written and synced once more, for after a crash it may be in memory only.
 */
public final class LogRecovery {
    private final Disk disk;
    private final Identity identity;
    private final Replay replay;
    private final long checkpoint;
    private final List<SegmentView> segments = new ArrayList<>();

    /** The number of the group that should come next, 0 before the first one was read. */
    private long expected;

    private int chain;

    /** Where the scan stands. */
    private int at;

    private long offset = GroupHeader.PAGE;
    private String stopped = "";

    private long lastGroupOffset;
    private long lastGroupBytes;
    private int lastGroupSegment = -1;
    private final List<Segment.Sealed> sealed = new ArrayList<>();
    private long lastZxidInSegment;

    /** Bytes that are no zeros lie behind the end. */
    private boolean trailing;

    private LogRecovery(Disk disk, Identity identity, long checkpoint, LogSettings settings) {
        this.disk = disk;
        this.identity = identity;
        this.checkpoint = checkpoint;
        this.replay = new Replay(checkpoint, settings.windowBytes());
    }

    static boolean hasSegments(Disk disk) throws IOException {
        for (String name : disk.list(Segment.DIRECTORY)) {
            if (Segment.number(name) != null) {
                return true;
            }
        }
        return false;
    }

    /**
     * Recovers the log of a disk.
     *
     * @param checkpoint the position of the newest checkpoint; entries far before it are not kept in memory
     * @throws UnusableDirectoryException when a newer version wrote the log
     * @throws IOException when the disk cannot be read, or not be written where a tail has to be cut
     */
    public static RecoveredLog recover(Disk disk, Identity identity, long checkpoint, LogSettings settings)
            throws IOException {
        return new LogRecovery(disk, identity, checkpoint, settings).run();
    }

    private RecoveredLog run() throws IOException {
        openSegments();
        completeCut();
        startBehindForgottenSegments();
        LogDamage damage = scan();
        if (damage == null) {
            damage = search();
        }
        boolean isEmpty = expected <= 1;
        if (damage == null && isEmpty && identity.everVoted() && identity.isWhole()) {
            damage = new LogDamage(
                    disk.locate(Segment.DIRECTORY), 0, "the log is missing, though this member has voted");
        }
        if (damage == null) {
            if (trailing) {
                cut();
            }
            settle();
        }
        return result(isEmpty, damage);
    }

    private void openSegments() throws IOException {
        if (!disk.exists(Segment.DIRECTORY)) {
            disk.createDirectory(Segment.DIRECTORY);
            disk.syncDirectory("");
        }
        if (disk.exists(Segment.DRAFT)) {
            disk.delete(Segment.DRAFT);
        }
        ByteBuffer window = ByteBuffer.allocateDirect(SegmentView.WINDOW);
        for (String name : disk.list(Segment.DIRECTORY)) {
            Long number = Segment.number(name);
            if (number != null) {
                segments.add(SegmentView.open(disk, number, window));
            }
        }
        segments.sort((a, b) -> Long.compare(a.number(), b.number()));
    }

    /** A cut that a crash came into. */
    private void completeCut() throws IOException {
        long from = identity.cutSegment();
        if (from == 0) {
            return;
        }
        for (SegmentView segment : segments) {
            if (segment.number() == from) {
                segment.wipe(identity.cutOffset());
            } else if (segment.number() > from && segment.header() != null) {
                segment.wipe(GroupHeader.PAGE);
            }
        }
        identity.cutDone();
    }

    /**
     * Segments that a purge was about to delete may be left, with others between them gone already. They are not needed
     * when all up to the next one is in the checkpoint, whose head restates the rest (D27).
     */
    private void startBehindForgottenSegments() throws IOException {
        for (int i = segments.size() - 1; i > 0; i--) {
            if (segments.get(i).number() != segments.get(i - 1).number() + 1 && isCovered(segments.get(i))) {
                for (SegmentView forgotten : segments.subList(0, i)) {
                    forgotten.file().close();
                    disk.delete(forgotten.name());
                }
                disk.syncDirectory(Segment.DIRECTORY);
                segments.subList(0, i).clear();
                return;
            }
        }
    }

    private boolean isCovered(SegmentView segment) throws IOException {
        segment.rewind();
        GroupHeader head = segment.groupAt(GroupHeader.PAGE);
        return head != null && !head.isMark() && head.records() == 1 && head.last() <= checkpoint;
    }

    /** Reads groups as long as they follow each other. Returns damage when one is valid but does not make sense. */
    private @Nullable LogDamage scan() throws IOException {
        if (segments.isEmpty()) {
            return null;
        }
        if (segments.get(0).number() == 1) {
            expected = 1;
        }
        while (true) {
            SegmentView segment = segments.get(at);
            segment.rewind();
            LogDamage damage = scan(segment);
            if (damage != null) {
                return damage;
            }
            int next = successor();
            if (next < 0) {
                return null;
            }
            sealed.add(new Segment.Sealed(segment.number(), lastZxidInSegment, offset));
            for (int skipped = at + 1; skipped < next; skipped++) {
                sealed.add(new Segment.Sealed(segments.get(skipped).number(), 0, GroupHeader.PAGE));
            }
            lastZxidInSegment = 0;
            at = next;
            offset = GroupHeader.PAGE;
        }
    }

    private @Nullable LogDamage scan(SegmentView segment) throws IOException {
        SegmentHeader owner = segment.header();
        if (owner == null) {
            stopped = "the header of the segment cannot be read";
            return null;
        }
        if (identity.isWhole() && owner.diskId() != identity.diskId()) {
            return damageAt(
                    segment,
                    0,
                    "it was written by disk " + Long.toHexString(owner.diskId()) + ", this is disk "
                            + Long.toHexString(identity.diskId()));
        }
        while (true) {
            GroupHeader group = segment.groupAt(offset);
            if (group == null || group.isMark()) {
                stopped = "there is no group where one should be";
                return null;
            }
            if (expected == 0) {
                expected = group.number();
                chain = group.previousChain();
            }
            if (group.number() != expected || group.previousChain() != chain) {
                stopped = "group " + group.number() + " is where group " + expected + " should be";
                return null;
            }
            long groupBytes = group.groupBytes();
            if (group.payloadBytes() < 0 || offset + groupBytes > segment.sizeBytes()) {
                stopped = "group " + expected + " is longer than the segment";
                return null;
            }
            int end = GroupHeader.SIZE + group.payloadBytes();
            ByteBuffer bytes = segment.at(offset, end);
            if (GroupHeader.checksum(bytes, GroupHeader.SIZE, end, owner.segmentId(), offset)
                    != group.payloadChecksum()) {
                stopped = "the checksum of group " + expected + " is wrong";
                return null;
            }
            try {
                RecordCodec.decode(bytes.position(GroupHeader.SIZE), replay);
            } catch (RecordCodec.MalformedRecordException e) {
                return damageAt(segment, offset, String.valueOf(e.getMessage()));
            }
            replay.state().committed(group.committed());
            lastZxidInSegment = Math.max(lastZxidInSegment, group.last());
            lastGroupSegment = at;
            lastGroupOffset = offset;
            lastGroupBytes = groupBytes;
            offset += groupBytes;
            expected++;
            chain = group.chain();
        }
    }

    /** The later segment that goes on exactly where this one ends; -1 when there is none. */
    private int successor() throws IOException {
        for (int i = at + 1; i < segments.size(); i++) {
            SegmentView later = segments.get(i);
            later.rewind();
            GroupHeader first = later.groupAt(GroupHeader.PAGE);
            if (first != null
                    && !first.isMark()
                    && first.number() == expected
                    && first.previousChain() == chain
                    && expected > 1) {
                return i;
            }
        }
        return -1;
    }

    /** Looks behind the end for a proof that more had been durable, and for anything that has to be cut off. */
    private @Nullable LogDamage search() throws IOException {
        for (int i = at; i < segments.size(); i++) {
            LogDamage damage = search(segments.get(i), i == at ? offset : GroupHeader.PAGE, i == at);
            if (damage != null) {
                return damage;
            }
        }
        if (identity.reached() >= Math.max(1, expected)) {
            return damageHere("group " + identity.reached() + " had been durable; " + stopped);
        }
        return null;
    }

    /**
     * Behind the segment in use only the first group of the next one can have been under way, so a look at its beginning
     * tells whether anything is there at all.
     */
    private @Nullable LogDamage search(SegmentView segment, long from, boolean inUse) throws IOException {
        segment.rewind();
        boolean found = false;
        for (long window = from; window < segment.sizeBytes(); window += SegmentView.WINDOW) {
            int length = (int) Math.min(SegmentView.WINDOW, segment.sizeBytes() - window);
            if (segment.isZero(window, length)) {
                if (!inUse && !found) {
                    return null;
                }
                continue;
            }
            if (segment.header() == null) {
                return damageAt(segment, 0, "its header cannot be read, and it is not empty");
            }
            found = true;
            for (long page = window; page < window + length; page += GroupHeader.PAGE) {
                LogDamage damage = judge(segment, page);
                if (damage != null) {
                    return damage;
                }
            }
        }
        return null;
    }

    private @Nullable LogDamage judge(SegmentView segment, long page) throws IOException {
        GroupHeader group = segment.groupAt(page);
        if (group != null && group.durableUpTo() >= expected) {
            return damageHere("group " + group.durableUpTo() + " had been durable, says " + disk.locate(segment.name())
                    + " at offset " + page + "; " + stopped);
        }
        boolean isMarkAtTheEnd = group != null && group.isMark() && segment == segments.get(at) && page == offset;
        if (!isMarkAtTheEnd && !segment.isZero(page, GroupHeader.PAGE)) {
            trailing = true;
        }
        return null;
    }

    private LogDamage damageHere(String reason) {
        return segments.isEmpty()
                ? new LogDamage(disk.locate(Segment.DIRECTORY), 0, reason)
                : damageAt(segments.get(at), offset, reason);
    }

    private LogDamage damageAt(SegmentView segment, long place, String reason) {
        return new LogDamage(disk.locate(segment.name()), place, reason);
    }

    private void cut() throws IOException {
        identity.cutBegins(segments.get(at).number(), offset);
        for (int i = at; i < segments.size(); i++) {
            segments.get(i).wipe(i == at ? offset : GroupHeader.PAGE);
        }
        identity.cutDone();
    }

    /** Makes sure that what was read is on the disk before anybody relies on it. */
    private void settle() throws IOException {
        if (lastGroupSegment >= 0 && identity.reached() < expected - 1) {
            segments.get(lastGroupSegment).rewrite(lastGroupOffset, lastGroupBytes);
            disk.syncDirectory(Segment.DIRECTORY);
            identity.reached(expected - 1);
        }
    }

    private RecoveredLog result(boolean isEmpty, @Nullable LogDamage damage) throws IOException {
        Segment active = null;
        List<Segment> spares = new ArrayList<>();
        long nextSegment = 1;
        for (int i = 0; i < segments.size(); i++) {
            SegmentView segment = segments.get(i);
            SegmentHeader header = segment.header();
            nextSegment = segment.number() + 1;
            boolean isUsable = damage == null && header != null;
            if (i < at || !isUsable) {
                segment.file().close();
            }
            if (i == at && isUsable && header != null) {
                active = new Segment(header, segment.file(), offset, lastZxidInSegment);
            } else if (i > at && isUsable && header != null) {
                spares.add(new Segment(header, segment.file(), GroupHeader.PAGE, 0));
            } else if (i >= at && damage == null) {
                // All zeros, but nobody can tell which segment it is.
                disk.delete(segment.name());
            }
        }
        return new RecoveredLog(
                disk,
                identity,
                replay.entries(),
                replay.floor(),
                checkpoint,
                isEmpty && damage == null,
                damage == null && trailing,
                damage,
                new RecoveredLog.End(
                        replay.state().head(),
                        List.copyOf(sealed),
                        active,
                        List.copyOf(spares),
                        nextSegment,
                        Math.max(1, expected),
                        chain));
    }
}
