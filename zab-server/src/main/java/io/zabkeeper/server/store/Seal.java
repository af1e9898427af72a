package io.zabkeeper.server.store;

import io.zabkeeper.server.tree.Table;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The checksum of one record, over its table, its key and its value: a value that turns up under another key is found as
 * surely as a flipped bit. For one thread.
 */
final class Seal {
    private final CRC32C crc = new CRC32C();
    private final byte[] name = new byte[1 + Long.BYTES];

    /** Moves the value's position to its limit. */
    int of(Table table, long key, ByteBuffer value) {
        name[0] = (byte) TableNumber.of(table);
        for (int i = 0; i < Long.BYTES; i++) {
            name[1 + i] = (byte) (key >>> (56 - 8 * i));
        }
        crc.reset();
        crc.update(name, 0, name.length);
        crc.update(value);
        return (int) crc.getValue();
    }

    /** What a record adds to the sum of its table. Sums do not depend on order, so that a cut can be taken off and added. */
    static long weight(long key, int seal) {
        long mixed = (key ^ ((long) seal << 32 | (seal & 0xffffffffL))) * 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ (mixed >>> 32)) * 0xd6e8feb86659fd93L;
        return mixed ^ (mixed >>> 32);
    }
}
