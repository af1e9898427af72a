package io.zabkeeper.server.tree;

/**
 * One look at all containers and znodes with a time to live, in as many steps as the caller likes, while writes go on. It
 * finds what seems to be due; whether it is, is decided when {@link Command.ReapZnode} is applied.
 *
 * <p>Belongs to the loop.
 */
public final class ReapScan {
    private final Tree tree;
    private final long neverUsedMs;
    private final long end;
    private long position = Tree.ROOT_ID;

    ReapScan(Tree tree, long neverUsedMs) {
        this.tree = tree;
        this.neverUsedMs = neverUsedMs;
        this.end = tree.nextNodeId();
    }

    /**
     * The next znode that is due.
     *
     * @param nowMillis in the time of the stamps, rather behind than ahead
     * @param looks how many znodes to look at before giving up for now
     * @return its internal id; 0 when none was found among those, which does not mean that there is none before
     *     {@link #isDone}
     */
    public long next(long nowMillis, int looks) {
        for (int i = 0; i < looks && !isDone(); i++) {
            Znode node = tree.expiring().ceiling(position, end);
            if (node == null) {
                position = end;
                return 0;
            }
            position = node.id + 1;
            if (ReapOp.isDue(node, nowMillis, neverUsedMs)) {
                return node.id;
            }
        }
        return 0;
    }

    public boolean isDone() {
        return position >= end;
    }
}
