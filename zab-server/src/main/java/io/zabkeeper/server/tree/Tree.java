package io.zabkeeper.server.tree;

import io.zabkeeper.consensus.SnapshotMeta;
import io.zabkeeper.server.session.Session;
import io.zabkeeper.server.session.SessionTable;
import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.AuthId;
import io.zabkeeper.wire.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The whole replicated state: znodes, access control lists, sessions. It knows how they hang together and no rule of the
 * protocol; those are in the executors ({@link CreateOp} and the others).
 *
 * <p>Every change of a znode goes through {@link #insert}, {@link #remove} or {@link #place}, which keep everything else
 * in step: both indexes, the use of ACLs, ephemerals by session, the digest, what the next cut has to write, what walks
 * under way still need, and the journal of a multi.
 *
 * <p>Belongs to the loop.
 */
final class Tree {
    static final long ROOT_ID = 1;

    private final NameHash hashes;
    private final PathBytes pathBytes = new PathBytes();
    private final IdIndex byId = new IdIndex();
    private final AclTable acls = new AclTable();
    private final SessionTable sessions = new SessionTable();

    private final EphemeralNodes ephemerals = new EphemeralNodes();
    private final ExpiringNodes expiring = new ExpiringNodes();
    private final QuotaLedger quotas = new QuotaLedger(this);
    private final Listings listings = new Listings();
    private final List<Walk> walks = new ArrayList<>();
    private Changes changes = new Changes();
    private @Nullable Journal journal;
    private @Nullable Znode root;
    private long nextNodeId = ROOT_ID;
    private long nodeCount;
    private long dataBytes;

    /** Sum of the terms of all znodes and sessions; the counters are added when it is asked for. */
    private long digest;

    /** The steps of a multi that is under way, to be undone if one of its operations fails. */
    private record Journal(long nextNodeId, int nextAclId, List<Step> steps) {}

    /** Absent before an insert and after a removal. */
    private record Step(@Nullable Znode before, @Nullable Znode after) {}

    Tree(long hashSeed) {
        this.hashes = new NameHash(hashSeed);
    }

    // Looking.

    Znode root() {
        if (root == null) {
            throw new IllegalStateException("a tree without a root");
        }
        return root;
    }

    /** Any text; what is not a path leads nowhere. The empty one is the root (client protocol §4.6). */
    @Nullable
    Znode find(String path) {
        return find(path, path.length());
    }

    /** The znode at the path that ends before {@code end}. */
    @Nullable
    Znode find(String path, int end) {
        if (end == 0) {
            return root();
        }
        if (path.charAt(0) != '/') {
            return null;
        }
        if (end == 1) {
            return root();
        }
        int length = pathBytes.encode(path, end);
        byte[] bytes = pathBytes.array();
        Znode node = root();
        int from = 1;
        while (true) {
            int to = from;
            while (to < length && bytes[to] != '/') {
                to++;
            }
            Family family = node.family;
            Znode child = family == null ? null : family.get(hashes.of(bytes, from, to), bytes, from, to);
            if (child == null || to == length) {
                return child;
            }
            node = child;
            from = to + 1;
        }
    }

    @Nullable
    Znode child(Znode parent, byte[] name) {
        Family family = parent.family;
        return family == null ? null : family.get(hashes.of(name, 0, name.length), name, 0, name.length);
    }

    @Nullable
    Znode byId(long id) {
        return byId.get(id);
    }

    /** The next one in the order of the ids. */
    @Nullable
    Znode ceiling(long from, long end) {
        return byId.ceiling(from, end);
    }

    Znode parentOf(Znode node) {
        Znode parent = byId.get(node.parent);
        if (parent == null) {
            throw new IllegalStateException("znode " + node.id + " has no parent " + node.parent);
        }
        return parent;
    }

    String pathOf(Znode node) {
        if (node.id == ROOT_ID) {
            return "/";
        }
        int length = 0;
        for (Znode at = node; at.id != ROOT_ID; at = parentOf(at)) {
            length += 1 + at.name.length;
        }
        byte[] path = new byte[length];
        int end = length;
        for (Znode at = node; at.id != ROOT_ID; at = parentOf(at)) {
            end -= at.name.length;
            System.arraycopy(at.name, 0, path, end, at.name.length);
            path[--end] = '/';
        }
        return new String(path, StandardCharsets.UTF_8);
    }

    /** Whether this identity may do one of the wanted things to the znode. */
    boolean allows(Znode node, int wanted, List<AuthId> identity) {
        return acls.get(node.acl).allows(wanted, identity);
    }

    List<Acl> aclOf(Znode node) {
        return acls.get(node.acl).acl;
    }

    EphemeralNodes ephemerals() {
        return ephemerals;
    }

    ExpiringNodes expiring() {
        return expiring;
    }

    Listings listings() {
        return listings;
    }

    QuotaLedger quotas() {
        return quotas;
    }

    SessionTable sessions() {
        return sessions;
    }

    long nodeCount() {
        return nodeCount;
    }

    long dataBytes() {
        return dataBytes;
    }

    int aclCount() {
        return acls.size();
    }

    long nextNodeId() {
        return nextNodeId;
    }

    Counters counters() {
        return new Counters(nextNodeId, acls.nextId());
    }

    long digest() {
        return digest + counters().hash();
    }

    SnapshotMeta meta(long zxid) {
        return new SnapshotMeta(zxid, digest(), nodeCount);
    }

    /** From scratch, to be compared with {@link #digest()}. */
    long recomputedDigest() {
        long sum = counters().hash();
        for (Znode node = byId.ceiling(0, nextNodeId); node != null; node = byId.ceiling(node.id + 1, nextNodeId)) {
            sum += TreeDigest.of(node, acls.get(node.acl));
        }
        for (Session session : sessions.snapshot()) {
            sum += TreeDigest.of(session);
        }
        return sum;
    }

    /** Where an order of children by {@link #hashOf} holds: in this tree, and in no other. */
    long listOrigin() {
        return hashes.origin();
    }

    /** Of a name that ends the array. */
    long hashOf(byte[] bytes, int from) {
        return hashes.of(bytes, from, bytes.length);
    }

    void inOrder(Family family, long from, FamilyPage page) {
        family.inOrder(from, page, hashes);
    }

    // Changing znodes.

    /** The number of this list; an executor asks for it only when nothing can fail any more. */
    int intern(List<Acl> acl) {
        int next = acls.nextId();
        AclTable.Entry entry = acls.intern(acl);
        if (entry.id == next) {
            changes.acl(entry);
        }
        return entry.id;
    }

    Znode create(Znode parent, byte[] name, byte @Nullable [] data, long owner, int acl, long zxid, long stampMillis) {
        // The parent first: undone in reverse, the child leaves the family before the family leaves the parent.
        place(parent, parent.withChildCreated(zxid, parent.family == null ? new Family() : parent.family));
        Znode node = Znode.created(nextNodeId++, parent.id, zxid, stampMillis, owner, acl, name, data);
        insert(node);
        quotas.entered(node);
        return node;
    }

    /** Of a znode without children. The parent afterwards. */
    Znode delete(Znode node, long zxid) {
        String path = quotas.pathBeforeLeaving(node);
        Znode parent = parentOf(node);
        remove(node);
        Znode without = parent.withChildDeleted(zxid);
        place(parent, without);
        if (path != null) {
            quotas.left(node, path);
        }
        return without;
    }

    /** As {@link #delete}, but the parent's new state is the caller's business; no later than at the command's end. */
    void deleteAlone(Znode node, String path) {
        boolean isOfConcern = quotas.concerns(node);
        remove(node);
        if (isOfConcern) {
            quotas.left(node, path);
        }
    }

    /** What a client has changed about a znode. */
    void replace(Znode before, Znode after) {
        place(before, after);
        if (before.data != after.data) {
            quotas.dataChanged(before, after);
        }
    }

    /** Puts a new state in the place of the one before, and no more. */
    void place(Znode before, Znode after) {
        if (before.id == ROOT_ID) {
            root = after;
        } else {
            familyOf(before).replace(before, after, hashes.of(before));
        }
        byId.put(after);
        expiring.replaced(after);
        keepForWalks(before);
        changes.node(after);
        AclTable.Entry aclBefore = acls.get(before.acl);
        AclTable.Entry aclAfter = before.acl == after.acl ? aclBefore : acls.get(after.acl);
        if (aclBefore != aclAfter) {
            acls.retain(aclAfter);
            acls.release(aclBefore);
        }
        digest += TreeDigest.stat(after, aclAfter) - TreeDigest.stat(before, aclBefore);
        if (before.data != after.data) {
            digest += TreeDigest.body(after) - TreeDigest.body(before);
            dataBytes += after.dataLength() - before.dataLength();
        }
        if (journal != null) {
            journal.steps.add(new Step(before, after));
        }
    }

    private void insert(Znode node) {
        familyOf(node).add(node, hashes.of(node), hashes);
        countBelow(node, 1);
        byId.put(node);
        changes.node(node);
        count(node);
        if (journal != null) {
            journal.steps.add(new Step(null, node));
        }
    }

    private void remove(Znode node) {
        familyOf(node).remove(node, hashes.of(node), hashes);
        countBelow(node, -1);
        byId.remove(node.id);
        keepForWalks(node);
        changes.nodeRemoved(node.id);
        nodeCount--;
        dataBytes -= node.name.length + node.dataLength();
        AclTable.Entry acl = acls.get(node.acl);
        acls.release(acl);
        digest -= TreeDigest.of(node, acl);
        ephemerals.left(node);
        expiring.left(node);
        if (journal != null) {
            journal.steps.add(new Step(node, null));
        }
    }

    /** Enters a znode that has its place already into everything that is derived. */
    private void count(Znode node) {
        nodeCount++;
        dataBytes += node.name.length + node.dataLength();
        AclTable.Entry acl = acls.get(node.acl);
        acls.retain(acl);
        digest += TreeDigest.of(node, acl);
        ephemerals.entered(node);
        expiring.entered(node);
    }

    /** Every znode above has one more or less below it. As many steps as the path has, like finding it. */
    private void countBelow(Znode node, int more) {
        Znode at = node;
        while (at.id != ROOT_ID) {
            at = parentOf(at);
            Family family = at.family;
            if (family != null) {
                family.addDescendants(more);
            }
        }
    }

    private Family familyOf(Znode child) {
        Family family = parentOf(child).family;
        if (family == null) {
            throw new IllegalStateException("znode " + child.parent + " has no family for its child " + child.id);
        }
        return family;
    }

    private void keepForWalks(Znode before) {
        for (int i = 0; i < walks.size(); i++) {
            walks.get(i).keep(before);
        }
    }

    // All or nothing.

    void begin() {
        journal = new Journal(nextNodeId, acls.nextId(), new ArrayList<>());
        quotas.begin();
    }

    void commit() {
        journal = null;
        quotas.commit();
    }

    /** Everything is as it was at {@link #begin}, the numbers included. */
    void rollBack() {
        Journal undone = journal;
        if (undone == null) {
            throw new IllegalStateException("nothing to roll back");
        }
        journal = null;
        for (int i = undone.steps.size() - 1; i >= 0; i--) {
            Step step = undone.steps.get(i);
            if (step.before == null) {
                if (step.after != null) {
                    remove(step.after);
                }
            } else if (step.after == null) {
                insert(step.before);
            } else {
                place(/* before= */ step.after, /* after= */ step.before);
            }
        }
        quotas.rollBack();
        nextNodeId = undone.nextNodeId;
        acls.sweep(changes);
        acls.continueWith(undone.nextAclId);
    }

    /** After each command. */
    void settle() {
        acls.sweep(changes);
    }

    // Sessions.

    @Nullable
    Session openSession(long id, int timeoutMs, Bytes password, int owner, long zxid) {
        Session session = sessions.open(id, timeoutMs, password, owner, zxid);
        if (session != null) {
            digest += TreeDigest.of(session);
            changes.session(session);
        }
        return session;
    }

    @Nullable
    Session attachSession(long id, int timeoutMs, Bytes password, int owner, long zxid) {
        Session before = sessions.get(id);
        Session attached = sessions.attach(id, timeoutMs, password, owner, zxid);
        if (before != null && attached != null) {
            digest += TreeDigest.of(attached) - TreeDigest.of(before);
            changes.session(attached);
        }
        return attached;
    }

    /** The session alone; its ephemerals are the executor's business. */
    void closeSession(long id) {
        Session closed = sessions.close(id);
        if (closed != null) {
            digest -= TreeDigest.of(closed);
            changes.sessionRemoved(id);
        }
    }

    // Leaving and coming back.

    /** Records that differ from the last cut. */
    int dirtyRecords() {
        return changes.size();
    }

    Changes takeChanges() {
        Changes taken = changes;
        changes = new Changes();
        return taken;
    }

    void forEachAcl(LongTable.Visitor<AclTable.Entry> visitor) {
        acls.forEach(visitor);
    }

    void addWalk(Walk walk) {
        walks.add(walk);
    }

    void removeWalk(Walk walk) {
        walks.remove(walk);
    }

    /**
     * A znode that exists; its parent came before. It cannot be found by its path, and is neither counted nor digested,
     * before {@link #finishRestore}.
     *
     * @param siblings is told of it
     */
    void restore(Znode node, Siblings siblings) {
        if (node.id != ROOT_ID) {
            if (byId.get(node.parent) == null || node.parent >= node.id) {
                throw new StateDamaged("znode " + node.id + " without its parent " + node.parent + " before it");
            }
            siblings.count(node.parent);
        }
        byId.put(node);
    }

    void restoreAcl(long key, List<Acl> acl) {
        if (key < 1 || key > Integer.MAX_VALUE || !acls.restore((int) key, acl)) {
            throw new StateDamaged("an access control list twice or without a number: " + key);
        }
    }

    void restoreSession(Session session) {
        sessions.restore(session);
        digest += TreeDigest.of(session);
    }

    /** Hangs together, counts and digests what has been restored. */
    void finishRestore(Counters counters, Siblings siblings) {
        if (byId.get(ROOT_ID) == null) {
            throw new StateDamaged("no root");
        }
        nextNodeId = counters.nextNodeId();
        acls.continueWith(counters.nextAclId());
        for (Znode node = byId.ceiling(0, nextNodeId); node != null; node = byId.ceiling(node.id + 1, nextNodeId)) {
            if (acls.find(node.acl) == null) {
                throw new StateDamaged("znode " + node.id + " has an unknown access control list " + node.acl);
            }
            int children = siblings.countOf(node.id);
            Znode whole = children == 0 ? node : node.withFamily(Family.ofSize(children));
            byId.put(whole);
            if (whole.id == ROOT_ID) {
                root = whole;
            } else {
                enterFamily(whole, siblings);
            }
            count(whole);
        }
        quotas.rebuild();
        if (acls.unusedCount() > 0) {
            throw new StateDamaged(acls.unusedCount() + " access control lists that no znode has");
        }
    }

    /** A znode that has always been there: nobody created it, so its parent does not count it among the created. */
    void plant(@Nullable Znode parent, String name, byte[] data, List<Acl> acl, int version, int aversion) {
        byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
        long parentId = parent == null ? 0 : parent.id;
        Znode planted = new Znode(
                nextNodeId++,
                parentId,
                0,
                0,
                0,
                0,
                0,
                Owner.NOBODY,
                version,
                0,
                aversion,
                intern(acl),
                nameBytes,
                data,
                null);
        if (parent != null) {
            place(parent, parent.withFamily(parent.family == null ? new Family() : parent.family));
            insert(planted);
        } else {
            root = planted;
            byId.put(planted);
            changes.node(planted);
            count(planted);
        }
    }

    /** The parent's comes before, because its id is smaller. */
    private void enterFamily(Znode node, Siblings siblings) {
        Family family = familyOf(node);
        long hash = hashes.of(node);
        if (!siblings.isNew(node.parent, hash) && family.get(hash, node.name, 0, node.name.length) != null) {
            throw new StateDamaged("znode " + node.id + " has the name of another child of " + node.parent);
        }
        family.add(node, hash, hashes);
        countBelow(node, 1);
    }
}
