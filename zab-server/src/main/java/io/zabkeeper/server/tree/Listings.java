package io.zabkeeper.server.tree;

import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.PackedNames;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * The names of the children of a znode, for replies. Those of a large family are made once for each state of the znode
 * and kept for whoever asks next: when many clients list the same thousands of children after a change, the loop goes
 * through them once.
 *
 * <p>Belongs to the loop.
 */
final class Listings {
    /** Children from which on a listing is kept. */
    private static final int LARGE = 1_000;

    /** Bytes of names that are kept in all. */
    private static final long MOST_BYTES = 16L * 1024 * 1024;

    /** The latest first. */
    private final Deque<Listing> kept = new ArrayDeque<>();

    private long keptBytes;

    /** Good for this very state: each child that comes or goes replaces the parent's. */
    private record Listing(Znode node, PackedNames names) {}

    /** In no order. */
    List<Bytes> of(Znode node) {
        int count = node.childCount();
        if (count < LARGE) {
            List<Bytes> names = new ArrayList<>(count);
            if (node.family != null) {
                node.family.forEach(child -> names.add(Bytes.of(child.name)));
            }
            return names;
        }
        for (Listing listing : kept) {
            if (listing.node == node) {
                return listing.names;
            }
        }
        PackedNames names = pack(node, count);
        keep(new Listing(node, names));
        return names;
    }

    private static PackedNames pack(Znode node, int count) {
        PackedNames.Builder builder = new PackedNames.Builder(count);
        if (node.family != null) {
            node.family.forEach(child -> builder.add(child.name));
        }
        return builder.build();
    }

    private void keep(Listing listing) {
        for (Iterator<Listing> each = kept.iterator(); each.hasNext(); ) {
            Listing old = each.next();
            if (old.node.id == listing.node.id) {
                each.remove();
                keptBytes -= old.names.packed().length;
            }
        }
        kept.addFirst(listing);
        keptBytes += listing.names.packed().length;
        while (keptBytes > MOST_BYTES) {
            keptBytes -= kept.removeLast().names.packed().length;
        }
    }
}
