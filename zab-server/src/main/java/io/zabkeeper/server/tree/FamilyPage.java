package io.zabkeeper.server.tree;

import io.zabkeeper.wire.Bytes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Names of children that are gathered in the order of their hashes, up to a number and a size. Names with the same hash
 * are not separated: the hash of the last one tells where to go on.
 */
final class FamilyPage {
    private final int limit;
    private final int limitBytes;
    private final List<Bytes> names = new ArrayList<>();
    private long sizeBytes;
    private long lastHash;
    private boolean isComplete = true;

    private record Ranked(long hash, Znode child) {}

    FamilyPage(int limit, int limitBytes) {
        this.limit = limit;
        this.limitBytes = limitBytes;
    }

    List<Bytes> names() {
        return names;
    }

    /** Whether there was nothing that it had no room for. */
    boolean isComplete() {
        return isComplete;
    }

    /** False when the page is full. */
    boolean takeLeaf(@Nullable Znode @Nullable [] leaf, long from, NameHash hashes) {
        if (leaf == null) {
            return true;
        }
        List<Ranked> ranked = new ArrayList<>();
        for (Znode child : leaf) {
            if (child != null) {
                long hash = hashes.of(child);
                if (Long.compareUnsigned(hash, from) >= 0) {
                    ranked.add(new Ranked(hash, child));
                }
            }
        }
        ranked.sort(Comparator.comparing(Ranked::hash, Long::compareUnsigned));
        for (Ranked one : ranked) {
            if (!take(one.hash, one.child.name)) {
                return false;
            }
        }
        return true;
    }

    private boolean take(long hash, byte[] name) {
        boolean isFull = names.size() >= limit || sizeBytes >= limitBytes;
        if (isFull && hash != lastHash) {
            isComplete = false;
            return false;
        }
        names.add(Bytes.of(name));
        sizeBytes += (long) Integer.BYTES + name.length;
        lastHash = hash;
        return true;
    }
}
