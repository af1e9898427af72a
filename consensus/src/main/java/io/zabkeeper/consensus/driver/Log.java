package io.zabkeeper.consensus.driver;

import io.zabkeeper.consensus.SnapshotMeta;
import io.zabkeeper.consensus.WalRecord;
import java.util.List;

/** The one write-ahead log. Calls return at once; durability is reported to the driver as an event. */
public interface Log {
    /**
     * Appends records in order.
     *
     * @param sequence strictly increasing; reported durable, cumulatively, by {@code Event.Persisted}
     * @param committed the commit point as known now, to be kept lazily as a hint
     */
    void append(long sequence, List<WalRecord> records, long committed);

    /** History up to this checkpoint may be purged, as far as nothing else needs it. */
    void release(SnapshotMeta checkpoint);
}
