package io.zabkeeper.server.store;

import io.zabkeeper.server.tree.StateSink;
import io.zabkeeper.server.tree.Table;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** A record that is put or removed. */
final class Change {
    /** By key, because LMDB writes neighbours a dozen times faster than strangers. */
    static final Comparator<Change> IN_ORDER = (a, b) -> {
        int byTable = a.table.compareTo(b.table);
        return byTable != 0 ? byTable : Long.compareUnsigned(a.key, b.key);
    };

    final Table table;
    final long key;

    /** Null when the record is removed. */
    final byte @Nullable [] value;

    Change(Table table, long key, byte @Nullable [] value) {
        this.table = table;
        this.key = key;
        this.value = value;
    }

    void applyTo(StateSink sink) {
        if (value == null) {
            sink.remove(table, key);
        } else {
            sink.put(table, key, value);
        }
    }
}
