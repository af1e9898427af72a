package io.zabkeeper.server.tree;

/** Where the numbering goes on; part of the state, so that all members number alike. */
record Counters(long nextNodeId, int nextAclId) {
    /** The key of this record among the ACLs, whose numbers start at 1. */
    static final long KEY = 0;

    long hash() {
        return Hash64.with(Hash64.of(nextNodeId), nextAclId);
    }
}
