package io.zabkeeper.server.store;

import io.zabkeeper.consensus.SnapshotMeta;
import io.zabkeeper.server.tree.Table;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What an environment must hold: the position of its state, and the number and the sum of the records of each table. It
 * is written in the same transaction as the records.
 *
 * <p>The checksum of a record cannot tell that the record is missing, or that a whole page is that of an older day; the
 * sums can.
 *
 * @param meta the state's own figures; its count is the number of records in {@link Table#NODE}
 * @param transaction the number that LMDB gave to the transaction, so that a stale meta page is found
 */
record Ledger(SnapshotMeta meta, long transaction, Totals totals) {
    static final int BYTES = 2 * Integer.BYTES + 4 * Long.BYTES + Totals.BYTES + Integer.BYTES;
    static final int FORMAT = 1;
    private static final int MAGIC = 0x5a4b4c47;

    static Ledger empty() {
        return new Ledger(SnapshotMeta.NONE, 0, new Totals());
    }

    byte[] encode() {
        ByteBuffer out = ByteBuffer.allocate(BYTES);
        out.putInt(MAGIC).putInt(FORMAT);
        out.putLong(meta.zxid()).putLong(meta.digest()).putLong(meta.count()).putLong(transaction);
        totals.encode(out);
        out.putInt(checksum(out.array()));
        return out.array();
    }

    /** Null when the bytes are damaged. */
    static @Nullable Ledger decode(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        if (bytes.length != BYTES || in.getInt(BYTES - Integer.BYTES) != checksum(bytes)) {
            return null;
        }
        if (in.getInt() != MAGIC || in.getInt() != FORMAT) {
            return null;
        }
        SnapshotMeta meta = new SnapshotMeta(in.getLong(), in.getLong(), in.getLong());
        return new Ledger(meta, in.getLong(), Totals.decode(in));
    }

    private static int checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, BYTES - Integer.BYTES);
        return (int) crc.getValue();
    }
}
