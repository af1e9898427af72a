package io.zabkeeper.server.store;

import io.zabkeeper.server.tree.StateSink;
import io.zabkeeper.server.tree.Table;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A record that is put or removed. */
final class Change {
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
            sink.put(table, key, ByteBuffer.wrap(value));
        }
    }
}
