package io.zabkeeper.server.replica;

import io.zabkeeper.consensus.AtomicBroadcast;
import io.zabkeeper.consensus.DurableImage;
import io.zabkeeper.consensus.Effect;
import io.zabkeeper.consensus.Entry;
import io.zabkeeper.consensus.Event;
import io.zabkeeper.consensus.Message;
import io.zabkeeper.consensus.Payload;
import io.zabkeeper.consensus.Proposal;
import io.zabkeeper.consensus.ProposalId;
import io.zabkeeper.consensus.RejectReason;
import io.zabkeeper.consensus.Role;
import io.zabkeeper.consensus.Status;
import io.zabkeeper.consensus.TraceEvent;
import io.zabkeeper.consensus.driver.Driver;
import io.zabkeeper.consensus.driver.Host;
import io.zabkeeper.consensus.driver.Log;
import io.zabkeeper.consensus.driver.PeerLinks;
import io.zabkeeper.consensus.driver.SnapshotDepot;
import io.zabkeeper.consensus.driver.StateMachine;
import io.zabkeeper.consensus.quorum.NodeId;
import io.zabkeeper.server.loop.Turn;
import io.zabkeeper.server.session.Session;
import io.zabkeeper.server.tree.Applied;
import io.zabkeeper.server.tree.Command;
import io.zabkeeper.server.tree.CommandCodec;
import io.zabkeeper.server.tree.QuotaExcess;
import io.zabkeeper.server.tree.SessionChange;
import io.zabkeeper.server.tree.TreeEvent;
import io.zabkeeper.server.tree.TreeMachine;
import io.zabkeeper.server.watch.WatchTable;
import io.zabkeeper.server.watch.Watcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A member's whole state and what happens to it: the protocol core behind its driver, the tree, the watches, the requests
 * on their way. It belongs to one thread, the replica loop; nothing here is locked, nothing here blocks.
 *
 * <p>A request of a client comes in through {@link #order}; all requests of one turn of the loop become one proposal. On
 * the leader they go to the core, elsewhere to the leader. What the core delivers is applied to the tree:
 * first the watch events leave, then the reply, then the next entry (section 5.6 of the client protocol).
 */
public final class Replica implements StateMachine, Host {
    private static final Logger LOG = LoggerFactory.getLogger(Replica.class);

    /** How long entries may be applied before the sockets have their turn; what is left is for the next one. */
    private static final long TURN_NANOS = 20_000_000;

    /** Answers a read that had to wait. */
    public interface BarrierWaiter extends Barriers.Waiter {}

    private final NodeId self;
    private final long incarnation;
    private final Turn turn;
    private final LongSupplier wallMillis;
    private final LongSupplier nanos;
    private final PeerLinks links;
    private final Driver driver;
    private final WatchTable<Watcher> watches;
    private final ClientService clients;
    private final Halt halt;
    private final Room room;
    private final ReadOnlyMode readOnly;
    private final TraceLog traces = new TraceLog();
    private final QuotaLog quotaLog = new QuotaLog();
    private final ReplicaFigures figures;
    private final DigestHistory digests = new DigestHistory();

    private TreeMachine machine;

    private Role role = Role.LOOKING;
    private NodeId leader = NodeId.NONE;
    private long round;
    private boolean serving;

    private final PendingWrites pending = new PendingWrites();
    private final Barriers barriers;
    private final SessionLiveness liveness = new SessionLiveness();

    private List<Proposal> batch = new ArrayList<>();
    private boolean turnAsked;
    private boolean applying;
    private long turnBeganNanos;
    private long sequences;
    /** The newest stamp given or applied; stamps never go back. */
    private long lastStampMillis;

    private long lastReportNanos;

    /** Ends the process. Does not return. */
    public interface Halt {
        void now(String reason);
    }

    /** Whether the log has room for requests of clients. What is left on a full disk is for sessions to end (D8). */
    public interface Room {
        boolean isThere();
    }

    public Replica(
            NodeId self,
            long incarnation,
            AtomicBroadcast core,
            TreeMachine machine,
            WatchTable<Watcher> watches,
            Log log,
            PeerLinks links,
            SnapshotDepot depot,
            ClientService clients,
            Turn turn,
            LongSupplier wallMillis,
            LongSupplier nanos,
            Room room,
            ReadOnlyMode readOnly,
            Halt halt) {
        this.self = self;
        this.incarnation = incarnation;
        this.machine = machine;
        this.watches = watches;
        this.links = links;
        this.clients = clients;
        this.turn = turn;
        this.wallMillis = wallMillis;
        this.nanos = nanos;
        this.halt = halt;
        this.room = room;
        this.figures = new ReplicaFigures(nanos.getAsLong());
        this.readOnly = readOnly;
        this.barriers = new Barriers(links);
        this.driver = new Driver(core, log, links, this, depot, this);
    }

    /** The first call. Delivers what the disk knows to be committed and begins to look for a leader. */
    public void boot(DurableImage image) {
        driver.handle(new Event.Boot(image));
        while (driver.isBehind()) {
            driver.goOn();
        }
        driver.handle(new Event.Tick(nanos.getAsLong()));
    }

    /** Called every few milliseconds. */
    public void tick() {
        long now = nanos.getAsLong();
        driver.handle(new Event.Tick(now));
        if (now - lastReportNanos >= SessionLiveness.REPORT_NANOS) {
            lastReportNanos = now;
            reportHeard(now);
        }
        for (long session : liveness.expire(now)) {
            expire(session);
        }
        if (readOnly.begins(machine.lastZxid(), now)) {
            clients.readOnlyStarted();
        }
    }

    /** Hands an event of the disk, a link or a transfer to the core. */
    public void handle(Event event) {
        driver.handle(event);
    }

    /** A message of a peer: the protocol's go to the core, the replicas' own stay here. */
    public void receive(NodeId from, long linkGeneration, Message message) {
        if (message instanceof ReplicaMessage ours) {
            receive(from, ours);
        } else {
            driver.handle(new Event.Receive(from, linkGeneration, message));
        }
    }

    // ---- requests ---------------------------------------------------------------------------------------------------

    /** Orders a command of this member's clients. The outcome is told once it has been applied here. */
    public void order(byte[] command, Completion completion) {
        if (!serving) {
            completion.lost();
            return;
        }
        long sequence = ++sequences;
        pending.add(sequence, completion);
        enqueue(new ProposalId(self, incarnation, sequence), new Payload(command));
    }

    /** Asks for a position that covers everything committed before this call, and waits until it is applied (L-2, L-4). */
    public void barrier(BarrierWaiter waiter) {
        if (!serving) {
            waiter.failed();
            return;
        }
        long id = barriers.ask(waiter);
        if (role == Role.LEADING) {
            askCore(null, id);
        } else {
            links.send(leader, new ReplicaMessage.BarrierRequest(id));
        }
    }

    private void enqueue(ProposalId id, Payload payload) {
        batch.add(new Proposal(id, role == Role.LEADING ? stamp() : 0, payload));
        if (!turnAsked) {
            turnAsked = true;
            turn.atEnd(Turn.Phase.ORDER, this::orderBatch);
        }
    }

    private void orderBatch() {
        turnAsked = false;
        if (batch.isEmpty()) {
            return;
        }
        List<Proposal> requests = batch;
        batch = new ArrayList<>();
        if (role == Role.LEADING) {
            figures.proposing(nanos.getAsLong());
            driver.handle(new Event.Propose(requests));
        } else if (serving) {
            links.send(leader, new ReplicaMessage.Forward(round, requests));
        }
    }

    /** The leader's time: never behind what it gave or applied before, however the wall clock jumps (C1). */
    private long stamp() {
        lastStampMillis = Math.max(lastStampMillis, wallMillis.getAsLong());
        return lastStampMillis;
    }

    private void receive(NodeId from, ReplicaMessage message) {
        if (message instanceof ReplicaMessage.Forward forward) {
            onForward(from, forward);
        } else if (message instanceof ReplicaMessage.ForwardRejected rejected) {
            rejected.sequences().forEach(pending::refuse);
        } else if (message instanceof ReplicaMessage.BarrierRequest request) {
            if (role == Role.LEADING && serving) {
                askCore(from, request.id());
            } else {
                links.send(from, new ReplicaMessage.BarrierReply(request.id(), 0));
            }
        } else if (message instanceof ReplicaMessage.BarrierReply reply) {
            if (reply.zxid() == 0) {
                barriers.refused(reply.id());
            } else {
                barriers.answered(reply.id(), reply.zxid(), machine.lastZxid());
            }
        } else if (message instanceof ReplicaMessage.Heard heard && liveness.isLeading()) {
            liveness.touch(heard.touches(), machine.sessions(), nanos.getAsLong());
        }
    }

    private void onForward(NodeId from, ReplicaMessage.Forward forward) {
        if (role != Role.LEADING || !serving || forward.epoch() != round || !room.isThere()) {
            links.send(from, new ReplicaMessage.ForwardRejected(sequencesOf(forward.proposals())));
            return;
        }
        for (Proposal proposal : forward.proposals()) {
            enqueue(proposal.id(), proposal.payload());
        }
    }

    private static List<Long> sequencesOf(List<Proposal> proposals) {
        List<Long> sequences = new ArrayList<>(proposals.size());
        proposals.forEach(proposal -> sequences.add(proposal.id().sequence()));
        return sequences;
    }

    private void askCore(@Nullable NodeId asker, long id) {
        driver.handle(new Event.ReadBarrier(barriers.askCore(asker, id)));
    }

    // ---- what the core delivers and tells ---------------------------------------------------------------------------

    /** As much as fits into this turn: heartbeats come in between, however much is to be applied. */
    @Override
    public int deliver(List<Entry> entries) {
        endReadOnly("entries are applied");
        if (!applying) {
            applying = true;
            turnBeganNanos = nanos.getAsLong();
            turn.atEnd(Turn.Phase.CLIENTS, this::rest);
        }
        int taken = 0;
        long nowMillis = wallMillis.getAsLong();
        do {
            Entry entry = entries.get(taken++);
            apply(entry);
            figures.applied(role, entry.stampMillis(), nowMillis);
        } while (taken < entries.size() && nanos.getAsLong() - turnBeganNanos < TURN_NANOS);
        barriers.applied(machine.lastZxid());
        return taken;
    }

    private void rest() {
        applying = false;
        if (driver.isBehind()) {
            turn.next(driver::goOn);
        }
    }

    private void apply(Entry entry) {
        ProposalId id = entry.id();
        Applied outcome = machine.apply(
                entry.zxid(),
                entry.stampMillis(),
                id.origin().value(),
                entry.payload().bytes());
        lastStampMillis = Math.max(lastStampMillis, entry.stampMillis());
        QuotaExcess excess = machine.takeQuotaExcess();
        if (excess != null && serving) {
            quotaLog.log(excess, nanos.getAsLong());
        }
        if (DigestHistory.isKept(entry.zxid())) {
            digests.add(entry.zxid(), machine.digest());
        }
        for (TreeEvent event : outcome.events()) {
            figures.triggered(event.type(), watches.trigger(entry.zxid(), event.type(), event.path(), event.acl()));
        }
        boolean ours = id.origin().equals(self) && id.incarnation() == incarnation;
        SessionChange change = outcome.session();
        if (change != null) {
            apply(change, ours);
        }
        if (ours) {
            Completion completion = pending.take(id.sequence());
            if (completion != null) {
                completion.applied(entry.zxid(), outcome);
            }
        }
        if (change != null && change.kind() == SessionChange.Kind.CLOSED) {
            clients.sessionClosed(change.session()); // After the reply to the client that asked for it.
        }
    }

    private void apply(SessionChange change, boolean ours) {
        switch (change.kind()) {
            case OPENED, ATTACHED -> {
                if (liveness.isLeading()) {
                    liveness.closed(change.session()); // Its timeout may have become shorter.
                    liveness.touch(change.session(), change.timeoutMs(), nanos.getAsLong());
                }
                if (!ours) {
                    clients.sessionMoved(change.session());
                }
            }
            case CLOSED -> liveness.closed(change.session());
        }
    }

    @Override
    public void roleChanged(Effect.RoleChanged change) {
        LOG.info(
                "role changes role={} epoch={} leader={} serving={}",
                change.role(),
                change.round(),
                change.leader(),
                change.serving());
        boolean served = serving;
        role = change.role();
        round = change.round();
        leader = change.leader();
        serving = change.serving();
        figures.roleChanged(role, serving, nanos.getAsLong());
        if (served) {
            stopService();
        }
        if (role != Role.LOOKING) {
            endReadOnly("this member is " + role);
        }
        readOnly.roleChanged(role, nanos.getAsLong());
        if (serving) {
            if (role == Role.LEADING) {
                liveness.lead(machine.sessions(), nanos.getAsLong());
            }
            clients.started();
        }
    }

    /** Nothing is applied while reads are served without a quorum: whoever is served is dropped first. */
    private void endReadOnly(String reason) {
        if (readOnly.isServing()) {
            readOnly.end(nanos.getAsLong());
            clients.stopped(reason);
        }
    }

    private void stopService() {
        liveness.stopLeading();
        batch.clear();
        clients.stopped("this member lost its leader");
        pending.loseAll();
        barriers.failAll();
    }

    @Override
    public void rejected(List<ProposalId> ids, RejectReason reason) {
        LOG.debug("proposals rejected count={} reason={}", ids.size(), reason);
        Map<NodeId, List<Long>> others = new TreeMap<>();
        for (ProposalId id : ids) {
            if (id.origin().equals(self)) {
                pending.refuse(id.sequence());
            } else {
                others.computeIfAbsent(id.origin(), unused -> new ArrayList<>()).add(id.sequence());
            }
        }
        others.forEach((origin, sequences) -> links.send(origin, new ReplicaMessage.ForwardRejected(sequences)));
    }

    @Override
    public void uncertain(List<ProposalId> ids) {
        // Nothing to do for each: losing the office drops every client connection of this member, and the followers
        // that forwarded the others find out the same way.
        LOG.info("outcome of proposals unknown count={}", ids.size());
    }

    @Override
    public void readReady(long readId, long zxid) {
        barriers.coreAnswers(readId, zxid, machine.lastZxid());
    }

    @Override
    public void readFailed(long readId, RejectReason reason) {
        barriers.coreAnswers(readId, 0, machine.lastZxid());
    }

    @Override
    public void halt(String reason) {
        halt.now(reason);
    }

    @Override
    public void trace(TraceEvent event) {
        figures.traced(event, nanos);
        traces.log(event);
    }

    // ---- sessions ---------------------------------------------------------------------------------------------------

    private void reportHeard(long now) {
        if (!serving) {
            return;
        }
        if (liveness.isLeading()) {
            clients.heard(liveness::touch);
            return;
        }
        SessionLiveness.Report report = new SessionLiveness.Report(now);
        clients.heard(report);
        if (!report.touches().isEmpty()) {
            links.send(leader, new ReplicaMessage.Heard(report.touches()));
        }
    }

    private void expire(long id) {
        Session session = machine.sessions().get(id);
        if (session == null) {
            return;
        }
        LOG.info("session expires session=0x{}", Long.toHexString(id));
        figures.expired();
        order(CommandCodec.encode(new Command.ExpireSession(id, session.attachedZxid())), new Completion() {
            @Override
            public void applied(long zxid, Applied outcome) {
                // Applying it has told everybody; when the client was faster, attaching it has set a new deadline.
                if (outcome.session() != null) {
                    clients.sessionExpired(id, outcome);
                }
            }

            @Override
            public void lost() {
                if (liveness.isLeading()) {
                    liveness.touch(id, 0, nanos.getAsLong()); // Try again soon.
                }
            }
        });
    }

    // ---- views ------------------------------------------------------------------------------------------------------

    /** The state as applied here. Read it, never change it, never keep it beyond the present call. */
    public TreeMachine machine() {
        return machine;
    }

    /** A snapshot of a leader takes the place of the state. */
    void replaceMachine(TreeMachine restored) {
        endReadOnly("a snapshot is installed");
        machine = restored;
        digests.clear();
    }

    public WatchTable<Watcher> watches() {
        return watches;
    }

    public Status status() {
        return driver.status();
    }

    public ReplicaFigures figures() {
        return figures;
    }

    public DigestHistory digests() {
        return digests;
    }

    /** When sessions expire, the next ones first and so many at most; learners do not know. */
    public void forEachDeadline(int limit, Deadlines deadlines) {
        liveness.forEachDeadline(limit, nanos.getAsLong(), deadlines);
    }

    /** Gets each session that is watched over, and in how many milliseconds it expires unless it is heard. */
    public interface Deadlines {
        void deadline(long session, long inMillis);
    }

    /** Calls of {@code sync} that wait for the leader's answer, those of followers included. */
    public int pendingSyncs() {
        return barriers.pendingAtCore();
    }

    /** Whether requests of clients can be logged here; false on a full disk, until there is space again. */
    public boolean hasRoom() {
        return room.isThere();
    }

    public boolean isServing() {
        return serving;
    }

    /** Whether reads are served though there is no quorum. Never at the same time as {@link #isServing}. */
    public boolean isReadOnly() {
        return readOnly.isServing();
    }

    public boolean isLeading() {
        return role == Role.LEADING && serving;
    }

    public NodeId self() {
        return self;
    }

    /** Own requests that are not applied yet. */
    public int outstanding() {
        return pending.size();
    }
}
