package io.zabkeeper.server.tree;

import io.zabkeeper.server.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * What differs from the state at the last cut: for each key its present state, or that it is gone. Handed over whole to
 * the cut; immutable from then on.
 */
final class Changes {
    /** Stands for a key without a state. */
    private static final Object GONE = new Object();

    private final ChangedNodes nodes = new ChangedNodes();
    private final LongTable<Object> sessions = new LongTable<>(0);
    private final LongTable<Object> acls = new LongTable<>(0);

    void node(Znode node) {
        nodes.put(node);
    }

    void nodeRemoved(long id) {
        nodes.putGone(id);
    }

    void session(Session session) {
        sessions.put(session.id(), session);
    }

    void sessionRemoved(long id) {
        sessions.put(id, GONE);
    }

    void acl(AclTable.Entry entry) {
        acls.put(entry.id, entry);
    }

    void aclRemoved(int id) {
        acls.put(id, GONE);
    }

    int size() {
        return nodes.size() + sessions.size() + acls.size();
    }

    /** In ascending order of the keys, table by table. */
    void writeTo(StateSink sink, StateEncoder encoder) {
        for (long id : acls.sortedKeys()) {
            write(sink, encoder, Table.ACL, id, acls.get(id));
        }
        for (long id : sessions.sortedKeys()) {
            write(sink, encoder, Table.SESSION, id, sessions.get(id));
        }
        for (long id : nodes.sortedIds()) {
            Znode node = nodes.get(id);
            if (node == null) {
                sink.remove(Table.NODE, id);
            } else {
                sink.put(Table.NODE, id, encoder.encode(node));
            }
        }
    }

    private static void write(StateSink sink, StateEncoder encoder, Table table, long key, @Nullable Object state) {
        if (state instanceof Session session) {
            sink.put(table, key, encoder.encode(session));
        } else if (state instanceof AclTable.Entry entry) {
            sink.put(table, key, encoder.encode(entry.acl));
        } else {
            sink.remove(table, key);
        }
    }
}
