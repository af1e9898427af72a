package io.zabkeeper.server.tree;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A fast 64-bit hash that is the same on every machine. It finds differences and spreads names over slots; with a seed
 * that strangers do not know they cannot choose names that collide. It proves nothing to an adversary otherwise.
 */
final class Hash64 {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long K0 = 0x9e3779b97f4a7c15L;
    private static final long K1 = 0xd6e8feb86659fd93L;
    private static final long K2 = 0xa0761d6478bd642fL;

    private Hash64() {}

    /** Of a range of bytes. */
    static long of(long seed, byte[] bytes, int from, int to) {
        long hash = fold(seed ^ K2, (to - from) ^ K0);
        int at = from;
        for (; to - at >= Long.BYTES; at += Long.BYTES) {
            hash = fold(hash ^ (long) LONGS.get(bytes, at), K1);
        }
        if (at < to) {
            long tail = 0;
            for (int i = at; i < to; i++) {
                tail = tail << Byte.SIZE | (bytes[i] & 0xff);
            }
            hash = fold(hash ^ tail, K2);
        }
        return fold(hash, K0);
    }

    /** Takes one more value in; the order counts. */
    static long with(long hash, long value) {
        return fold(hash ^ K1, value ^ K0);
    }

    /** Spreads the bits of a single number. */
    static long of(long value) {
        return fold(value ^ K2, K0);
    }

    private static long fold(long a, long b) {
        return (a * b) ^ Math.multiplyHigh(a, b);
    }
}
