package io.zabkeeper.consensus.simulator;

import io.zabkeeper.consensus.Effect;
import io.zabkeeper.consensus.Entry;
import io.zabkeeper.consensus.Event;
import io.zabkeeper.consensus.ProposalId;
import io.zabkeeper.consensus.SnapshotMeta;
import io.zabkeeper.consensus.TraceEvent;
import io.zabkeeper.consensus.Zxid;
import io.zabkeeper.consensus.simulator.invariant.Property;
import io.zabkeeper.consensus.simulator.invariant.Replica;
import java.util.ArrayList;
import java.util.List;

/** Writes down what a reader of a scenario wants to know, one line for each fact. */
final class Transcript implements Property {
    private final List<String> lines = new ArrayList<>();

    List<String> take() {
        List<String> taken = List.copyOf(lines);
        lines.clear();
        return taken;
    }

    void add(String line) {
        lines.add(line);
    }

    private void add(Replica replica, String fact) {
        lines.add(replica.id() + " " + fact);
    }

    @Override
    public void traced(Replica replica, TraceEvent event) {
        if (event instanceof TraceEvent.Looking looking) {
            add(replica, "looks: " + looking.reason());
        } else if (event instanceof TraceEvent.Promised promised) {
            add(replica, "promises epoch " + promised.epoch() + " to " + promised.leader());
        } else if (event instanceof TraceEvent.Syncing syncing) {
            add(replica, "brings " + syncing.learner() + " up to date: " + syncing.mode() + " " + hex(syncing.from()));
        } else if (event instanceof TraceEvent.Synchronized done) {
            add(replica, "confirms epoch " + done.epoch() + " of " + done.leader() + " at " + hex(done.lastLogged()));
        } else if (event instanceof TraceEvent.Established now) {
            add(replica, "is established in epoch " + now.epoch() + " on " + hex(now.initialHistory()));
        } else if (event instanceof TraceEvent.Readmitted readmitted) {
            add(replica, "re-admits " + readmitted.member());
        }
    }

    @Override
    public void stepped(Replica replica, Event event, List<Effect> effects) {
        for (Effect effect : effects) {
            if (effect instanceof Effect.Rejected rejected) {
                add(replica, "rejects " + rejected.ids().size() + ", " + rejected.reason());
            } else if (effect instanceof Effect.Uncertain uncertain) {
                add(replica, "is uncertain of " + uncertain.ids().size());
            } else if (effect instanceof Effect.RoleChanged change && change.serving()) {
                add(replica, "serves, " + change.role() + " in epoch " + change.round());
            }
        }
    }

    @Override
    public void crashed(Replica replica) {
        add(replica, "crashes");
    }

    @Override
    public void delivered(Replica replica, long slot, Entry entry, long digest) {
        add(replica, "delivers " + hex(entry.zxid()));
    }

    @Override
    public void acknowledged(Replica origin, long slot, Entry entry) {
        add(origin, "acknowledges " + hex(entry.zxid()));
    }

    @Override
    public void restored(Replica replica, SnapshotMeta meta) {
        add(replica, "stands at " + hex(meta.zxid()));
    }

    @Override
    public void rejected(Replica replica, ProposalId id) {
        // Told with the step.
    }

    @Override
    public void readServed(Replica replica, long readId, long ready, long servedAt) {
        add(replica, "serves a read at " + hex(servedAt));
    }

    @Override
    public void readFailed(Replica replica, long readId) {
        add(replica, "fails a read");
    }

    @Override
    public void halted(Replica replica, String reason, boolean diskFailed) {
        add(replica, "halts: " + reason);
    }

    private static String hex(long zxid) {
        return Zxid.toString(zxid);
    }
}
