package io.zabkeeper.server.store;

import io.zabkeeper.server.tree.StateSink;
import io.zabkeeper.server.tree.Table;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads an environment from end to end and believes nothing that it cannot check. */
final class CheckpointReader implements MdbFile.Visitor {
    /** For reading just to check. */
    static final StateSink NOWHERE = new StateSink() {
        @Override
        public void put(Table table, long key, ByteBuffer value) {}

        @Override
        public void remove(Table table, long key) {}
    };

    private final MdbFile file;
    private final Table table;
    private final StateSink sink;
    private final Totals found;
    private final Seal seal = new Seal();
    private long last;
    private boolean first = true;

    private CheckpointReader(MdbFile file, Table table, StateSink sink, Totals found) {
        this.file = file;
        this.table = table;
        this.sink = sink;
        this.found = found;
    }

    /**
     * Hands over every record.
     *
     * @throws CheckpointDamaged when they are not exactly those that the ledger sums up
     */
    static Ledger read(Path environment, StateSink sink) {
        try (MdbFile file = MdbFile.open(environment.resolve(Environment.DATA))) {
            Ledger ledger = ledger(file);
            Totals found = new Totals();
            for (Table table : Table.values()) {
                file.scan(Environment.name(table), new CheckpointReader(file, table, sink, found));
                if (!found.agree(table, ledger.totals())) {
                    throw file.damaged("table " + table + " has " + found.count(table) + " records, not exactly the "
                            + ledger.totals().count(table) + " that were written");
                }
            }
            file.checkFreePages();
            return ledger;
        }
    }

    /** What an environment claims to hold; nothing but the ledger itself is checked. */
    static Ledger ledger(Path environment) {
        try (MdbFile file = MdbFile.open(environment.resolve(Environment.DATA))) {
            return ledger(file);
        }
    }

    private static Ledger ledger(MdbFile file) {
        byte[][] content = new byte[1][];
        file.scan(Environment.LEDGER, (key, keyOffset, keyBytes, value, offset, bytes) -> {
            content[0] = new byte[bytes];
            value.get(offset, content[0]);
        });
        @Nullable Ledger ledger = content[0] == null ? null : Ledger.decode(content[0]);
        if (ledger == null) {
            throw file.damaged("has no ledger that is whole");
        }
        if (ledger.transaction() != file.transaction()) {
            throw file.damaged("is at transaction " + file.transaction() + ", its ledger at " + ledger.transaction());
        }
        return ledger;
    }

    @Override
    public void record(ByteBuffer key, int keyOffset, int keyBytes, ByteBuffer value, int offset, int bytes) {
        if (keyBytes != Long.BYTES || bytes < Integer.BYTES) {
            throw file.damaged("a record of " + table + " has a key of " + keyBytes + " bytes and a value of " + bytes);
        }
        // The page is little-endian, our own numbers are not.
        long number = Long.reverseBytes(key.getLong(keyOffset));
        int sealed = Integer.reverseBytes(value.getInt(offset));
        ByteBuffer content = value.slice(offset + Integer.BYTES, bytes - Integer.BYTES);
        if (seal.of(table, number, content) != sealed) {
            throw file.damaged("record " + number + " of " + table + " fails its checksum");
        }
        if (!first && Long.compareUnsigned(number, last) <= 0) {
            throw file.damaged("record " + number + " of " + table + " follows " + last);
        }
        first = false;
        last = number;
        found.add(table, number, sealed);
        sink.put(table, number, content.rewind());
    }
}
