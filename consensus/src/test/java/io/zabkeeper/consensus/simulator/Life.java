package io.zabkeeper.consensus.simulator;

import static io.zabkeeper.consensus.simulator.VirtualTime.MS;
import static io.zabkeeper.consensus.simulator.VirtualTime.US;

import io.zabkeeper.consensus.AtomicBroadcast;
import io.zabkeeper.consensus.DurableImage;
import io.zabkeeper.consensus.Effect;
import io.zabkeeper.consensus.Entry;
import io.zabkeeper.consensus.Event;
import io.zabkeeper.consensus.Message;
import io.zabkeeper.consensus.ProposalId;
import io.zabkeeper.consensus.RejectReason;
import io.zabkeeper.consensus.SnapshotId;
import io.zabkeeper.consensus.SnapshotMeta;
import io.zabkeeper.consensus.Status;
import io.zabkeeper.consensus.TraceEvent;
import io.zabkeeper.consensus.WalRecord;
import io.zabkeeper.consensus.driver.Driver;
import io.zabkeeper.consensus.driver.Host;
import io.zabkeeper.consensus.driver.Log;
import io.zabkeeper.consensus.driver.PeerLinks;
import io.zabkeeper.consensus.driver.SnapshotDepot;
import io.zabkeeper.consensus.driver.StateMachine;
import io.zabkeeper.consensus.quorum.NodeId;
import io.zabkeeper.consensus.simulator.invariant.DecidedHistory;
import io.zabkeeper.consensus.simulator.invariant.PropertyViolation;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One process of a member: the production driver around a core, and every port of it.
 *
 * <p>Each call of a port is an effect boundary at which a planned crash can strike, so a step may be performed in part.
 * What the process started and the disk or the network finishes later checks first whether the process still lives.
 */
final class Life implements Log, PeerLinks, StateMachine, SnapshotDepot, Host {
    private record Staged(SnapshotMeta meta, long durableAt) {}

    private final SimulatedNode node;
    private final SimulatedCluster cluster;
    private final Dice dice;
    private final Driver driver;
    private final AtomicBroadcast core;

    /** Slot, position and digest of the state machine. */
    private long slot;

    private long zxid;
    private long digest;

    private long lastCheckpointSlot;
    private boolean checkpointing;
    private final Map<SnapshotId, Staged> arrived = new HashMap<>();
    private final Map<SnapshotId, Boolean> aborted = new HashMap<>();

    /** Reads that wait for the state machine, by the position they wait for. */
    private final TreeMap<Long, Map<Long, Long>> waitingReads = new TreeMap<>();

    /** Last position that the core handed over, and the one behind which each beginning of service stands. */
    private long handedOver;

    private final ArrayDeque<Long> servesFrom = new ArrayDeque<>();

    private int crashIn;
    private boolean halted;
    private long timerAt = Long.MAX_VALUE;

    Life(SimulatedNode node, SimulatedCluster cluster, DurableImage image, Dice dice) {
        this.node = node;
        this.cluster = cluster;
        this.dice = dice;
        this.core = cluster.cores().create(node.id(), dice.anyLong());
        this.driver = new Driver(new Watched(), this, this, this, this, this);
        this.slot = image.snapshot().count();
        this.zxid = image.snapshot().zxid();
        this.digest = image.snapshot().digest();
        this.lastCheckpointSlot = slot;
        this.boot = new Event.Boot(image);
    }

    private Event.@Nullable Boot boot;

    /** Reports every step, whole, before its effects are performed. */
    private final class Watched implements AtomicBroadcast {
        @Override
        public List<Effect> step(Event event) {
            List<Effect> effects = core.step(event);
            for (Effect effect : effects) {
                if (effect instanceof Effect.Deliver deliver) {
                    handedOver =
                            deliver.entries().get(deliver.entries().size() - 1).zxid();
                } else if (effect instanceof Effect.RoleChanged change && change.serving()) {
                    servesFrom.add(handedOver);
                }
            }
            cluster.stepped(node, event, effects);
            return effects;
        }

        @Override
        public Status status() {
            return core.status();
        }

        @Override
        public long committed() {
            return core.committed();
        }

        @Override
        public long nextDeadlineNanos() {
            return core.nextDeadlineNanos();
        }
    }

    void handle(Event event) {
        perform(() -> {
            if (boot != null) {
                Event.Boot first = boot;
                boot = null;
                driver.handle(first);
            }
            if (!(event instanceof Event.Tick) && !cluster.plan().has(Fault.LATE_TICKS)) {
                driver.handle(new Event.Tick(node.localNow()));
            }
            driver.handle(event);
        });
    }

