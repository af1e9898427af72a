package io.zabkeeper.consensus.simulator;

import io.zabkeeper.consensus.Entry;
import io.zabkeeper.consensus.Event;
import io.zabkeeper.consensus.Payload;
import io.zabkeeper.consensus.Proposal;
import io.zabkeeper.consensus.ProposalId;
import io.zabkeeper.consensus.quorum.NodeId;
import io.zabkeeper.consensus.simulator.invariant.PropertyViolation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Clients of all members: writes, which the member they talk to forwards to its leader, and barrier reads.
 *
 * <p>A write is done when its origin delivers it. Every core that accepted one owes an answer: it delivers it, rejects it,
 * or calls it uncertain, and it does so once.
 */
final class Workload {
    private record Reader(SimulatedNode node, long incarnation) {}

    private final SimulatedCluster cluster;
    private final Dice dice;

    private long lastSequence;
    private long lastReadId;
    private boolean stopped;

    /** Whose client still waits. */
    private final Set<ProposalId> pending = new HashSet<>();

    /** For each member, what its core was given and has not answered. */
    private final Map<NodeId, Set<ProposalId>> owed = new HashMap<>();

    private final Map<Long, Reader> readers = new HashMap<>();

    private final Map<NodeId, Long> acknowledged = new HashMap<>();
    private long reads;

    Workload(SimulatedCluster cluster, Dice dice) {
        this.cluster = cluster;
        this.dice = dice;
    }

    void start() {
        cluster.time().after(dice.exponential(cluster.plan().requestEveryNanos()), () -> {
            if (stopped) {
                return;
            }
            SimulatedNode origin = dice.pick(cluster.nodes());
            if (dice.chance(0.2)) {
                read(origin);
            } else {
                write(origin, dice.chance(0.1) ? dice.between(2, 8) : 1);
            }
            start();
        });
    }

    void stop() {
        stopped = true;
    }

    // ---- Writes ----

    void write(SimulatedNode origin, int count) {
        if (!origin.isUp() || origin.isPaused()) {
            return;
        }
        NodeId leader = origin.status().leader();
        if (leader.isNone()) {
            return;
        }
        List<Proposal> proposals = draw(origin, count);
        SimulatedNode target = cluster.node(leader);
        if (target == origin) {
            hand(target, proposals);
        } else {
            cluster.network().carry(origin, target, () -> hand(target, proposals));
        }
    }

    /** A write that goes to the member's own core, whether it leads or not. */
    void writeAt(SimulatedNode origin) {
        hand(origin, draw(origin, 1));
    }

    private List<Proposal> draw(SimulatedNode origin, int count) {
        List<Proposal> proposals = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ProposalId id = new ProposalId(origin.id(), origin.incarnation(), ++lastSequence);
            byte[] bytes = new byte[dice.between(4, 40)];
            for (int at = 0; at < 4; at++) {
                bytes[at] = (byte) (lastSequence >>> (8 * at));
            }
            Proposal proposal = new Proposal(id, 0, new Payload(bytes));
            cluster.properties().invoked(proposal);
            pending.add(id);
            proposals.add(proposal);
        }
        return proposals;
    }

    /** The member that leads, or is believed to, stamps the requests with its own wall clock and asks its core. */
    void hand(SimulatedNode target, List<Proposal> proposals) {
        if (!target.isUp()) {
            return;
        }
        List<Proposal> stamped = new ArrayList<>();
        Set<ProposalId> owing = owed.computeIfAbsent(target.id(), id -> new HashSet<>());
        for (Proposal proposal : proposals) {
            long wall = 1_700_000_000_000L + target.localNow() / 1_000_000 + dice.between(-20, 20);
            stamped.add(new Proposal(proposal.id(), wall, proposal.payload()));
            owing.add(proposal.id());
        }
        target.post(new Event.Propose(stamped));
    }

    void delivered(SimulatedNode node, long slot, Entry entry) {
        owing(node).remove(entry.id());
        boolean own = entry.id().origin().equals(node.id()) && entry.id().incarnation() == node.incarnation();
        if (own && pending.remove(entry.id())) {
            acknowledged.merge(node.id(), 1L, Long::sum);
            cluster.properties().acknowledged(node, slot, entry);
        }
    }

    void rejected(SimulatedNode node, ProposalId id) {
        answer(node, id, "rejected");
    }

    void uncertain(SimulatedNode node, ProposalId id) {
        answer(node, id, "uncertain");
    }

    private void answer(SimulatedNode node, ProposalId id, String how) {
        if (!owing(node).remove(id)) {
            throw new PropertyViolation(
                    "Workload", node.id() + " calls " + id + " " + how + ", which it did not owe an answer");
        }
        pending.remove(id);
    }

    /** Clients of a member that does not serve lose their connections: they know nothing of what they asked for. */
    void servesNoMore(SimulatedNode node) {
        pending.removeIf(id -> id.origin().equals(node.id()));
    }

    void crashed(NodeId id, long incarnation) {
        owed.remove(id);
        pending.removeIf(each -> each.origin().equals(id) && each.incarnation() == incarnation);
    }

    private Set<ProposalId> owing(SimulatedNode node) {
        return owed.getOrDefault(node.id(), new HashSet<>());
    }

    /** What that member's core still owes an answer. */
    int owedBy(SimulatedNode node) {
        return owing(node).size();
    }

    long acknowledgedBy(SimulatedNode node) {
        return acknowledged.getOrDefault(node.id(), 0L);
    }

    long acknowledged() {
        long sum = 0;
        for (long count : acknowledged.values()) {
            sum += count;
        }
        return sum;
    }

    long readsServed() {
        return reads;
    }

    // ---- Reads behind a barrier ----

    void read(SimulatedNode origin) {
        if (!origin.isUp() || origin.isPaused()) {
            return;
        }
        NodeId leader = origin.status().leader();
        if (leader.isNone()) {
            return;
        }
        long readId = ++lastReadId;
        cluster.properties().readInvoked(origin, readId);
        readers.put(readId, new Reader(origin, origin.incarnation()));
        SimulatedNode target = cluster.node(leader);
        if (target == origin) {
            target.post(new Event.ReadBarrier(readId));
        } else {
            cluster.network().carry(origin, target, () -> target.post(new Event.ReadBarrier(readId)));
        }
    }

    void readReady(SimulatedNode node, long readId, long ready) {
        Reader reader = readers.remove(readId);
        if (reader == null) {
            throw new PropertyViolation("Workload", node.id() + " answered read " + readId + " twice");
        }
        if (reader.node == node) {
            serve(reader, readId, ready);
        } else {
            cluster.network().carry(node, reader.node, () -> serve(reader, readId, ready));
        }
    }

    private void serve(Reader reader, long readId, long ready) {
        Life life = reader.node.life();
        if (life != null && reader.node.incarnation() == reader.incarnation) {
            reads++;
            life.serveFrom(readId, ready);
        }
    }

    void readFailed(SimulatedNode node, long readId) {
        if (readers.remove(readId) == null) {
            throw new PropertyViolation("Workload", node.id() + " answered read " + readId + " twice");
        }
        cluster.properties().readFailed(node, readId);
    }
}
