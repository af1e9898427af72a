package io.zabkeeper.server.tree;

import org.jspecify.annotations.Nullable;

/**
 * The containers and the znodes with a time to live, in the order of their ids, so that whoever looks for those that are
 * due does not have to look at all the others. Kept by the tree in step with every change; what is in here follows from
 * the state and is no part of it.
 *
 * <p>Belongs to the loop.
 */
final class ExpiringNodes {
    private final IdIndex nodes = new IdIndex();
    private long count;

    void entered(Znode node) {
        if (Owner.isMortal(node.owner)) {
            nodes.put(node);
            count++;
        }
    }

    void replaced(Znode after) {
        if (Owner.isMortal(after.owner)) {
            nodes.put(after);
        }
    }

    void left(Znode node) {
        if (Owner.isMortal(node.owner)) {
            nodes.remove(node.id);
            count--;
        }
    }

    @Nullable
    Znode ceiling(long from, long end) {
        return nodes.ceiling(from, end);
    }

    long count() {
        return count;
    }
}
