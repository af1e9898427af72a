package io.zabkeeper.consensus.simulator;

import io.zabkeeper.consensus.DurableImage;
import io.zabkeeper.consensus.Event;
import io.zabkeeper.consensus.HardState;
import io.zabkeeper.consensus.Status;
import io.zabkeeper.consensus.WalRecord;
import io.zabkeeper.consensus.quorum.NodeId;
import io.zabkeeper.consensus.simulator.invariant.Replica;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** A member's machine: disk and clock, which stay, and the process, a {@link Life}, which comes and goes. */
final class SimulatedNode implements Replica, SimulatedDisk.Owner {
    private final NodeId id;
    private final SimulatedCluster cluster;
    private final SimulatedDisk disk;
    private final Dice dice;

    private final long clockOffset;
    private final double clockRate;

    private long incarnation;
    private @Nullable Life life;
    private boolean diskFailed;

    private final ArrayDeque<Event> mailbox = new ArrayDeque<>();
    private boolean paused;

    SimulatedNode(NodeId id, SimulatedCluster cluster, Dice dice) {
        this.id = id;
        this.cluster = cluster;
        this.dice = dice;
        this.disk = new SimulatedDisk(cluster.time(), dice.split(), this, cluster.plan());
        boolean skewed = cluster.plan().has(Fault.CLOCKS);
        Dice clock = dice.split();
        this.clockOffset = skewed ? clock.between(0L, 1L << 50) : 0;
        this.clockRate = skewed ? 0.95 + 0.1 * clock.fraction() : 1;
    }

    // ---- Life and death ----

    void start() {
        if (life != null) {
            return;
        }
        incarnation++;
        diskFailed = false;
        DurableImage image = disk.recover(incarnation, cluster.configuration());
        cluster.trace().note(cluster.time().now(), id, "starts on " + image);
        Life next = new Life(this, cluster, image, dice.split());
        life = next;
        cluster.properties().booted(this, image);
        cluster.properties().restored(this, image.snapshot());
        cluster.network().disconnectAll(this);
        next.handle(new Event.Tick(localNow()));
    }

    /** The process is gone, at once; the disk keeps what it must and maybe more. */
    void crash() {
        if (life != null) {
            die("crashes");
            disk.crash();
        }
    }

    /** Likewise, with as many of the unsynced records on the disk as the scenario wants. */
    void crash(int survivors) {
        if (life != null) {
            die("crashes, " + survivors + " of " + disk.unsyncedRecords() + " unsynced records survive");
            disk.crash(Math.min(survivors, disk.unsyncedRecords()));
        }
    }

    private void die(String how) {
        cluster.trace().note(cluster.time().now(), id, how);
        cluster.properties().crashed(this);
        life = null;
        paused = false;
        mailbox.clear();
        cluster.network().disconnectAll(this);
        cluster.workload().crashed(id, incarnation);
    }

    void wipe() {
        crash();
        cluster.trace().note(cluster.time().now(), id, "gets a new disk");
        cluster.properties().losesDisk(this);
        disk.wipe();
    }

    void damage() {
        crash();
        cluster.trace().note(cluster.time().now(), id, "has its disk damaged");
        cluster.properties().losesDisk(this);
        disk.damage();
    }

    void failDisk() {
        if (life != null) {
            diskFailed = true;
            disk.failNextSync();
        }
    }

    boolean diskFailed() {
        return diskFailed;
    }

    /** Nothing happens in the process until {@link #resume}, as in a long garbage collection. */
    void pause() {
        if (life != null && !paused) {
            cluster.trace().note(cluster.time().now(), id, "pauses");
            paused = true;
        }
    }

    void resume() {
        if (!paused) {
            return;
        }
        cluster.trace().note(cluster.time().now(), id, "resumes");
        paused = false;
        while (!mailbox.isEmpty() && !paused && life != null) {
            post(mailbox.poll());
        }
    }

    boolean isPaused() {
        return paused;
    }

    /** An event for the present process; lost without one. */
    void post(Event event) {
        Life present = life;
        if (present == null) {
            return;
        }
        if (paused) {
            mailbox.add(event);
        } else {
            present.handle(event);
        }
    }

    boolean isPresent(Life candidate) {
        return life == candidate;
    }

    @Nullable
    Life life() {
        return life;
    }

    long incarnation() {
        return incarnation;
    }

    SimulatedDisk disk() {
        return disk;
    }

    // ---- Clock ----

    long localNow() {
        return clockOffset + (long) (cluster.time().now() * clockRate);
    }

    /** When this node's clock shows that time. */
    long globalTimeOf(long local) {
        return (long) Math.ceil((local - clockOffset) / clockRate);
    }

    // ---- As others see it ----

    @Override
    public NodeId id() {
        return id;
    }

    @Override
    public boolean isUp() {
        return life != null;
    }

    @Override
    public Status status() {
        Life present = life;
        if (present == null) {
            throw new IllegalStateException(id + " is down");
        }
        return present.status();
    }

    @Override
    public HardState durableState() {
        return disk.durableState();
    }

    @Override
    public HardState writtenState() {
        return disk.writtenState();
    }

    @Override
    public long lastDurable() {
        return disk.lastDurable();
    }

    @Override
    public long lastWritten() {
        return disk.lastWritten();
    }

    @Override
    public boolean holds(long zxid) {
        return disk.hasDurableEntry(zxid)
                || (disk.coversDurably(zxid) && cluster.decided().contains(zxid));
    }

    @Override
    public boolean everHeld(long zxid) {
        return holds(zxid) || disk.onceHeld(zxid);
    }

    @Override
    public long durableSuccessor(long zxid) {
        return disk.durableSuccessor(zxid);
    }

    @Override
    public boolean isTrusted() {
        return disk.isTrusted();
    }

    // ---- What the disk reports ----

    @Override
    public void appending(WalRecord record) {
        cluster.properties().appending(this, record);
    }

    @Override
    public void durable(WalRecord record) {
        cluster.properties().persisted(this, record);
    }

    @Override
    public void persisted(long sequence) {
        post(new Event.Persisted(sequence));
    }

    @Override
    public void failed(String cause) {
        post(new Event.PersistFailed(cause));
    }

    @Override
    public String toString() {
        return "node " + id;
    }
}
