package io.zabkeeper.server.tree;

import io.zabkeeper.server.auth.AccessCheck;
import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.AuthId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Each access control list that any znode carries, once, by a number. Part of the state: the numbers are the same on all
 * members, and a list leaves with the last znode that carries it. Belongs to the loop; the entries' lists never change.
 */
final class AclTable {
    private final LongTable<Entry> byId = new LongTable<>(0);

    /** Never iterated. */
    private final Map<List<Acl>, Entry> byContent = new HashMap<>();

    /** Without a znode at present; perhaps one of them gets one before the command is over. */
    private final List<Entry> unused = new ArrayList<>();

    /** Comparing two lists is cheaper than hashing one, and clients tend to use the same one again. */
    private @Nullable Entry lastInterned;

    private int nextId = 1;

    /** One list. */
    static final class Entry {
        final int id;
        final List<Acl> acl;

        /** Of the content, so that the digest does not depend on the number. */
        final long hash;

        /** What everybody may do; most checks end here. */
        final int openPermissions;

        private int znodes;

        Entry(int id, List<Acl> acl) {
            this.id = id;
            this.acl = acl;
            this.hash = hash(acl);
            int open = 0;
            for (Acl entry : acl) {
                open |= entry.id().equals(AuthId.ANYONE) ? entry.permissions() : 0;
            }
            this.openPermissions = open;
        }

        boolean allows(int wanted, List<AuthId> identity) {
            return (openPermissions & wanted) != 0 || AccessCheck.allows(acl, wanted, identity);
        }
    }

    int size() {
        return byId.size();
    }

    int nextId() {
        return nextId;
    }

    /** Takes back numbers that a rolled back multi has given out, or continues where a checkpoint ended. */
    void continueWith(int id) {
        nextId = id;
    }

    Entry get(int id) {
        Entry entry = byId.get(id);
        if (entry == null) {
            throw new IllegalStateException("no access control list has the number " + id);
        }
        return entry;
    }

    @Nullable
    Entry find(int id) {
        return byId.get(id);
    }

    Entry intern(List<Acl> acl) {
        if (lastInterned != null && lastInterned.acl.equals(acl)) {
            return lastInterned;
        }
        Entry known = byContent.get(acl);
        if (known != null) {
            lastInterned = known;
            return known;
        }
        Entry entry = new Entry(nextId++, List.copyOf(acl));
        add(entry);
        unused.add(entry);
        return entry;
    }

    void retain(Entry entry) {
        entry.znodes++;
    }

    void release(Entry entry) {
        entry.znodes--;
        if (entry.znodes == 0) {
            unused.add(entry);
        }
    }

    /** Forgets what nobody carries now that a command is over, and says which. */
    void sweep(Changes changes) {
        if (unused.isEmpty()) {
            return;
        }
        for (Entry entry : unused) {
            if (entry.znodes == 0 && byId.remove(entry.id) != null) {
                byContent.remove(entry.acl);
                changes.aclRemoved(entry.id);
            }
        }
        unused.clear();
        lastInterned = null;
    }

    /** False when the number or the list is there already. */
    boolean restore(int id, List<Acl> acl) {
        if (byId.get(id) != null || byContent.containsKey(acl)) {
            return false;
        }
        add(new Entry(id, acl));
        return true;
    }

    void forEach(LongTable.Visitor<Entry> visitor) {
        byId.forEach(visitor);
    }

    /** Entries of a checkpoint that no znode carries; there are none unless it is damaged. */
    int unusedCount() {
        int[] count = {0};
        byId.forEach((id, entry) -> count[0] += entry.znodes == 0 ? 1 : 0);
        return count[0];
    }

    private void add(Entry entry) {
        byId.put(entry.id, entry);
        byContent.put(entry.acl, entry);
    }

    private static long hash(List<Acl> acl) {
        long hash = acl.size();
        for (Acl entry : acl) {
            hash = Hash64.with(hash, entry.permissions());
            hash = Hash64.with(hash, hash(entry.id().scheme()));
            hash = Hash64.with(hash, hash(entry.id().id()));
        }
        return hash;
    }

    private static long hash(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Hash64.of(0, bytes, 0, bytes.length);
    }
}
