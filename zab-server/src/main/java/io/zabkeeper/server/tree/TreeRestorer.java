package io.zabkeeper.server.tree;

import io.zabkeeper.consensus.SnapshotMeta;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Makes a tree machine of records. Takes the tables in any order, znodes by ascending id, so that a parent is always there
 * before its children and nothing has to recurse. Used for one state only.
 */
public final class TreeRestorer implements StateSink {
    private final TreeSettings settings;
    private final Tree tree;
    private final Siblings siblings = new Siblings();
    private @Nullable Counters counters;
    private long lastNode;

    public TreeRestorer(TreeSettings settings) {
        this.settings = settings;
        this.tree = new Tree(settings.hashSeed());
    }

    /**
     * Takes one record.
     *
     * @throws StateDamaged as soon as damage is seen
     */
    @Override
    public void put(Table table, long key, ByteBuffer value) {
        switch (table) {
            case NODE -> putNode(key, value);
            case SESSION -> tree.restoreSession(StateDecoder.session(key, value));
            case ACL -> putAcl(key, value);
        }
    }

    /** A state consists of what is there. */
    @Override
    public void remove(Table table, long key) {
        throw new UnsupportedOperationException("a restorer takes a whole state, no changes");
    }

    /**
     * The machine as it was at that position.
     *
     * @throws StateDamaged unless the state has that digest and that many znodes
     */
    public TreeMachine finish(SnapshotMeta meta) {
        if (counters == null) {
            throw new StateDamaged("no counters");
        }
        if (lastNode >= counters.nextNodeId()) {
            throw new StateDamaged("znode " + lastNode + " is not below the next one, " + counters.nextNodeId());
        }
        tree.finishRestore(counters, siblings);
        if (tree.nodeCount() != meta.count()) {
            throw new StateDamaged(tree.nodeCount() + " znodes instead of " + meta.count());
        }
        if (tree.digest() != meta.digest()) {
            throw new StateDamaged(
                    "digest 0x" + Long.toHexString(tree.digest()) + " instead of 0x" + Long.toHexString(meta.digest()));
        }
        return new TreeMachine(tree, settings, meta.zxid());
    }

    private void putNode(long id, ByteBuffer value) {
        if (id <= lastNode) {
            throw new StateDamaged("znode " + id + " behind znode " + lastNode);
        }
        lastNode = id;
        tree.restore(StateDecoder.node(id, value), siblings);
    }

    private void putAcl(long key, ByteBuffer value) {
        if (key == Counters.KEY) {
            counters = StateDecoder.counters(value);
        } else {
            tree.restoreAcl(key, StateDecoder.acl(value));
        }
    }
}
