package io.zabkeeper.server.tree;

import io.zabkeeper.wire.Stat;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One state of one znode. Never changed but replaced: whoever holds one (a cut, a walk, a reply) keeps what he saw.
 *
 * <p>The exception is {@link #family}, the table of its children, which all states of a znode share and which only the
 * loop may touch. The id is unique for ever and grows, so that a child's is always larger than its parent's.
 *
 * <p>There are millions of these: 104 bytes with compressed references, and not one to spare.
 */
final class Znode {
    final long id;
    final long parent;
    final long czxid;
    final long mzxid;
    final long pzxid;
    final long ctime;
    final long mtime;

    /** See {@link Owner}. */
    final long owner;

    final int version;

    /** Children ever created; what clients see is another number, see {@link #stat}. */
    final int createdChildren;

    final int aversion;

    /** In the {@link AclTable}. */
    final int acl;

    /** The last segment of the path as UTF-8. */
    final byte[] name;

    final byte @Nullable [] data;

    /** Null when childless. */
    final @Nullable Family family;

    // One parameter for each field, in the order of the fields; called from this class and the codec only.
    Znode(
            long id,
            long parent,
            long czxid,
            long mzxid,
            long pzxid,
            long ctime,
            long mtime,
            long owner,
            int version,
            int createdChildren,
            int aversion,
            int acl,
            byte[] name,
            byte @Nullable [] data,
            @Nullable Family family) {
        this.id = id;
        this.parent = parent;
        this.czxid = czxid;
        this.mzxid = mzxid;
        this.pzxid = pzxid;
        this.ctime = ctime;
        this.mtime = mtime;
        this.owner = owner;
        this.version = version;
        this.createdChildren = createdChildren;
        this.aversion = aversion;
        this.acl = acl;
        this.name = name;
        this.data = data;
        this.family = family;
    }

    /** Fresh, by a create at this zxid. */
    static Znode created(
            long id,
            long parent,
            long zxid,
            long stampMillis,
            long owner,
            int acl,
            byte[] name,
            byte @Nullable [] data) {
        return new Znode(id, parent, zxid, zxid, zxid, stampMillis, stampMillis, owner, 0, 0, 0, acl, name, data, null);
    }

    Znode withData(byte @Nullable [] newData, long zxid, long stampMillis) {
        return new Znode(
                id,
                parent,
                czxid,
                zxid,
                pzxid,
                ctime,
                stampMillis,
                owner,
                next(version),
                createdChildren,
                aversion,
                acl,
                name,
                newData,
                family);
    }

    /** Other data without a trace in the stat: the service's own doing, not a client's. */
    Znode withDataOnly(byte @Nullable [] newData) {
        return new Znode(
                id,
                parent,
                czxid,
                mzxid,
                pzxid,
                ctime,
                mtime,
                owner,
                version,
                createdChildren,
                aversion,
                acl,
                name,
                newData,
                family);
    }

    Znode withAcl(int newAcl) {
        return new Znode(
                id,
                parent,
                czxid,
                mzxid,
                pzxid,
                ctime,
                mtime,
                owner,
                version,
                createdChildren,
                next(aversion),
                newAcl,
                name,
                data,
                family);
    }

    Znode withChildCreated(long zxid, Family withRoom) {
        return withChildren(zxid, createdChildren + 1, withRoom);
    }

    Znode withChildDeleted(long zxid) {
        return withChildren(zxid, createdChildren, family == null || family.isEmpty() ? null : family);
    }

    /** The same state with a table for its children, as the restorer needs it. */
    Znode withFamily(Family newFamily) {
        return withChildren(pzxid, createdChildren, newFamily);
    }

    private Znode withChildren(long newPzxid, int newCreatedChildren, @Nullable Family newFamily) {
        return new Znode(
                id,
                parent,
                czxid,
                mzxid,
                newPzxid,
                ctime,
                mtime,
                owner,
                version,
                newCreatedChildren,
                aversion,
                acl,
                name,
                data,
                newFamily);
    }

    String nameText() {
        return new String(name, StandardCharsets.UTF_8);
    }

    int childCount() {
        return family == null ? 0 : family.size();
    }

    /** All below, in the present state of the tree. */
    int descendantCount() {
        return family == null ? 0 : family.descendants();
    }

    int dataLength() {
        return data == null ? 0 : data.length;
    }

    boolean isEphemeral() {
        return Owner.isSession(owner);
    }

    /**
     * What clients see (client protocol §4.1): the cversion counts creates and deletes of children, of which the stored
     * number has the creates and the table the difference.
     */
    Stat stat() {
        int children = childCount();
        return new Stat(
                czxid,
                mzxid,
                ctime,
                mtime,
                version,
                2 * createdChildren - children,
                aversion,
                isEphemeral() ? owner : Owner.NOBODY,
                dataLength(),
                children,
                pzxid);
    }

    /** Wraps around, but never onto -1, which as an expected version means any (client protocol §4.2). */
    private static int next(int version) {
        return version == -2 ? 0 : version + 1;
    }
}
