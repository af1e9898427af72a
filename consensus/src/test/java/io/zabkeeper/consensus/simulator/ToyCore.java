package io.zabkeeper.consensus.simulator;

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
import io.zabkeeper.consensus.WalRecord;
import io.zabkeeper.consensus.Zxid;
import io.zabkeeper.consensus.quorum.NodeId;
import io.zabkeeper.consensus.quorum.NodeSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A protocol just good enough to judge its judges: member 1 leads for ever, the others ask it for what they lack. Right
 * as long as no disk is lost, and wrong in one chosen way. What it had logged and lost in a crash nobody ever heard of; still
 * it never uses a position again, because the high half of its positions is its incarnation.
 */
final class ToyCore implements AtomicBroadcast {
    /** What is wrong with it. */
    enum Flaw {
        NONE,
        DELIVERS_WITHOUT_QUORUM,
        REPORTS_MORE_THAN_IS_DURABLE,
        TELLS_BEFORE_IT_IS_DURABLE,
        DELIVERS_TWICE,
        SKIPS_AN_ENTRY,
        CHANGES_A_PAYLOAD,
        REJECTS_WHAT_IT_ORDERS,
        READS_FROM_THE_PAST,
        REFUSES_TO_WORK
    }

    private record Want(long durable) implements Message {}

    private record Have(List<Entry> entries, long committed) implements Message {}

    private static final NodeId LEADER = new NodeId(1);
    private static final long PULSE = 5 * VirtualTime.MS;

    private final NodeId self;
    private final Flaw flaw;
    private final List<Entry> entries = new ArrayList<>();
    private final Map<Long, Long> durableAt = new TreeMap<>();
    private final Map<NodeId, Long> held = new TreeMap<>();
    private NodeSet voters = NodeSet.EMPTY;
    private long incarnation;
    private List<Effect> effects = new ArrayList<>();
    private long sequence;
    private long durable;
    private long committed;
    private long delivered;
    private long nextPulse;

    /** What it found at boot may have been seen by clients, committed or not. */
    private long inherited;

    ToyCore(NodeId self, Flaw flaw) {
        this.self = self;
        this.flaw = flaw;
    }

    @Override
    public List<Effect> step(Event event) {
        if (event instanceof Event.Boot boot) {
            boot(boot.image());
        } else if (event instanceof Event.Tick tick) {
            tick(tick.nowNanos());
        } else if (event instanceof Event.Receive receive) {
            receive(receive.from(), receive.message());
        } else if (event instanceof Event.Propose propose) {
            propose(propose.proposals());
        } else if (event instanceof Event.ReadBarrier read) {
            long from = flaw == Flaw.READS_FROM_THE_PAST ? 0 : committed;
            effects.add(
                    self.equals(LEADER) && committed >= inherited
                            ? new Effect.ReadReady(read.readId(), from)
                            : new Effect.ReadFailed(read.readId(), RejectReason.NOT_LEADER));
        } else if (event instanceof Event.Persisted persisted) {
            durableAt.forEach(
                    (zxid, at) -> durable = at <= persisted.walSequence() ? Math.max(durable, zxid) : durable);
            advance();
        } else if (event instanceof Event.PersistFailed) {
            effects.add(new Effect.Halt("the disk failed"));
        }
        List<Effect> taken = effects;
        effects = new ArrayList<>();
        return taken;
    }

    private void boot(DurableImage image) {
        voters = image.configuration().voters();
        incarnation = image.incarnation();
        entries.addAll(image.entries());
        durable = image.lastLogged();
        inherited = durable;
        committed = image.committed();
        delivered = image.snapshot().zxid();
        advance();
    }

    private void tick(long now) {
        if (now >= nextPulse) {
            nextPulse = now + PULSE;
            if (!self.equals(LEADER)) {
                boolean lies = flaw == Flaw.REPORTS_MORE_THAN_IS_DURABLE;
                effects.add(new Effect.Send(LEADER, new Want(lies ? lastLogged() : durable), 0));
            }
        }
    }

