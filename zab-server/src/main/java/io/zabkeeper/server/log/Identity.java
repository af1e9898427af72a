package io.zabkeeper.server.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What a disk knows of itself, apart from the log: who it belongs to, how often it was booted, whether it ever
 * voted, and how far the log reaches at least. With it a disk that lost its log, or the end of it, is known for what it
 * is (D18, D20).
 *
 * <p>A file of two 4 KiB slots, the higher valid one counts. Every change goes to both, one after the other: a torn write
 * leaves the other slot, and a slot that rots later takes nothing back. Never replaced by rename (ZOOKEEPER-4269).
 *
 * <p>Used by the thread that boots and then by the log thread; any other may read.
 */
public final class Identity implements Closeable {
    static final String FILE = "identity";
    static final int SLOT = 4096;

    private static final String DRAFT = "identity.tmp";
    private static final long MAGIC = 0x5a61624964656e74L; // "ZabIdent"
    private static final int VERSION = 1;
    private static final int BODY = 96;

    /** How the identity was met when it was opened. */
    public enum Origin {
        /** There was none, and no log either: a new disk. */
        NEW,
        FOUND,
        /** There was none, or neither slot could be read, though the disk had been used. */
        LOST
    }

    /** Whether the disk is known to have lost something. */
    enum Trust {
        WHOLE(0),
        /** Something is lost, and the log does not say yet that this disk may not vote. */
        SUSPECT(1),
        /** Something was lost and the log said so then. What it says of voting counts again (D9). */
        DEMOTED(2);

        /** Its number in the file. */
        private final int code;

        Trust(int code) {
            this.code = code;
        }

        private static Trust of(int code) {
            return code == WHOLE.code ? WHOLE : code == DEMOTED.code ? DEMOTED : SUSPECT;
        }
    }

    /**
     * The contents of a slot.
     *
     * @param reached the number of a group of the log that was durable; a lower bound
     * @param cutSegment the segment in which a torn tail is being cut off; 0 when none is
     * @param cutOffset where
     */
    private record Contents(
            long turn,
            int nodeId,
            long clusterId,
            long incarnation,
            long diskId,
            boolean everVoted,
            Trust trust,
            long reached,
            long cutSegment,
            long cutOffset) {}

    private final DiskFile file;
    private final Origin origin;
    private volatile Contents contents;

    private Identity(DiskFile file, Origin origin, Contents contents) {
        this.file = file;
        this.origin = origin;
        this.contents = contents;
    }

    /**
     * Reads the identity of a disk, or gives it one, and counts this boot durably.
     *
     * @param random draws the number of a new disk
     * @param nowMillis the wall clock. An incarnation is at least its seconds, so that one which was lost with the disk,
     *     or taken back with an old backup, is not used twice; nothing but the distinctness of numbers relies on it.
     * @throws UnusableDirectoryException when the disk belongs to another member or was written by a newer version
     */
    public static Identity open(Disk disk, int nodeId, RandomGenerator random, long nowMillis) throws IOException {
        boolean used = LogRecovery.hasSegments(disk);
        if (!disk.exists(FILE)) {
            return create(disk, nodeId, random, nowMillis, used ? Origin.LOST : Origin.NEW);
        }
        DiskFile file = disk.open(FILE);
        boolean opened = false;
        try {
            Contents newest = newest(disk, file);
            if (newest == null) {
                file.close();
                return create(disk, nodeId, random, nowMillis, Origin.LOST);
            }
            if (newest.nodeId != nodeId) {
                throw new UnusableDirectoryException("the data in " + disk.locate("") + " belongs to member "
                        + newest.nodeId + ", but this member is configured as " + nodeId);
            }
            Identity identity = new Identity(file, Origin.FOUND, newest);
            identity.write(new Contents(
                    newest.turn,
                    nodeId,
                    newest.clusterId,
                    Math.max(newest.incarnation + 1, nowMillis / 1000),
                    newest.diskId,
                    newest.everVoted,
                    newest.trust,
                    newest.reached,
                    newest.cutSegment,
                    newest.cutOffset));
            opened = true;
            return identity;
        } finally {
            if (!opened) {
                file.close();
            }
        }
    }

    private static Identity create(Disk disk, int nodeId, RandomGenerator random, long nowMillis, Origin origin)
            throws IOException {
        DiskFile draft = disk.create(DRAFT);
        boolean opened = false;
        try {
            Trust trust = origin == Origin.NEW ? Trust.WHOLE : Trust.SUSPECT;
            Identity identity = new Identity(draft, origin, new Contents(0, nodeId, 0, 0, 0, false, trust, 0, 0, 0));
            identity.write(new Contents(
                    0,
                    nodeId,
                    0,
                    Math.max(1, nowMillis / 1000),
                    random.nextLong() | 1,
                    origin == Origin.LOST,
                    trust,
                    0,
                    0,
                    0));
            disk.rename(DRAFT, FILE);
            disk.syncDirectory("");
            opened = true;
            return identity;
        } finally {
            if (!opened) {
                draft.close();
            }
        }
    }

    public Origin origin() {
        return origin;
    }

    public int nodeId() {
        return contents.nodeId;
    }

    /** Of the ensemble that this disk belongs to, 0 before it is known. */
    public long clusterId() {
        return contents.clusterId;
    }

    /** This boot's number. */
    public long incarnation() {
        return contents.incarnation;
    }