    private void perform(Runnable deed) {
        try {
            deed.run();
        } catch (SimulatedCrash crash) {
            node.crash();
            cluster.crashedByPlan(node);
            return;
        }
        if (halted) {
            node.crash();
            cluster.crashedByPlan(node);
            return;
        }
        scheduleTick();
    }

    private void scheduleTick() {
        long deadline = driver.nextDeadlineNanos();
        if (deadline == Long.MAX_VALUE) {
            return;
        }
        long at = Math.max(node.globalTimeOf(deadline), cluster.time().now() + 10 * US);
        if (cluster.plan().has(Fault.LATE_TICKS)) {
            at += dice.between(0, 5 * MS);
        }
        if (at >= timerAt) {
            return;
        }
        timerAt = at;
        long mine = at;
        cluster.time().at(at, () -> {
            if (node.isPresent(this) && timerAt == mine) {
                timerAt = Long.MAX_VALUE;
                node.post(new Event.Tick(node.localNow()));
            }
        });
    }

    Status status() {
        return core.status();
    }

    int heldMessages() {
        return driver.heldMessages();
    }

    long slot() {
        return slot;
    }

    long position() {
        return zxid;
    }

    long digest() {
        return digest;
    }

    /** A crash strikes before the n-th effect from now on. */
    void planCrash(int effects) {
        crashIn = effects;
    }

    private void boundary() {
        if (crashIn > 0 && --crashIn == 0) {
            throw new SimulatedCrash();
        }
    }

    // ---- Log ----

    @Override
    public void append(long sequence, List<WalRecord> records, long committed) {
        boundary();
        node.disk().append(sequence, records, committed);
    }

    @Override
    public void release(SnapshotMeta checkpoint) {
        boundary();
        node.disk().release(checkpoint);
    }

    // ---- Links ----

    @Override
    public void send(NodeId to, Message message) {
        boundary();
        cluster.properties().sent(node, to, message);
        cluster.network().send(node, cluster.node(to), message);
    }

    @Override
    public void reset(NodeId peer, String reason) {
        boundary();
        cluster.network().disconnect(node, cluster.node(peer));
    }

    // ---- State machine ----

    @Override
    public int deliver(List<Entry> entries) {
        int taken =
                cluster.plan().slowMachines() && dice.chance(0.3) ? dice.between(1, entries.size()) : entries.size();
        for (Entry entry : entries.subList(0, taken)) {
            boundary();
            deliver(entry);
        }
        serveReads();
        maybeCheckpoint();
        if (taken < entries.size()) {
            goOnLater();
        }
        return taken;
    }

    /** A machine that has had enough is busy for a while, and nobody waits for it. */
    private void goOnLater() {
        cluster.time().after(dice.between(0, 30 * MS), () -> {
            if (!node.isPresent(this)) {
                return;
            }
            if (node.isPaused()) {
                goOnLater();
            } else {
                perform(driver::goOn);
            }
        });
    }

    private void deliver(Entry entry) {
        slot++;
        zxid = entry.zxid();
        digest = mix(digest, entry);
        DecidedHistory decided = cluster.decided();
        if (slot == decided.length() + 1) {
            cluster.properties().decided(node, slot, entry);
            decided.extend(entry, digest);
        }
        cluster.properties().delivered(node, slot, entry, digest);
        cluster.workload().delivered(node, slot, entry);
    }

    private static long mix(long digest, Entry entry) {
        long hash = digest * 31 + entry.zxid();
        hash = hash * 31 + entry.stampMillis();
        hash = hash * 31 + entry.id().hashCode();
        hash = hash * 31 + entry.payload().hashCode();
        return (hash ^ (hash >>> 29)) * 0xbf58476d1ce4e5b9L;
    }

    private void maybeCheckpoint() {
        if (checkpointing || slot - lastCheckpointSlot < cluster.plan().checkpointEvery()) {
            return;
        }
        checkpointing = true;
        SnapshotMeta meta = new SnapshotMeta(zxid, digest, slot);
        cluster.properties().cut(node, meta);
        boolean lostWithProcess = dice.chance(0.5);
        cluster.time().after(dice.between(1, 40) * MS, () -> {
            if (node.isPresent(this)) {
                checkpointing = false;
                lastCheckpointSlot = Math.max(lastCheckpointSlot, meta.count());
                if (node.disk().completeCheckpoint(meta)) {
                    node.post(new Event.SnapshotTaken(meta));
                }
            } else if (!lostWithProcess && !node.isUp() && node.isTrusted()) {
                cluster.trace().note(cluster.time().now(), node.id(), "had committed a checkpoint when it died");
                completeAfterDeath(meta);
            }
        });
    }

