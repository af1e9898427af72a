package io.zabkeeper.cli.treefile;

import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.ZnodePath;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A subtree as a file holds it: the znode that is its root, and all below.
 *
 * @param root where it was; null if the file does not say
 * @param entries parents first, children sorted by name, whatever the order in the file
 */
public record TreeFile(@Nullable String root, List<Entry> entries) {
    /** The order of a walk through the tree: no character of a name comes before the one between names. */
    private static final Comparator<Entry> WALK =
            Comparator.comparing(entry -> entry.path().replace('/', '\0'));

    /**
     * One znode.
     *
     * @param path from the subtree's root, which is {@code /} itself
     * @param data null for none at all
     * @param acl null if the file does not say
     */
    public record Entry(
            String path, @Nullable Bytes data, @Nullable List<Acl> acl) {
        /** Its path when the subtree's root is there. */
        public String pathBelow(String place) {
            if (path.equals(ZnodePath.ROOT)) {
                return place;
            }
            return place.equals(ZnodePath.ROOT) ? path : place + path;
        }
    }

    public TreeFile {
        entries = entries.stream().sorted(WALK).toList();
    }
}
