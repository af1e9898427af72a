package io.zabkeeper.consensus.simulator;

import static io.zabkeeper.consensus.simulator.VirtualTime.MS;

import io.zabkeeper.consensus.Configuration;
import io.zabkeeper.consensus.DurableImage;
import io.zabkeeper.consensus.Entry;
import io.zabkeeper.consensus.HardState;
import io.zabkeeper.consensus.SnapshotMeta;
import io.zabkeeper.consensus.Standing;
import io.zabkeeper.consensus.WalRecord;
import io.zabkeeper.consensus.Zxid;
import io.zabkeeper.consensus.driver.Log;
import io.zabkeeper.consensus.quorum.NodeId;
import io.zabkeeper.consensus.simulator.invariant.PropertyViolation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A member's disk: the log, the checkpoint, the staging area. It outlives the process.
 *
 * <p>Records survive a crash as a prefix of what was appended, at least everything reported as persisted. The cut
 * falls between any two records, also of one group. A record torn in the middle is found by its CRC at recovery and so
 * is a cut before it; the log's own tests tear bytes. A checkpoint is replaced as a whole or not at all. A leader's
 * snapshot is worth nothing until the log has its marker; with the marker, recovery completes the switch.
 */
final class SimulatedDisk implements Log {
    /** What the disk tells the process that runs on it, and the properties. */
    interface Owner {
        void appending(WalRecord record);

        void durable(WalRecord record);

        void persisted(long sequence);

        void failed(String cause);
    }

    private record Pending(long sequence, WalRecord record, long committed) {}

    private final VirtualTime time;
    private final Dice dice;
    private final Owner owner;
    private final long fsyncNanos;
    private final int spareEntries;
    private final boolean losesWholeTail;

    private LogImage durable = new LogImage();
    private LogImage written = new LogImage();
    private final ArrayDeque<Pending> unsynced = new ArrayDeque<>();
    private SnapshotMeta checkpoint = SnapshotMeta.NONE;
    private final List<SnapshotMeta> staged = new ArrayList<>();

    /** Commit point that came with the newest durable group; a lazy hint. */
    private long committed;

    private final Set<Long> onceHeld = new HashSet<>();

    /** Everything that ever became durable on this disk, for {@link #damage}. */
    private final List<Pending> records = new ArrayList<>();

    private long lastSequence;
    private boolean syncing;
    private boolean held;
    private boolean failing;
    private boolean dead;
    private boolean damaged;
    private boolean lost;
    private long slowness;

    /** Which process is writing; callbacks of an earlier one find another number. */
    private long process;

    SimulatedDisk(VirtualTime time, Dice dice, Owner owner, FaultPlan plan) {
        this.time = time;
        this.dice = dice;
        this.owner = owner;
        this.fsyncNanos = plan.fsyncNanos();
        this.spareEntries = dice.between(0, 20);
        this.losesWholeTail = plan.has(Fault.LOST_TAILS);
    }

    // ---- The log, as the driver sees it ----

    @Override
    public void append(long sequence, List<WalRecord> records, long commitPoint) {
        if (sequence <= lastSequence) {
            throw new PropertyViolation("SimulatedDisk", "sequence " + sequence + " after " + lastSequence);
        }
        lastSequence = sequence;
        for (WalRecord record : records) {
            owner.appending(record);
            written.apply(record);
            unsynced.add(new Pending(sequence, record, commitPoint));
        }
        sync();
    }

    @Override
    public void release(SnapshotMeta taken) {
        durable.purge(Math.min(taken.zxid(), checkpoint.zxid()), spareEntries);
        written.purge(Math.min(taken.zxid(), checkpoint.zxid()), spareEntries);
    }

    private void sync() {
        if (syncing || dead || held || unsynced.isEmpty()) {
            return;
        }
        syncing = true;
        long target = lastSequence;
        long process = this.process;
        time.after(latency(), () -> {
            if (process == this.process) {
                synced(target);
            }
        });
    }

    private void synced(long target) {
        syncing = false;
        if (held) {
            return;
        }
        if (failing) {
            failing = false;
            dead = true;
            owner.failed("fsync: input/output error");
            return;
        }
        while (!unsynced.isEmpty() && unsynced.peek().sequence <= target) {
            harden(unsynced.poll());
        }
        owner.persisted(target);
        if (lastSequence > target) {
            sync();
        }
    }

    private void harden(Pending pending) {
        for (Entry gone : durable.apply(pending.record)) {
            onceHeld.add(gone.zxid());
        }
        committed = Math.max(committed, pending.committed);
        records.add(pending);
        if (pending.record instanceof WalRecord.State changed && changed.state().voter()) {
            lost = false;
            damaged = false;
        }
        owner.durable(pending.record);
    }

    private long latency() {
        long base = dice.between(fsyncNanos / 2, fsyncNanos * 2);
        if (slowness > 0) {
            return base + dice.between(0, slowness);
        }
        return dice.chance(0.02) ? base + dice.between(0, 30 * MS) : base;
    }

    // ---- Faults ----

    /** From now on every fsync may take this much longer. */
    void slowDown(long nanos) {
        slowness = nanos;
    }

    /** The next fsync fails, and nothing is written any more. */
    void failNextSync() {
        failing = true;
    }

    /** Fsyncs do not return until {@link #letGo}. */
    void hold() {
        held = true;
    }

