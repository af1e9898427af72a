package io.zabkeeper.server.watch;

import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.EventType;
import io.zabkeeper.wire.WatchEvent;
import io.zabkeeper.wire.WatcherType;
import io.zabkeeper.wire.ZnodePath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * The watches of one member's connections: path to watchers, and watcher to paths, so that a connection that goes takes
 * only its own along. A path and a watcher are one small object each, however many watches they have.
 *
 * <p>{@link #trigger} is called between applying a write and answering it, so that an event is in a connection's queue
 * before anything that could show the change (client protocol §5.6). An event is filtered by what its receiver may read
 * at that moment, not by what it could read when it registered (CVE-2024-23944).
 *
 * <p>Belongs to the loop.
 *
 * @param <W> the connection
 */
public final class WatchTable<W extends Watcher> {
    /** Iterated for operators only: the order would differ from run to run. */
    private final Map<String, Spot<W>> spots = new HashMap<>();

    /** Never iterated: the order would differ from run to run. */
    private final IdentityHashMap<W, Party<W>> parties = new IdentityHashMap<>();

    /** Who gets the event at hand. */
    private final List<Party<W>> receivers = new ArrayList<>();

    private final WatchTotals totals = new WatchTotals();
    private int nextParty;
    private long watchCount;
    private long recursiveCount;

    /** Numbers the triggers, so that a party can know whether it has this one's event already. */
    private long triggerCount;

    /** A path that is watched. */
    static final class Spot<W> extends Marks<Party<W>> implements Marks.Key {
        final String path;
        int listed;

        Spot(String path) {
            this.path = path;
        }

        @Override
        public int markHash() {
            int hash = path.hashCode();
            return hash ^ hash >>> 16;
        }
    }

    /** A watcher and what it watches. */
    static final class Party<W> extends Marks<Spot<W>> implements Marks.Key {
        final W watcher;
        final int number;
        int listed;
        long lastTrigger;

        Party(W watcher, int number) {
            this.watcher = watcher;
            this.number = number;
        }

        @Override
        public int markHash() {
            return number;
        }
    }

    /** The same watch twice is one (§5.1). Any text will do for a path. */
    public void add(W watcher, WatchKind kind, String path) {
        Party<W> party = parties.get(watcher);
        if (party == null) {
            party = new Party<>(watcher, nextParty++);
            parties.put(watcher, party);
        }
        Spot<W> spot = spots.get(path);
        if (spot == null) {
            spot = new Spot<>(path);
            spots.put(path, spot);
        }
        int before = spot.get(party);
        mark(spot, party, before, before | kind.bit());
    }

    /** Whether the watcher has a watch of such a kind on this very path. */
    public boolean contains(W watcher, WatcherType type, String path) {
        Party<W> party = parties.get(watcher);
        Spot<W> spot = spots.get(path);
        return party != null && spot != null && (spot.get(party) & WatchKind.named(type)) != 0;
    }

    /** Takes off all such watches; false when there was none (§5.4). */
    public boolean remove(W watcher, WatcherType type, String path) {
        Party<W> party = parties.get(watcher);
        Spot<W> spot = spots.get(path);
        if (party == null || spot == null) {
            return false;
        }
        int before = spot.get(party);
        int after = before & ~WatchKind.named(type);
        mark(spot, party, before, after);
        forgetIfIdle(spot);
        forgetIfIdle(party);
        return before != after;
    }

    /** A connection is gone, and all its watches with it. Costs as much as it had. */
    public void removeAll(W watcher) {
        Party<W> party = parties.remove(watcher);
        if (party == null) {
            return;
        }
        party.forEach((spot, kinds) -> {
            spot.set(party, 0);
            count(spot, party, kinds, 0);
            forgetIfIdle(spot);
        });
    }

    /**
     * Tells everybody who waits for this change, each connection once, whatever and however often it has registered. A
     * one-shot watch is used up even when its owner may not hear of the change (§5.2).
     *
     * @param acl of what the event is about: the new znode, the deleted one, for a change of children the parent
     * @return how many connections waited for it
     */
    public int trigger(long zxid, EventType type, String path, List<Acl> acl) {
        triggerCount++;
        Spot<W> spot = spots.get(path);
        if (spot != null) {
            collect(spot, WatchKind.concernedBy(type));
        }
        if (recursiveCount > 0 && WatchKind.isToldAbove(type)) {
            for (String above = path; above.length() > 1; ) {
                above = ZnodePath.parent(above);
                Spot<W> recursive = spots.get(above);
                if (recursive != null) {
                    collect(recursive, WatchKind.PERSISTENT_RECURSIVE.bit());
                }
            }
        }
        int waiting = receivers.size();
        if (waiting > 0) {
            deliver(zxid, new WatchEvent(type, path), acl);
        }
        return waiting;
    }

    /** The figures of {@code wchs} and {@code mntr}. */
    public WatchTotals totals() {
        return totals;
    }

    /**
     * Begins to list what {@code wchc} and {@code wchp} show: the watches of data, persistent ones among them.
     *
     * @param limit paths at most, so that the first step is bounded, too
     */
    public WatchListing<W> listing(int limit) {
        List<Spot<W>> listed = new ArrayList<>(Math.min(limit, spots.size()));
        for (Spot<W> spot : spots.values()) {
            if (listed.size() == limit) {
                break;
            }
            if (spot.listed > 0) {
                listed.add(spot);
            }
        }
        return new WatchListing<>(listed);
    }

    /** Watches of all kinds. */
    public long watchCount() {
        return watchCount;
    }

    public int pathCount() {
        return spots.size();
    }

    /** Connections that have any watch. */
    public int watcherCount() {
        return parties.size();
    }

    private void collect(Spot<W> spot, int concerned) {
        List<Party<W>> used = new ArrayList<>(0);
        spot.forEach((party, kinds) -> {
            if ((kinds & concerned) == 0) {
                return;
            }
            if (party.lastTrigger != triggerCount) {
                party.lastTrigger = triggerCount;
                receivers.add(party);
            }
            if ((kinds & concerned & WatchKind.ONE_SHOT) != 0) {
                used.add(party);
            }
        });
        for (Party<W> party : used) {
            int before = spot.get(party);
            mark(spot, party, before, before & ~(concerned & WatchKind.ONE_SHOT));
            forgetIfIdle(party);
        }
        forgetIfIdle(spot);
    }

    /** Receivers are taken first: one of them may close its connection, and so remove watches, while it is told. */
    private void deliver(long zxid, WatchEvent event, List<Acl> acl) {
        List<Party<W>> told = new ArrayList<>(receivers);
        receivers.clear();
        for (Party<W> party : told) {
            if (party.watcher.mayRead(acl)) {
                party.watcher.onEvent(zxid, event);
            }
        }
    }

    private void mark(Spot<W> spot, Party<W> party, int before, int after) {
        if (before != after) {
            spot.set(party, after);
            party.set(spot, after);
            count(spot, party, before, after);
        }
    }

    private void count(Spot<W> spot, Party<W> party, int before, int after) {
        totals.changed(spot, party, before, after);
        int recursive = WatchKind.PERSISTENT_RECURSIVE.bit();
        watchCount += Integer.bitCount(after) - Integer.bitCount(before);
        recursiveCount += Integer.bitCount(after & recursive) - Integer.bitCount(before & recursive);
    }

    private void forgetIfIdle(Spot<W> spot) {
        if (spot.isEmpty()) {
            spots.remove(spot.path);
        }
    }

    private void forgetIfIdle(Party<W> party) {
        if (party.isEmpty()) {
            parties.remove(party.watcher);
        }
    }
}
