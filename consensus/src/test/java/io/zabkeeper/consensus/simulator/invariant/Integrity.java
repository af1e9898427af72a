package io.zabkeeper.consensus.simulator.invariant;

import io.zabkeeper.consensus.Entry;
import io.zabkeeper.consensus.Payload;
import io.zabkeeper.consensus.Proposal;
import io.zabkeeper.consensus.ProposalId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Validity and integrity.
 *
 * <p>Every delivered request, but for a leader's own empty ones, was asked for by a client, with those very bytes; each {@code ProposalId} is delivered in at
 * most one slot; and one that a core rejected, "surely not ordered", is delivered in none. Source: {@code consensus.md}
 * section 8.1, and the contract of {@code Effect.Rejected}.
 */
final class Integrity implements Property {
    private final Map<ProposalId, Payload> invoked = new HashMap<>();
    private final Map<ProposalId, Long> slots = new HashMap<>();
    private final Set<ProposalId> rejected = new HashSet<>();

    @Override
    public void invoked(Proposal proposal) {
        invoked.put(proposal.id(), proposal.payload());
    }

    @Override
    public void rejected(Replica replica, ProposalId id) {
        rejected.add(id);
        Long slot = slots.get(id);
        if (slot != null) {
            throw new PropertyViolation("Integrity", replica.id() + " rejected " + id + ", which is in slot " + slot);
        }
    }

    @Override
    public void decided(Replica replica, long slot, Entry entry) {
        if (entry.id().origin().isNone() && entry.payload().size() == 0) {
            return; // A leader's own, empty one.
        }
        Payload asked = invoked.get(entry.id());
        if (asked == null || !asked.equals(entry.payload())) {
            throw new PropertyViolation("Integrity", "nobody asked for " + entry.id() + " in slot " + slot);
        }
        Long earlier = slots.put(entry.id(), slot);
        if (earlier != null) {
            throw new PropertyViolation("Integrity", entry.id() + " is in slots " + earlier + " and " + slot);
        }
        if (rejected.contains(entry.id())) {
            throw new PropertyViolation("Integrity", entry.id() + " was rejected and is in slot " + slot);
        }
    }
}