    /** The transaction was with the kernel already. Only if the log still agrees: not across a truncation or a new disk. */
    private void completeAfterDeath(SnapshotMeta meta) {
        if (node.holds(meta.zxid())) {
            node.disk().completeCheckpoint(meta);
        }
    }

    // ---- Snapshots ----

    @Override
    public void send(NodeId peer, SnapshotId id) {
        boundary();
        if (id.zxid() != zxid) {
            throw new PropertyViolation(
                    "SnapshotDepot", node.id() + " is asked for a snapshot " + id + " while it stands at " + zxid);
        }
        SnapshotMeta meta = new SnapshotMeta(zxid, digest, slot);
        cluster.properties().cut(node, meta);
        SimulatedNode target = cluster.node(peer);
        cluster.network()
                .bulk(
                        node,
                        target,
                        () -> {
                            if (aborted.remove(id) == null) {
                                Life receiver = target.life();
                                if (receiver != null) {
                                    receiver.arrive(id, meta);
                                }
                                report(peer, id, receiver != null);
                            }
                        },
                        () -> report(peer, id, false));
    }

    private void report(NodeId peer, SnapshotId id, boolean complete) {
        if (node.isPresent(this)) {
            node.post(new Event.SnapshotSent(peer, id, complete));
        }
    }

    private void arrive(SnapshotId id, SnapshotMeta meta) {
        cluster.time().after(dice.between(1, 10) * MS, () -> {
            if (node.isPresent(this) && aborted.remove(id) == null) {
                node.disk().stage(meta);
                arrived.put(id, new Staged(meta, cluster.time().now()));
                node.post(new Event.SnapshotStaged(id, meta));
            }
        });
    }

    @Override
    public void abort(SnapshotId id) {
        boundary();
        Staged staged = arrived.remove(id);
        if (staged == null) {
            aborted.put(id, true);
        } else {
            node.disk().unstage(staged.meta());
        }
    }

    @Override
    public void install(SnapshotId id, SnapshotMeta meta) {
        boundary();
        Staged staged = arrived.remove(id);
        if (staged == null || !staged.meta().equals(meta)) {
            throw new PropertyViolation("SnapshotDepot", node.id() + " installs " + id + ", which is not staged");
        }
        cluster.time().after(dice.between(0, 5) * MS, () -> {
            if (node.isPresent(this)) {
                node.disk().install(meta);
                slot = meta.count();
                zxid = meta.zxid();
                digest = meta.digest();
                lastCheckpointSlot = slot;
                cluster.properties().restored(node, meta);
                node.post(new Event.SnapshotInstalled(id, meta));
                if (node.isPresent(this)) {
                    serveReads();
                }
            }
        });
    }

    // ---- Host ----

    @Override
    public void roleChanged(Effect.RoleChanged change) {
        boundary();
        if (change.serving() && zxid < servesFrom.remove()) {
            throw new PropertyViolation(
                    "ServesWhatItHas", node.id() + " serves at " + zxid + " before it applied what came before");
        }
        cluster.roleChanged(node, change);
    }

    @Override
    public void rejected(List<ProposalId> ids, RejectReason reason) {
        boundary();
        for (ProposalId id : ids) {
            cluster.properties().rejected(node, id);
            cluster.workload().rejected(node, id);
        }
    }

    @Override
    public void uncertain(List<ProposalId> ids) {
        boundary();
        for (ProposalId id : ids) {
            cluster.workload().uncertain(node, id);
        }
    }

    @Override
    public void readReady(long readId, long ready) {
        boundary();
        cluster.workload().readReady(node, readId, ready);
    }

    @Override
    public void readFailed(long readId, RejectReason reason) {
        boundary();
        cluster.workload().readFailed(node, readId);
    }

    /** A read of one of this member's own clients may be served once the state machine stands there. */
    void serveFrom(long readId, long ready) {
        waitingReads.computeIfAbsent(ready, key -> new TreeMap<>()).put(readId, ready);
        serveReads();
    }

    private void serveReads() {
        while (!waitingReads.isEmpty() && waitingReads.firstKey() <= zxid) {
            Map.Entry<Long, Map<Long, Long>> due = waitingReads.pollFirstEntry();
            for (long readId : due.getValue().keySet()) {
                cluster.properties().readServed(node, readId, due.getKey(), zxid);
            }
        }
    }

    @Override
    public void halt(String reason) {
        halted = true;
        cluster.trace().note(cluster.time().now(), node.id(), "halts: " + reason);
        cluster.properties().halted(node, reason, node.diskFailed());
    }

    @Override
    public void trace(TraceEvent event) {
        boundary(); // The properties learned of it with the step.
    }
}
