package io.zabkeeper.server.tree;

import io.zabkeeper.consensus.SnapshotMeta;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Keeps records as a checkpoint does: sorted by table and key. */
final class Records implements StateSink {
    private final Map<Table, NavigableMap<Long, byte[]>> tables = new EnumMap<>(Table.class);

    Records() {
        for (Table table : Table.values()) {
            tables.put(table, new TreeMap<>());
        }
    }

    @Override
    public void put(Table table, long key, ByteBuffer value) {
        byte[] bytes = new byte[value.remaining()];
        value.get(bytes);
        table(table).put(key, bytes);
    }

    @Override
    public void remove(Table table, long key) {
        table(table).remove(key);
    }

    NavigableMap<Long, byte[]> table(Table table) {
        NavigableMap<Long, byte[]> records = tables.get(table);
        if (records == null) {
            throw new AssertionError("no table " + table);
        }
        return records;
    }

    TreeMachine restore(TreeSettings settings, SnapshotMeta meta) {
        TreeRestorer restorer = new TreeRestorer(settings);
        tables.forEach(
                (table, records) -> records.forEach((key, value) -> restorer.put(table, key, ByteBuffer.wrap(value))));
        return restorer.finish(meta);
    }
}