    private void receive(NodeId from, Message message) {
        if (message instanceof Want want) {
            held.merge(from, want.durable, Math::max);
            advance();
            long upTo = flaw == Flaw.TELLS_BEFORE_IT_IS_DURABLE ? lastLogged() : durable;
            List<Entry> missing = entries.stream()
                    .filter(entry -> entry.zxid() > want.durable && entry.zxid() <= upTo)
                    .toList();
            effects.add(new Effect.Send(from, new Have(missing, Math.min(committed, upTo)), 0));
        } else if (message instanceof Have have) {
            for (Entry entry : have.entries) {
                if (entry.previous() == lastLogged()) {
                    append(flaw == Flaw.CHANGES_A_PAYLOAD && self.value() == 3 ? changed(entry) : entry);
                }
            }
            committed = Math.max(committed, Math.min(have.committed, lastLogged()));
            advance();
        }
    }

    private static Entry changed(Entry entry) {
        return new Entry(entry.zxid(), entry.previous(), entry.stampMillis(), entry.id(), Payload.EMPTY);
    }

    private void propose(List<Proposal> proposals) {
        if (!self.equals(LEADER) || flaw == Flaw.REFUSES_TO_WORK) {
            List<ProposalId> ids = proposals.stream().map(Proposal::id).toList();
            effects.add(new Effect.Rejected(ids, RejectReason.NOT_LEADER));
            return;
        }
        for (Proposal proposal : proposals) {
            long stamp = entries.isEmpty() ? 0 : entries.get(entries.size() - 1).stampMillis();
            append(new Entry(
                    Math.max(Zxid.of(incarnation, 0), lastLogged()) + 1,
                    lastLogged(),
                    Math.max(stamp, proposal.stampMillis()),
                    proposal.id(),
                    proposal.payload()));
            if (flaw == Flaw.REJECTS_WHAT_IT_ORDERS) {
                effects.add(new Effect.Rejected(List.of(proposal.id()), RejectReason.OVERLOADED));
            }
        }
    }

    private void append(Entry entry) {
        sequence++;
        entries.add(entry);
        durableAt.put(entry.zxid(), sequence);
        effects.add(new Effect.Wal(sequence, List.of(new WalRecord.Append(entry))));
    }

    private void advance() {
        if (self.equals(LEADER)) {
            for (Entry entry : entries) {
                NodeSet holders = entry.zxid() <= durable ? NodeSet.of(self) : NodeSet.EMPTY;
                for (Map.Entry<NodeId, Long> other : held.entrySet()) {
                    holders = other.getValue() >= entry.zxid() ? holders.with(other.getKey()) : holders;
                }
                if (holders.size() * 2 > voters.size() || flaw == Flaw.DELIVERS_WITHOUT_QUORUM) {
                    committed = Math.max(committed, entry.zxid());
                }
            }
        }
        List<Entry> due = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry.zxid() > delivered && entry.zxid() <= Math.min(committed, durable)) {
                due.add(entry);
            }
        }
        if (due.isEmpty()) {
            return;
        }
        delivered = due.get(due.size() - 1).zxid();
        if (flaw == Flaw.DELIVERS_TWICE) {
            due.add(due.get(due.size() - 1));
        } else if (flaw == Flaw.SKIPS_AN_ENTRY && due.size() > 1) {
            due.remove(0);
        }
        effects.add(new Effect.Deliver(due));
    }

    private long lastLogged() {
        return entries.isEmpty()
                ? delivered
                : Math.max(delivered, entries.get(entries.size() - 1).zxid());
    }

    @Override
    public Status status() {
        Role role = self.equals(LEADER) ? Role.LEADING : Role.FOLLOWING;
        return new Status(
                role, "TOY", 1, LEADER, true, lastLogged(), durable, committed, delivered, NodeSet.EMPTY, true);
    }

    @Override
    public long committed() {
        return committed;
    }

    @Override
    public long nextDeadlineNanos() {
        return nextPulse;
    }
}