    /** Drawn when the disk was first used; never 0. */
    public long diskId() {
        return contents.diskId;
    }

    /** True from before the first record by which this disk may vote. */
    public boolean everVoted() {
        return contents.everVoted;
    }

    /** The disk lost something, and was not re-admitted since as far as this file knows. */
    boolean isSuspect() {
        return contents.trust == Trust.SUSPECT;
    }

    boolean isWhole() {
        return contents.trust == Trust.WHOLE;
    }

    /** The log holds this group at least, or it is damaged. */
    long reached() {
        return contents.reached;
    }

    long cutSegment() {
        return contents.cutSegment;
    }

    long cutOffset() {
        return contents.cutOffset;
    }

    /** Must return before the record that lets this disk vote is written, or the one that names the ensemble. */
    synchronized void joined(long clusterId, boolean votes) throws IOException {
        Contents c = contents;
        boolean everVoted = c.everVoted || votes;
        if (everVoted != c.everVoted || clusterId != c.clusterId) {
            write(new Contents(
                    c.turn,
                    c.nodeId,
                    clusterId,
                    c.incarnation,
                    c.diskId,
                    everVoted,
                    c.trust,
                    c.reached,
                    c.cutSegment,
                    c.cutOffset));
        }
    }

    /** The log is durable up to this group. */
    synchronized void reached(long group) throws IOException {
        Contents c = contents;
        if (group > c.reached) {
            write(withLog(c, group, c.trust, c.cutSegment, c.cutOffset));
        }
    }

    /** Something was lost: until the log has said so this disk entitles to nothing. */
    synchronized void suspect() throws IOException {
        Contents c = contents;
        write(withLog(c, 0, Trust.SUSPECT, 0, 0));
    }

    /** The log has said that this disk may not vote. */
    synchronized void demoted() throws IOException {
        Contents c = contents;
        if (c.trust == Trust.SUSPECT) {
            write(withLog(c, c.reached, Trust.DEMOTED, c.cutSegment, c.cutOffset));
        }
    }

    /** A torn tail is about to be cut off here; to be done again after a crash in the middle. */
    synchronized void cutBegins(long segment, long offset) throws IOException {
        Contents c = contents;
        write(withLog(c, c.reached, c.trust, segment, offset));
    }

    synchronized void cutDone() throws IOException {
        Contents c = contents;
        write(withLog(c, c.reached, c.trust, 0, 0));
    }

    private static Contents withLog(Contents c, long reached, Trust trust, long cutSegment, long cutOffset) {
        return new Contents(
                c.turn,
                c.nodeId,
                c.clusterId,
                c.incarnation,
                c.diskId,
                c.everVoted,
                trust,
                reached,
                cutSegment,
                cutOffset);
    }

    /** Both slots, the older one first, each durable before the next is touched. */
    private void write(Contents next) throws IOException {
        long turn = contents.turn;
        for (int i = 0; i < 2; i++) {
            turn++;
            file.write(encode(next, turn), turn % 2 * SLOT);
            file.sync();
        }
        contents = new Contents(
                turn,
                next.nodeId,
                next.clusterId,
                next.incarnation,
                next.diskId,
                next.everVoted,
                next.trust,
                next.reached,
                next.cutSegment,
                next.cutOffset);
    }

    private static ByteBuffer encode(Contents c, long turn) {
        ByteBuffer slot = ByteBuffer.allocate(SLOT);
        slot.putLong(MAGIC).putInt(VERSION).putInt(c.nodeId).putLong(turn);
        slot.putLong(c.clusterId).putLong(c.incarnation).putLong(c.diskId);
        slot.putInt(c.everVoted ? 1 : 0).putInt(c.trust.code);
        slot.putLong(c.reached).putLong(c.cutSegment).putLong(c.cutOffset);
        slot.putInt(BODY, checksum(slot));
        return slot.clear();
    }

    private static int checksum(ByteBuffer slot) {
        CRC32C crc = new CRC32C();
        crc.update(slot.duplicate().position(0).limit(BODY));
        return (int) crc.getValue();
    }

    private static @Nullable Contents newest(Disk disk, DiskFile file) throws IOException {
        Contents newest = null;
        for (int i = 0; i < 2; i++) {
            Contents found = decode(disk, file, i * SLOT);
            if (found != null && (newest == null || found.turn > newest.turn)) {
                newest = found;
            }
        }
        return newest;
    }

    private static @Nullable Contents decode(Disk disk, DiskFile file, int position) throws IOException {
        ByteBuffer slot = ByteBuffer.allocate(SLOT);
        int read = file.read(slot, position);
        slot.flip();
        if (read < BODY + 4 || slot.getLong() != MAGIC || checksum(slot) != slot.getInt(BODY)) {
            return null;
        }
        int version = slot.getInt();
        if (version > VERSION) {
            throw new UnusableDirectoryException(
                    disk.locate(FILE) + " has format version " + version + ", this server knows up to " + VERSION);
        }
        int nodeId = slot.getInt();
        long turn = slot.getLong();
        long clusterId = slot.getLong();
        long incarnation = slot.getLong();
        long diskId = slot.getLong();
        boolean everVoted = slot.getInt() == 1;
        Trust trust = Trust.of(slot.getInt());
        return new Contents(
                turn,
                nodeId,
                clusterId,
                incarnation,
                diskId,
                everVoted,
                trust,
                slot.getLong(),
                slot.getLong(),
                slot.getLong());
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
