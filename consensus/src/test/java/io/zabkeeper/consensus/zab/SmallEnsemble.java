package io.zabkeeper.consensus.zab;

import io.zabkeeper.consensus.Configuration;
import io.zabkeeper.consensus.DurableImage;
import io.zabkeeper.consensus.Effect;
import io.zabkeeper.consensus.Entry;
import io.zabkeeper.consensus.Event;
import io.zabkeeper.consensus.HardState;
import io.zabkeeper.consensus.Message;
import io.zabkeeper.consensus.Payload;
import io.zabkeeper.consensus.Proposal;
import io.zabkeeper.consensus.ProposalId;
import io.zabkeeper.consensus.RejectReason;
import io.zabkeeper.consensus.SnapshotId;
import io.zabkeeper.consensus.SnapshotMeta;
import io.zabkeeper.consensus.Standing;
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
import io.zabkeeper.consensus.quorum.NodeSet;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A few members in one queue of virtual time, each with a driver, a disk that loses what it did not sync, and a list for
 * a state machine. Enough to see the protocol work; the simulator is there to see it fail.
 */
final class SmallEnsemble {
    static final long MS = 1_000_000;

    private record Happening(long at, long order, Runnable action) {}

    private final PriorityQueue<Happening> queue =
            new PriorityQueue<>((a, b) -> a.at != b.at ? Long.compare(a.at, b.at) : Long.compare(a.order, b.order));
    private final SplittableRandom random;
    private final ZabConfig config;
    private final ZabMutation[] mutations;
    private final NodeSet voters;
    private long order;
    private long generations;
    long now;

    /** In a thousand messages. */
    int lost;

    int doubled;
    long delay = MS / 5;
    long spread = MS / 5;
    long sync = MS / 2;

    final List<Node> nodes = new ArrayList<>();

    /** What was delivered anywhere, by the entry before it. */
    private final TreeMap<Long, Entry> successors = new TreeMap<>();

    final List<String> trace = new ArrayList<>();

    SmallEnsemble(int size, long seed, ZabConfig config, ZabMutation... mutations) {
        this.random = new SplittableRandom(seed);
        this.config = config;
        this.mutations = mutations;
        NodeSet ids = NodeSet.EMPTY;
        for (int i = 1; i <= size; i++) {
            ids = ids.with(new NodeId(i));
        }
        voters = ids;
        for (int i = 1; i <= size; i++) {
            nodes.add(new Node(i));
        }
    }

    Node node(int id) {
        return nodes.get(id - 1);
    }

    void startAll() {
        nodes.forEach(Node::start);
    }

    void after(long nanos, Runnable action) {
        queue.add(new Happening(now + nanos, order++, action));
    }

    void run(long nanos) {
        long end = now + nanos;
        while (!queue.isEmpty() && queue.peek().at <= end) {
            Happening next = queue.remove();
            now = next.at;
            next.action.run();
        }
        now = end;
    }

    /** Runs until it holds, or fails after a minute of virtual time. */
    void runUntil(String what, BooleanSupplier condition) {
        long end = now + 60_000 * MS;
        while (!condition.getAsBoolean()) {
            if (now > end) {
                throw new AssertionError("never: " + what + "\n" + tail());
            }
            run(MS);
        }
    }

