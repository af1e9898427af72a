package io.zabkeeper.server.tree;

import io.zabkeeper.server.session.Session;

/**
 * The terms whose sum is the digest of a state. A sum does not depend on any order, and a change costs only the terms
 * that differ: a parent's data is not hashed again because of a new child.
 */
final class TreeDigest {
    private static final long PLACE = 1;
    private static final long BODY = 2;
    private static final long STAT = 3;
    private static final long SESSION = 4;
    private static final long NULL = 5;

    private TreeDigest() {}

    /** Everything about a znode. */
    static long of(Znode node, AclTable.Entry acl) {
        return place(node) + body(node) + stat(node, acl);
    }

    /** What never changes: where it is. */
    static long place(Znode node) {
        return Hash64.of(Hash64.with(seed(PLACE, node.id), node.parent), node.name, 0, node.name.length);
    }

    static long body(Znode node) {
        long seed = seed(BODY, node.id);
        return node.data == null ? Hash64.with(seed, NULL) : Hash64.of(seed, node.data, 0, node.data.length);
    }

    static long stat(Znode node, AclTable.Entry acl) {
        long hash = seed(STAT, node.id);
        hash = Hash64.with(hash, node.czxid);
        hash = Hash64.with(hash, node.mzxid);
        hash = Hash64.with(hash, node.pzxid);
        hash = Hash64.with(hash, node.ctime);
        hash = Hash64.with(hash, node.mtime);
        hash = Hash64.with(hash, node.owner);
        hash = Hash64.with(hash, (long) node.version << Integer.SIZE | (node.createdChildren & 0xffffffffL));
        hash = Hash64.with(hash, node.aversion);
        return Hash64.with(hash, acl.hash);
    }

    static long of(Session session) {
        byte[] password = session.passwordHash().array();
        long hash = Hash64.of(seed(SESSION, session.id()), password, 0, password.length);
        hash = Hash64.with(Hash64.with(hash, session.timeoutMs()), session.owner());
        return Hash64.with(hash, session.attachedZxid());
    }

    private static long seed(long kind, long id) {
        return Hash64.with(kind, id);
    }
}
