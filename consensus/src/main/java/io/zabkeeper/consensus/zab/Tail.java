package io.zabkeeper.consensus.zab;

import io.zabkeeper.consensus.Entry;
import io.zabkeeper.consensus.Payload;
import io.zabkeeper.consensus.Proposal;
import io.zabkeeper.consensus.ProposalId;
import io.zabkeeper.consensus.RejectReason;
import io.zabkeeper.consensus.TraceEvent;
import io.zabkeeper.consensus.WalRecord;
import io.zabkeeper.consensus.Zxid;
import io.zabkeeper.consensus.quorum.NodeId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** The end of a leader's history that it proposed itself: gives out positions (Z-17) and bounds what is undecided. */
final class Tail {
    private record Batch(long last, long bytes) {}

    private final Member member;
    private final long epoch;

    private long counter;

    /** Not committed yet, ascending. */
    private final ArrayDeque<Batch> batches = new ArrayDeque<>();

    private long uncommittedBytes;

    Tail(Member member, long epoch) {
        this.member = member;
        this.epoch = epoch;
    }

    /** Z-3: the next epoch has to start the counter anew. */
    boolean isUsedUp() {
        return counter >= member.config.counterLimit();
    }

    /**
     * Orders the requests as they come, logs them and sends them; the leader need not wait for its own disk to send
     * . From the first one that is refused on all are, so that nobody is overtaken by its successor.
     */
    void propose(List<Proposal> proposals, Learners learners) {
        List<Entry> entries = new ArrayList<>(proposals.size());
        long previousEnd = member.history.last();
        long bytes = 0;
        int accepted = 0;
        for (Proposal proposal : proposals) {
            boolean fits = uncommittedBytes + bytes < member.config.maxUncommittedBytes()
                    || (uncommittedBytes == 0 && entries.isEmpty());
            if (isUsedUp() || !fits) {
                break;
            }
            Entry entry = next(proposal.id(), proposal.stampMillis(), proposal.payload());
            bytes += entry.weight();
            entries.add(entry);
            accepted++;
        }
        if (accepted < proposals.size()) {
            member.effects.rejected(
                    proposals.subList(accepted, proposals.size()),
                    isUsedUp() ? RejectReason.NOT_READY : RejectReason.OVERLOADED);
        }
        if (!entries.isEmpty()) {
            broadcast(entries, bytes, previousEnd, learners);
        }
    }

    /** Orders an entry that means nothing to the state machine, and answers its position. Always admitted. */
    long proposeNothing(Learners learners) {
        long previousEnd = member.history.last();
        Entry entry = next(new ProposalId(NodeId.NONE, 0, Zxid.of(epoch, counter + 1)), 0, Payload.EMPTY);
        broadcast(List.of(entry), entry.weight(), previousEnd, learners);
        return entry.zxid();
    }

    private Entry next(ProposalId id, long stampMillis, Payload payload) {
        counter++;
        long stamp = Math.max(stampMillis, member.history.lastStampMillis());
        Entry entry = new Entry(Zxid.of(epoch, counter), member.history.last(), stamp, id, payload);
        member.history.append(entry, member.effects.log(new WalRecord.Append(entry)));
        return entry;
    }

    private void broadcast(List<Entry> entries, long bytes, long previousEnd, Learners learners) {
        for (Entry entry : entries) {
            member.effects.trace(new TraceEvent.Broadcast(entry));
        }
        batches.add(new Batch(entries.get(entries.size() - 1).zxid(), bytes));
        uncommittedBytes += bytes;
        learners.replicate(entries, bytes, previousEnd);
    }

    void onCommitted(long position) {
        for (Batch first = batches.peek(); first != null && first.last <= position; first = batches.peek()) {
            uncommittedBytes -= first.bytes;
            batches.poll();
        }
    }

    /** Accepted and not handed to the state machine. */
    List<ProposalId> undelivered() {
        List<ProposalId> ids = new ArrayList<>();
        for (Entry entry : member.history.range(member.delivery.delivered(), member.history.last())) {
            if (Zxid.epoch(entry.zxid()) == epoch && !entry.id().origin().isNone()) {
                ids.add(entry.id());
            }
        }
        return ids;
    }
}