    String tail() {
        StringBuilder text = new StringBuilder();
        for (Node node : nodes) {
            text.append(node.id)
                    .append(": ")
                    .append(node.up ? node.status() : "down")
                    .append('\n');
        }
        trace.subList(Math.max(0, trace.size() - 120), trace.size())
                .forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    @Nullable
    Node leader() {
        Node leader = null;
        for (Node node : nodes) {
            if (node.up
                    && node.status().serving()
                    && node.status().leader().equals(node.id)
                    && (leader == null
                            || node.status().round() > leader.status().round())) {
                leader = node;
            }
        }
        return leader;
    }

    boolean allServe() {
        return nodes.stream().allMatch(node -> node.up && node.status().serving());
    }

    boolean allEqual() {
        Node first = nodes.get(0);
        return nodes.stream()
                .allMatch(node -> node.up
                        && node.status().delivered() == first.status().delivered()
                        && node.status().serving());
    }

    void cut(int a, int b) {
        node(a).drop(b);
        node(b).drop(a);
    }

    void join(int a, int b) {
        Node left = node(a);
        Node right = node(b);
        if (left.up && right.up && left.links.get(b) == null) {
            long generation = ++generations;
            left.linkUp(b, generation);
            right.linkUp(a, generation);
        }
    }

    void joinAll() {
        for (Node a : nodes) {
            for (Node b : nodes) {
                if (a.id.compareTo(b.id) < 0) {
                    join(a.id.value(), b.id.value());
                }
            }
        }
    }

    final class Node implements Log, PeerLinks, StateMachine, SnapshotDepot, Host {
        final NodeId id;
        final TreeMap<Integer, Long> links = new TreeMap<>();

        // The disk.
        private final List<WalRecord> durable = new ArrayList<>();
        private SnapshotMeta checkpoint = SnapshotMeta.NONE;
        private long knownCommitted;
        private long incarnation;
        Standing standing = Standing.BLANK;

        // This life.
        boolean up;
        private int life;
        private @Nullable Driver driver;
        private final List<Effect.Wal> unsynced = new ArrayList<>();
        private boolean syncing;
        long machine;
        final List<Entry> delivered = new ArrayList<>();
        final List<ProposalId> rejected = new ArrayList<>();
        final List<ProposalId> uncertain = new ArrayList<>();
        final TreeMap<Long, Long> reads = new TreeMap<>();
        final List<Long> failedReads = new ArrayList<>();

        @Nullable
        String halted;

        private long sequence;

        Node(int value) {
            id = new NodeId(value);
        }

        Status status() {
            return booted().status();
        }

        private Driver booted() {
            if (driver == null) {
                throw new IllegalStateException(id + " is down");
            }
            return driver;
        }

        void start() {
            life++;
            incarnation++;
            up = true;
            unsynced.clear();
            syncing = false;
            ZabCore core = ZabCores.breaking(id, config, random.nextLong(), mutations);
            driver = new Driver(core, this, this, this, this, this);
            DurableImage image = image();
            machine = image.snapshot().zxid();
            handle(new Event.Boot(image));
            tick(life);
            for (Node other : nodes) {
                if (other != this && other.up) {
                    after(random.nextLong(MS), () -> join(id.value(), other.id.value()));
                }
            }
        }

        private DurableImage image() {
            HardState hard = HardState.INITIAL;
            List<Entry> entries = new ArrayList<>();
            for (WalRecord next : durable) {
                if (next instanceof WalRecord.State state) {
                    hard = state.state();
                } else if (next instanceof WalRecord.Append append) {
                    entries.add(append.entry());
                } else if (next instanceof WalRecord.Truncate truncate) {
                    entries.removeIf(entry -> entry.zxid() > truncate.last());
                } else if (next instanceof WalRecord.Snapshot snapshot && snapshot.replacesHistory()) {
                    entries.clear();
                    checkpoint = snapshot.meta();
                }
            }
            if (standing == Standing.BLANK && !hard.equals(HardState.INITIAL)) {
                standing = Standing.VOTER;
            }
            Configuration configuration = new Configuration(0, voters, NodeSet.EMPTY);
            long last = entries.isEmpty()
                    ? checkpoint.zxid()
                    : entries.get(entries.size() - 1).zxid();
            return new DurableImage(
                    hard,
                    checkpoint,
                    entries,
                    Math.max(checkpoint.zxid(), Math.min(knownCommitted, last)),
                    incarnation,
                    standing,
                    configuration);
        }

        void crash() {
            up = false;
            life++;
            driver = null;
            int kept = unsynced.isEmpty() ? 0 : random.nextInt(unsynced.size() + 1);
            unsynced.subList(0, kept).forEach(wal -> durable.addAll(wal.records()));
            unsynced.clear();
            for (Node other : nodes) {
                if (other != this) {
                    other.drop(id.value());
                    links.remove(other.id.value());
                }
            }
        }

        void cutOff() {
            for (Node other : nodes) {
                if (other != this) {
                    cut(id.value(), other.id.value());
                }
            }
        }

        void wipe(Standing as) {
            durable.clear();
            checkpoint = SnapshotMeta.NONE;
            knownCommitted = 0;
            standing = as;
        }

        void propose(int count) {
            List<Proposal> proposals = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                proposals.add(new Proposal(
                        new ProposalId(id, incarnation, ++sequence), now / MS, new Payload(new byte[] {(byte) sequence
                        })));
            }
            handle(new Event.Propose(proposals));
        }

        void handle(Event event) {
            if (up && halted == null) {
                booted().handle(event);
            }
        }

        private void later(long nanos, Event event) {
            int mine = life;
            after(nanos, () -> {
                if (life == mine) {
                    handle(event);
                }
            });
        }

        private void tick(int mine) {
            if (life == mine && halted == null) {
                handle(new Event.Tick(now));
                long wait = Math.min(Math.max(booted().nextDeadlineNanos() - now, MS / 10), 50 * MS);
                after(wait, () -> tick(mine));
            }
        }

        /** A checkpoint of all that was delivered; the log before it is forgotten. */
        void checkpoint() {
            SnapshotMeta meta = new SnapshotMeta(machine, 0, 0);
            checkpoint = meta;
            List<WalRecord> kept = new ArrayList<>();
            HardState hard = image().hardState();
            kept.add(new WalRecord.State(hard));
            for (Entry entry : image().entries()) {
                if (entry.zxid() > meta.zxid()) {
                    kept.add(new WalRecord.Append(entry));
                }
            }
            durable.clear();
            durable.addAll(kept);
            handle(new Event.SnapshotTaken(meta));
        }

        void drop(int peer) {
            Long generation = links.remove(peer);
            if (generation != null && up) {
                later(random.nextLong(MS), new Event.LinkChanged(new NodeId(peer), generation, false));
            }
        }

        private void linkUp(int peer, long generation) {
            links.put(peer, generation);
            handle(new Event.LinkChanged(new NodeId(peer), generation, true));
        }

        @Override
        public void append(long walSequence, List<WalRecord> records, long committed) {
            unsynced.add(new Effect.Wal(walSequence, records));
            knownCommitted = Math.max(knownCommitted, committed);
            if (!syncing) {
                startSync();
            }
        }

        private void startSync() {
            syncing = true;
            int count = unsynced.size();
            int mine = life;
            after(sync / 2 + random.nextLong(sync), () -> {
                if (life == mine && halted == null) {
                    long upTo = unsynced.get(count - 1).sequence();
                    for (int i = 0; i < count; i++) {
                        durable.addAll(unsynced.remove(0).records());
                    }
                    syncing = false;
                    if (!unsynced.isEmpty()) {
                        startSync();
                    }
                    handle(new Event.Persisted(upTo));
                }
            });
        }

        @Override
        public void release(SnapshotMeta released) {}

        @Override
        public void send(NodeId to, Message message) {
            Long generation = links.get(to.value());
            if (generation == null) {
                return;
            }
            int copies = random.nextInt(1000) < lost ? 0 : random.nextInt(1000) < doubled ? 2 : 1;
            Node target = node(to.value());
            for (int i = 0; i < copies; i++) {
                int theirs = target.life;
                long fixed = generation;
                after(delay + random.nextLong(spread), () -> {
                    if (target.life == theirs) {
                        target.handle(new Event.Receive(id, fixed, message));
                    }
                });
            }
        }

        @Override
        public void reset(NodeId peer, String reason) {
            trace.add(now / MS + " " + id + " resets " + peer + ": " + reason);
            cut(id.value(), peer.value());
            after(MS, () -> join(id.value(), peer.value()));
        }

        @Override
        public int deliver(List<Entry> entries) {
            for (Entry entry : entries) {
                if (entry.previous() != machine) {
                    throw new AssertionError(id + " stands at " + machine + " and is given " + entry + "\n" + tail());
                }
                Entry known = successors.putIfAbsent(entry.previous(), entry);
                if (known != null && !known.equals(entry)) {
                    throw new AssertionError(id + " delivers " + entry + " where " + known + " was\n" + tail());
                }
                machine = entry.zxid();
                delivered.add(entry);
            }
            return entries.size();
        }

        @Override
        public void send(NodeId peer, SnapshotId snapshot) {
            SnapshotMeta meta = new SnapshotMeta(machine, 0, 0);
            if (machine != snapshot.zxid()) {
                throw new AssertionError("snapshot at " + machine + " instead of " + snapshot);
            }
            Node target = node(peer.value());
            int theirs = target.life;
            boolean arrives = random.nextInt(1000) >= lost;
            after(5 * MS, () -> {
                if (arrives && target.life == theirs) {
                    target.handle(new Event.SnapshotStaged(snapshot, meta));
                }
                handle(new Event.SnapshotSent(peer, snapshot, arrives));
            });
        }

        @Override
        public void abort(SnapshotId snapshot) {
            trace.add(now / MS + " " + id + " aborts " + snapshot);
        }

        @Override
        public void install(SnapshotId snapshot, SnapshotMeta meta) {
            machine = meta.zxid();
            later(MS, new Event.SnapshotInstalled(snapshot, meta));
        }

        @Override
        public void roleChanged(Effect.RoleChanged change) {
            trace.add(now / MS + " " + id + " " + change);
        }

        @Override
        public void rejected(List<ProposalId> ids, RejectReason reason) {
            rejected.addAll(ids);
        }

        @Override
        public void uncertain(List<ProposalId> ids) {
            uncertain.addAll(ids);
        }

        @Override
        public void readReady(long readId, long zxid) {
            reads.put(readId, zxid);
        }

        @Override
        public void readFailed(long readId, RejectReason reason) {
            failedReads.add(readId);
        }

        @Override
        public void halt(String reason) {
            halted = reason;
            throw new AssertionError(id + " halts: " + reason + "\n" + tail());
        }

        @Override
        public void trace(TraceEvent event) {
            if (!(event instanceof TraceEvent.Ignored)) {
                trace.add(now / MS + " " + id + " " + event);
            }
        }
    }
}
