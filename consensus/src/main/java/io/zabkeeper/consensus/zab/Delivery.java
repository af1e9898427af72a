package io.zabkeeper.consensus.zab;

import io.zabkeeper.consensus.Entry;
import io.zabkeeper.consensus.Invariant;
import io.zabkeeper.consensus.SnapshotId;
import io.zabkeeper.consensus.SnapshotMeta;
import io.zabkeeper.consensus.TraceEvent;
import io.zabkeeper.consensus.WalRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The commit point, and the state machine behind it.
 *
 * <p>Invariant: {@code delivered <= committed <= history.last()}; none of them decreases, and what is delivered is durable
 * here as well, so a truncation never has to undo anything (D8).
 */
final class Delivery {
    private final History history;
    private final Promise promise;
    private final Effects effects;
    private final ZabConfig config;
    private final boolean waitsForDisk;

    private long committed;
    private long delivered;

    /** Position of the last snapshot that replaced the history. */
    private long replacedAt;

    /** Its marker is logged; the state machine has not switched yet, so nothing can be delivered. */
    private @Nullable Installation installation;

    /** History behind this must stay for a learner; Long.MAX_VALUE for none. */
    private long pinned = Long.MAX_VALUE;

    private static final class Installation {
        private final SnapshotId id;
        private final SnapshotMeta meta;
        private final long sequence;
        private boolean ordered;

        Installation(SnapshotId id, SnapshotMeta meta, long sequence) {
            this.id = id;
            this.meta = meta;
            this.sequence = sequence;
        }
    }

    /** @param waitsForDisk false only to see what happens when a member delivers what its disk does not have */
    Delivery(History history, Promise promise, Effects effects, ZabConfig config, boolean waitsForDisk) {
        this.history = history;
        this.promise = promise;
        this.effects = effects;
        this.config = config;
        this.waitsForDisk = waitsForDisk;
    }

    /** The state machine stands at the snapshot; what is known to be committed behind it is delivered at once. */
    void load(long snapshot, long knownCommitted) {
        delivered = snapshot;
        committed = Math.max(snapshot, history.floor(Math.max(snapshot, Math.min(knownCommitted, history.last()))));
        deliver();
    }

    long committed() {
        return committed;
    }

    long delivered() {
        return delivered;
    }

    /** Everything up to {@code position}, which must be in the history, is committed. */
    void commit(long position) {
        if (position > committed) {
            Invariant.check(position <= history.last(), "commit of what is not logged", position, history.last());
            committed = position;
            effects.trace(new TraceEvent.Committed(position));
            deliver();
        }
    }

    /** More of the log is durable. */
    void onPersisted() {
        Installation awaited = installation;
        if (awaited != null && !awaited.ordered && effects.isDurable(awaited.sequence)) {
            awaited.ordered = true;
            effects.installSnapshot(awaited.id, awaited.meta);
        }
        deliver();
    }

    /** Deciding is the ensemble's business, durability is ours; the state machine waits for both. */
    private void deliver() {
        long reached = waitsForDisk ? Math.min(committed, history.durable()) : committed;
        if (reached > delivered && installation == null) {
            List<Entry> entries = history.range(delivered, reached);
            if (!entries.isEmpty()) {
                effects.deliver(entries);
                delivered = entries.get(entries.size() - 1).zxid();
            }
            trim();
        }
    }

    private void trim() {
        history.trim(delivered, pinned >= delivered ? config.retainedBytes() : config.pinnedBytes());
    }

    /** Keeps history behind {@code position} beyond the usual measure; Long.MAX_VALUE to keep none. */
    void pin(long position) {
        if (position != pinned) {
            pinned = position;
            trim();
        }
    }

    /** A checkpoint of our own is durable, which a marker makes valid; unless a leader's snapshot has replaced it. */
    void checkpointed(SnapshotMeta meta) {
        if (meta.zxid() >= replacedAt) {
            effects.log(new WalRecord.Snapshot(meta, false));
        }
    }

    boolean isInstalling() {
        return installation != null;
    }

    /**
     * A staged snapshot takes the place of the whole log: one group of marker and restated hard state, and only
     * when that is durable the state machine switches. A crash leaves either the old state or the new one. From here on
     * the attempt that brought the snapshot may end, the installation must not.
     */
    void install(SnapshotId id, SnapshotMeta meta) {
        Invariant.check(installation == null, "a snapshot while another one is installed");
        Invariant.check(meta.zxid() >= committed, "a snapshot below the commit point", meta.zxid(), committed);
        effects.log(new WalRecord.Snapshot(meta, true));
        promise.restate();
        long sequence = effects.lastSequence();
        history.restart(meta.zxid(), sequence);
        committed = meta.zxid();
        replacedAt = meta.zxid();
        installation = new Installation(id, meta, sequence);
    }

    /** The state machine stands at the snapshot. */
    void installed(SnapshotId id) {
        Installation awaited = installation;
        if (awaited != null && awaited.id.equals(id)) {
            delivered = awaited.meta.zxid();
            installation = null;
            deliver();
        }
    }
}
