package io.zabkeeper.server.tree;

import io.zabkeeper.consensus.SnapshotMeta;
import io.zabkeeper.server.session.Session;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All records of the state at the zxid at which the walk began, taken in chunks on the loop while writes go on. The walker
 * goes through the znodes by ascending id; a state that is replaced or deleted before he comes by is kept for him, and
 * whatever has been created since has too large an id. An exact snapshot costs memory only for what changes meanwhile
 * (consensus §3.4, R-20).
 *
 * <p>Belongs to the loop. Must be closed, else it goes on keeping.
 */
public final class Walk {
    private final Tree tree;
    private final SnapshotMeta meta;
    private final Counters counters;
    private final StateEncoder encoder = new StateEncoder();

    /** What is few is taken at the beginning: ACLs and sessions are immutable and need no further care. */
    private final Queue<AclTable.Entry> acls = new ArrayDeque<>();

    private final Queue<Session> sessions = new ArrayDeque<>();

    /** States of the beginning that are no longer in the tree. */
    private final TreeMap<Long, Znode> kept = new TreeMap<>();

    /** Everything below has been handed over. */
    private long position = Tree.ROOT_ID;

    private boolean countersTaken;

    Walk(Tree tree, long zxid) {
        this.tree = tree;
        this.meta = tree.meta(zxid);
        this.counters = tree.counters();
        tree.forEachAcl((id, entry) -> acls.add(entry));
        sessions.addAll(tree.sessions().snapshot());
        tree.addWalk(this);
    }

    /** What the receiver has when he has everything. */
    public SnapshotMeta meta() {
        return meta;
    }

    /**
     * Hands over some more: first the access control lists, then the sessions, then the znodes in the order of their
     * ids.
     *
     * @return whether there is more
     */
    public boolean next(int maxRecords, StateSink sink) {
        for (int i = 0; i < maxRecords; i++) {
            if (!handOver(sink)) {
                return false;
            }
        }
        return true;
    }

    public void close() {
        tree.removeWalk(this);
        kept.clear();
    }

    /** Before a state leaves the tree. */
    void keep(Znode before) {
        if (before.id >= position && before.id < counters.nextNodeId()) {
            kept.putIfAbsent(before.id, before);
        }
    }

    private boolean handOver(StateSink sink) {
        if (!countersTaken) {
            countersTaken = true;
            sink.put(Table.ACL, Counters.KEY, encoder.encode(counters));
            return true;
        }
        AclTable.Entry entry = acls.poll();
        if (entry != null) {
            sink.put(Table.ACL, entry.id, encoder.encode(entry.acl));
            return true;
        }
        Session session = sessions.poll();
        if (session != null) {
            sink.put(Table.SESSION, session.id(), encoder.encode(session));
            return true;
        }
        Znode node = nextNode();
        if (node == null) {
            return false;
        }
        position = node.id + 1;
        sink.put(Table.NODE, node.id, encoder.encode(node));
        return true;
    }

    private @Nullable Znode nextNode() {
        Znode present = tree.ceiling(position, counters.nextNodeId());
        Map.Entry<Long, Znode> first = kept.firstEntry();
        if (first != null && (present == null || first.getKey() <= present.id)) {
            kept.pollFirstEntry();
            return first.getValue();
        }
        return present;
    }
}
