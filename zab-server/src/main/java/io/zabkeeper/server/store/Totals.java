package io.zabkeeper.server.store;

import io.zabkeeper.server.tree.Table;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Number and sum of the records of each table, kept up as records come and go. */
final class Totals {
    private static final int TABLES = TableNumber.COUNT;
    static final int BYTES = TABLES * 2 * Long.BYTES;

    private final long[] counts = new long[TABLES];
    private final long[] sums = new long[TABLES];

    Totals copy() {
        Totals copy = new Totals();
        System.arraycopy(counts, 0, copy.counts, 0, TABLES);
        System.arraycopy(sums, 0, copy.sums, 0, TABLES);
        return copy;
    }

    void add(Table table, long key, int seal) {
        counts[TableNumber.of(table)]++;
        sums[TableNumber.of(table)] += Seal.weight(key, seal);
    }

    void takeOff(Table table, long key, int seal) {
        counts[TableNumber.of(table)]--;
        sums[TableNumber.of(table)] -= Seal.weight(key, seal);
    }

    long count(Table table) {
        return counts[TableNumber.of(table)];
    }

    long count() {
        return Arrays.stream(counts).sum();
    }

    boolean agree(Table table, Totals other) {
        return counts[TableNumber.of(table)] == other.counts[TableNumber.of(table)]
                && sums[TableNumber.of(table)] == other.sums[TableNumber.of(table)];
    }

    void encode(ByteBuffer out) {
        for (int i = 0; i < TABLES; i++) {
            out.putLong(counts[i]).putLong(sums[i]);
        }
    }

    static Totals decode(ByteBuffer in) {
        Totals totals = new Totals();
        for (int i = 0; i < TABLES; i++) {
            totals.counts[i] = in.getLong();
            totals.sums[i] = in.getLong();
        }
        return totals;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Totals that && Arrays.equals(counts, that.counts) && Arrays.equals(sums, that.sums);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sums);
    }

    @Override
    public String toString() {
        return Arrays.toString(counts);
    }
}