    void letGo() {
        held = false;
        sync();
    }

    /** The process died: of what was not synced, a prefix survives. */
    void crash() {
        int keep = losesWholeTail && dice.chance(0.7) ? 0 : dice.between(0, unsynced.size());
        crash(keep);
    }

    void crash(int survivors) {
        for (int i = 0; i < survivors; i++) {
            harden(unsynced.poll());
        }
        unsynced.clear();
        written = durable.copy();
        process++;
        syncing = false;
        held = false;
        failing = false;
        dead = false;
        lastSequence = 0;
        slowness = 0;
        SnapshotMeta marked = durable.replacement();
        if (marked.zxid() > checkpoint.zxid()) {
            if (!staged.contains(marked)) {
                throw new PropertyViolation(
                        "SimulatedDisk", "the log marks " + marked + ", which was never durable in staging");
            }
            checkpoint = marked;
        }
        staged.clear();
    }

    /** A new, empty disk. */
    void wipe() {
        rememberAll();
        durable = new LogImage();
        written = new LogImage();
        checkpoint = SnapshotMeta.NONE;
        staged.clear();
        committed = 0;
        records.clear();
        lost = true;
        damaged = false;
    }

    /**
     * Some of the newest records are gone, and recovery knows it. What is left is a prefix of the log, beside a checkpoint
     * that may be newer; the ensemble's id is known from elsewhere.
     */
    void damage() {
        rememberAll();
        long clusterId = durable.state().clusterId();
        int keep = dice.between(0, records.size());
        records.subList(keep, records.size()).clear();
        durable = new LogImage();
        committed = 0;
        for (Pending survivor : records) {
            durable.apply(survivor.record);
            committed = Math.max(committed, survivor.committed);
        }
        if (durable.last() < checkpoint.zxid()) {
            WalRecord start = new WalRecord.Snapshot(checkpoint, true);
            durable.apply(start);
            records.add(new Pending(0, start, checkpoint.zxid()));
        }
        durable.setState(withClusterId(durable.state(), clusterId));
        written = durable.copy();
        lost = true;
        damaged = true;
    }

    private static HardState withClusterId(HardState state, long clusterId) {
        return new HardState(
                state.acceptedEpoch(), state.acceptedLeader(), state.currentEpoch(), clusterId, state.voter());
    }

    private void rememberAll() {
        for (Entry entry : durable.entries()) {
            onceHeld.add(entry.zxid());
        }
    }

    // ---- Checkpoints and snapshots ----

    /** A checkpoint of our own was written. One that was overtaken by a leader's snapshot meanwhile is dropped. */
    boolean completeCheckpoint(SnapshotMeta meta) {
        if (meta.zxid() <= checkpoint.zxid()) {
            return false;
        }
        checkpoint = meta;
        return true;
    }

    void stage(SnapshotMeta meta) {
        staged.add(meta);
    }

    void unstage(SnapshotMeta meta) {
        staged.remove(meta);
    }

    void install(SnapshotMeta meta) {
        if (!staged.contains(meta) || !durable.replacement().equals(meta)) {
            throw new PropertyViolation(
                    "SimulatedDisk",
                    "told to install " + meta + ", staged " + staged + ", marked " + durable.replacement());
        }
        checkpoint = meta;
        staged.remove(meta);
    }

    // ---- What it holds ----

    DurableImage recover(long incarnation, Configuration configuration) {
        long last = Math.max(durable.last(), checkpoint.zxid());
        long hint = dice.chance(0.2) ? 0 : committed;
        return new DurableImage(
                durable.state(),
                checkpoint,
                List.copyOf(durable.entries()),
                Math.max(checkpoint.zxid(), Math.min(hint, last)),
                incarnation,
                standing(),
                configuration);
    }

    Standing standing() {
        if (damaged) {
            return Standing.AMNESIAC;
        }
        boolean empty = durable.state().equals(HardState.INITIAL) && durable.last() == 0 && checkpoint.zxid() == 0;
        return empty ? Standing.BLANK : Standing.VOTER;
    }

    boolean isTrusted() {
        return !lost;
    }

    HardState durableState() {
        return durable.state();
    }

    HardState writtenState() {
        return written.state();
    }

    SnapshotMeta checkpoint() {
        return checkpoint;
    }

    long lastDurable() {
        return Math.max(durable.last(), checkpoint.zxid());
    }

    long lastWritten() {
        return Math.max(written.last(), Math.max(checkpoint.zxid(), Zxid.NONE));
    }

    boolean hasDurableEntry(long zxid) {
        return durable.hasEntry(zxid);
    }

    /** Whether the position lies where entries were purged or replaced by a snapshot. */
    boolean coversDurably(long zxid) {
        return zxid <= durable.base() || zxid <= checkpoint.zxid();
    }

    boolean onceHeld(long zxid) {
        return onceHeld.contains(zxid);
    }

    long durableSuccessor(long zxid) {
        return durable.successor(zxid);
    }

    int unsyncedRecords() {
        return unsynced.size();
    }

    /** Starts as the disk of a member whose ensemble was formed once and has done nothing since. */
    void form(long clusterId) {
        WalRecord formed = new WalRecord.State(new HardState(0, NodeId.NONE, 0, clusterId, true));
        durable.apply(formed);
        written.apply(formed);
        records.add(new Pending(0, formed, 0));
    }
}
