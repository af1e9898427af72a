package io.zabkeeper.server.tree;

/** The ids of the ephemerals by the session that owns them. Belongs to the loop. */
final class EphemeralNodes {
    /** No entry for a session without any. */
    private final LongTable<LongSet> bySession = new LongTable<>(4);

    private long count;

    void entered(Znode node) {
        if (node.isEphemeral()) {
            count++;
            LongSet ids = bySession.get(node.owner);
            if (ids == null) {
                ids = new LongSet();
                bySession.put(node.owner, ids);
            }
            ids.add(node.id);
        }
    }

    void left(Znode node) {
        if (node.isEphemeral()) {
            count--;
            LongSet ids = bySession.get(node.owner);
            if (ids != null) {
                ids.remove(node.id);
                if (ids.isEmpty()) {
                    bySession.remove(node.owner);
                }
            }
        }
    }

    /** Ascending, the oldest first. */
    long[] of(long session) {
        LongSet ids = bySession.get(session);
        return ids == null ? new long[0] : ids.sorted();
    }

    long count() {
        return count;
    }
}
