package io.zabkeeper.server.store;

import io.zabkeeper.consensus.SnapshotMeta;
import io.zabkeeper.server.tree.Cut;
import io.zabkeeper.server.tree.StateSink;
import io.zabkeeper.server.tree.Table;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** A state of nothing but records, which says what a checkpoint should hold; also a sink that a checkpoint is read into. */
final class Model implements StateSink {
    private static final List<Table> TABLES = List.of(Table.values());

    private final TreeMap<String, String> records = new TreeMap<>();
    private long nodes;

    @Override
    public void put(Table table, long key, ByteBuffer value) {
        byte[] bytes = new byte[value.remaining()];
        value.get(bytes);
        String old = records.put(name(table, key), HexFormat.of().formatHex(bytes));
        if (table == Table.NODE && old == null) {
            nodes++;
        }
    }

    @Override
    public void remove(Table table, long key) {
        if (records.remove(name(table, key)) != null && table == Table.NODE) {
            nodes--;
        }
    }

    private static String name(Table table, long key) {
        return table + "/" + HexFormat.of().toHexDigits(key);
    }

    long nodes() {
        return nodes;
    }

    SnapshotMeta meta(long zxid) {
        return new SnapshotMeta(zxid, records.hashCode(), nodes);
    }

    /** Everything, as a walk over a tree would hand it over. */
    Cut everything(SnapshotMeta meta) {
        List<Change> changes = new ArrayList<>();
        records.forEach((name, value) -> changes.add(new Change(
                Table.valueOf(name.substring(0, name.indexOf('/'))),
                HexFormat.fromHexDigitsToLong(name.substring(name.indexOf('/') + 1)),
                HexFormat.of().parseHex(value))));
        return cut(meta, changes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Model that && records.equals(that.records);
    }

    @Override
    public int hashCode() {
        return records.hashCode();
    }

    @Override
    public String toString() {
        return records.size() + " records, " + nodes + " nodes";
    }

    static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    static Cut cut(SnapshotMeta meta, List<Change> changes) {
        return new Cut() {
            @Override
            public SnapshotMeta meta() {
                return meta;
            }

            @Override
            public int size() {
                return changes.size();
            }

            @Override
            public void writeTo(StateSink sink) {
                changes.forEach(change -> change.applyTo(sink));
            }
        };
    }

    /** Changes this model at random and returns the cut that does the same to a checkpoint. */
    Cut change(RandomGenerator random, long zxid, int changes, int keys) {
        TreeMap<String, Change> byKey = new TreeMap<>();
        for (int i = 0; i < changes; i++) {
            Table table = TABLES.get(random.nextInt(TABLES.size()));
            long key = table == Table.SESSION ? random.nextInt(keys) * 0x9e3779b97f4a7c15L : 1 + random.nextInt(keys);
            byte[] value = null;
            if (random.nextInt(4) != 0) {
                value = new byte[random.nextInt(20) == 0 ? random.nextInt(20_000) : random.nextInt(300)];
                random.nextBytes(value);
            }
            byKey.put(name(table, key), new Change(table, key, value));
        }
        List<Change> shuffled = new ArrayList<>(byKey.values());
        for (int i = shuffled.size() - 1; i > 0; i--) {
            Collections.swap(shuffled, i, random.nextInt(i + 1));
        }
        shuffled.forEach(change -> change.applyTo(this));
        return cut(meta(zxid), shuffled);
    }

    /** A cut that makes {@code count} nodes with ids from {@code first} on. */
    static Cut nodes(long zxid, long first, int count, int valueBytes, long total) {
        return new Cut() {
            @Override
            public SnapshotMeta meta() {
                return new SnapshotMeta(zxid, 7, total);
            }

            @Override
            public int size() {
                return count;
            }

            @Override
            public void writeTo(StateSink sink) {
                for (int i = 0; i < count; i++) {
                    byte[] value = new byte[valueBytes];
                    value[0] = (byte) zxid;
                    value[valueBytes - 1] = (byte) i;
                    sink.put(Table.NODE, first + i, ByteBuffer.wrap(value));
                }
            }
        };
    }
}
