package io.zabkeeper.server.log;

import io.zabkeeper.consensus.Configuration;
import io.zabkeeper.consensus.DurableImage;
import io.zabkeeper.consensus.Entry;
import io.zabkeeper.consensus.HardState;
import io.zabkeeper.consensus.SnapshotMeta;
import io.zabkeeper.consensus.Standing;
import io.zabkeeper.consensus.Zxid;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What recovery made of the log: the part of the {@link DurableImage} that it knows, and where to go on. Immutable. */
public final class RecoveredLog {
    /** The end of the log and the files around it, for the writer. */
    record End(
            RecordCodec.Head head,
            List<Segment.Sealed> sealed,
            @Nullable Segment active,
            List<Segment> spares,
            long nextSegment,
            long nextGroup,
            int chain) {}

    private final Disk disk;
    private final Identity identity;
    private final List<Entry> entries;
    private final long floor;
    private final long checkpoint;
    private final boolean isNew;
    private final boolean isTailUncertain;
    private final @Nullable LogDamage damage;
    private final End end;

    /** As they were when recovery ended; opening the log changes the identity's. */
    private final boolean isSuspect;

    private final boolean isWhole;

    RecoveredLog(
            Disk disk,
            Identity identity,
            List<Entry> entries,
            long floor,
            long checkpoint,
            boolean isNew,
            boolean isTailUncertain,
            @Nullable LogDamage damage,
            End end) {
        this.disk = disk;
        this.identity = identity;
        this.entries = entries;
        this.floor = floor;
        this.checkpoint = checkpoint;
        this.isNew = isNew;
        this.isTailUncertain = isTailUncertain;
        this.damage = damage;
        this.end = end;
        this.isSuspect = identity.isSuspect();
        this.isWhole = identity.isWhole();
    }

    /** The last hard state. That of a disk which lost something never votes (D9). */
    public HardState hardState() {
        HardState state = end.head.state();
        return isSuspect
                ? new HardState(
                        state.acceptedEpoch(), state.acceptedLeader(), state.currentEpoch(), state.clusterId(), false)
                : state;
    }

    /** The retained history, in order and without a gap. */
    public List<Entry> entries() {
        return entries;
    }

    /** The position at which the log ends; that of its last snapshot when no entry follows. */
    public long lastLogged() {
        return end.head.lastLogged();
    }

    /** The highest position known to have been committed; a hint. */
    public long committed() {
        return Math.min(end.head.committed(), end.head.lastLogged());
    }

    /** The last snapshot or checkpoint that was marked in the log. */
    public SnapshotMeta snapshot() {
        return end.head.snapshot();
    }

    /**
     * A snapshot of a leader that the log counts on and the checkpoint does not contain: a crash came between its mark
     * and its installation, which must be completed before {@link #matched}.
     */
    public Optional<SnapshotMeta> pendingInstall(long checkpointZxid) {
        return end.head.replacesHistory() && snapshot().zxid() > checkpointZxid
                ? Optional.of(snapshot())
                : Optional.empty();
    }

    /** True when there was no log. */
    public boolean isNew() {
        return isNew;
    }

    public Optional<LogDamage> damage() {
        return Optional.ofNullable(damage);
    }

    /** A torn tail was cut off, and nothing on this disk can tell whether its first group had been acknowledged. */
    public boolean isTailUncertain() {
        return isTailUncertain;
    }

    /**
     * Holds the log against the checkpoint that was loaded; the result is damaged when they do not fit. The log must
     * reach the checkpoint (what is applied is durable), and must not leave a gap behind it (ZOOKEEPER-2325).
     */
    public RecoveredLog matched(SnapshotMeta loaded) {
        if (damage != null) {
            return this;
        }
        String misfit = misfit(loaded.zxid());
        if (misfit == null) {
            return this;
        }
        return new RecoveredLog(
                disk,
                identity,
                entries,
                floor,
                checkpoint,
                isNew,
                isTailUncertain,
                new LogDamage(disk.locate(Segment.DIRECTORY), 0, misfit),
                end);
    }

    private @Nullable String misfit(long zxid) {
        if (lastLogged() < zxid) {
            return "it ends at " + Zxid.toString(lastLogged()) + ", before the checkpoint at " + Zxid.toString(zxid);
        }
        if (floor > zxid) {
            return "it begins behind " + Zxid.toString(floor) + ", but the checkpoint is at " + Zxid.toString(zxid);
        }
        if (floor < zxid && !holds(zxid)) {
            return "it has no entry at the checkpoint's position " + Zxid.toString(zxid);
        }
        return null;
    }

    private boolean holds(long zxid) {
        int low = 0;
        int high = entries.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            long at = entries.get(middle).zxid();
            if (at == zxid) {
                return true;
            }
            if (at < zxid) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return false;
    }

    /**
     * Sets a damaged log aside, as {@code log.damaged.N}, for whoever wants to look into it, and begins an empty one
     * behind the checkpoint. From here on this disk entitles to nothing until it is re-admitted.
     */
    public RecoveredLog startedAfresh(SnapshotMeta loaded) throws IOException {
        identity.suspect();
        closeFiles();
        if (disk.exists(Segment.DIRECTORY)) {
            int n = 1;
            while (disk.exists(Segment.DIRECTORY + ".damaged." + n)) {
                n++;
            }
            disk.rename(Segment.DIRECTORY, Segment.DIRECTORY + ".damaged." + n);
        }
        disk.createDirectory(Segment.DIRECTORY);
        disk.syncDirectory("");
        HardState found = end.head.state();
        HardState state = new HardState(
                found.acceptedEpoch(),
                found.acceptedLeader(),
                Math.min(found.currentEpoch(), Zxid.epoch(loaded.zxid())),
                found.clusterId() != 0 ? found.clusterId() : identity.clusterId(),
                false);
        RecordCodec.Head head = new RecordCodec.Head(loaded.zxid(), loaded.zxid(), state, loaded, true);
        return new RecoveredLog(
                disk,
                identity,
                List.of(),
                loaded.zxid(),
                loaded.zxid(),
                true,
                false,
                damage,
                new End(head, List.of(), null, List.of(), 1, 1, 0));
    }

    private void closeFiles() throws IOException {
        if (end.active != null) {
            end.active.close();
        }
        for (Segment spare : end.spares) {
            spare.close();
        }
    }

    /** What this disk entitles the member to. */
    public Standing standing() {
        if (damage != null || isSuspect || (!isWhole && !end.head.state().voter())) {
            return Standing.AMNESIAC;
        }
        boolean promisedNothing = !identity.everVoted() && !end.head.state().voter() && lastLogged() == Zxid.NONE;
        return promisedNothing ? Standing.BLANK : Standing.VOTER;
    }

    /** The whole image at boot. The checkpoint is the one that this log was {@link #matched} with. */
    public DurableImage image(SnapshotMeta loaded, Configuration configuration) {
        return new DurableImage(
                hardState(),
                loaded,
                entries,
                Math.max(loaded.zxid(), committed()),
                identity.incarnation(),
                standing(),
                configuration);
    }

    RecordCodec.Head head() {
        return end.head;
    }

    long checkpoint() {
        return checkpoint;
    }

    List<Segment.Sealed> sealed() {
        return end.sealed;
    }

    @Nullable
    Segment active() {
        return end.active;
    }

    List<Segment> spares() {
        return end.spares;
    }

    long nextSegment() {
        return end.nextSegment;
    }

    long nextGroup() {
        return end.nextGroup;
    }

    int chain() {
        return end.chain;
    }
}
