package io.zabkeeper.consensus;

import java.util.List;

/**
 * What a member finds on its disk at boot.
 *
 * @param hardState the last durable one
 * @param snapshot of the newest valid checkpoint; the state machine stands exactly there
 * @param entries the retained history in order, without a gap; may begin before the snapshot's position, and its first
 *     entry's {@code previous} is at most the snapshot's position
 * @param committed the highest position known to have been committed, at least the snapshot's; a hint, but a true one
 *     what was committed stays committed
 * @param incarnation this boot's number
 * @param standing what this disk entitles the member to
 * @param configuration the members
 */
public record DurableImage(
        HardState hardState,
        SnapshotMeta snapshot,
        List<Entry> entries,
        long committed,
        long incarnation,
        Standing standing,
        Configuration configuration) {
    /** The last logged position (Z-4): that of the last entry, or of the snapshot when there is none behind it. */
    public long lastLogged() {
        return entries.isEmpty()
                ? snapshot.zxid()
                : Math.max(snapshot.zxid(), entries.get(entries.size() - 1).zxid());
    }
}
