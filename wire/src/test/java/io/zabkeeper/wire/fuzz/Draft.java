package io.zabkeeper.wire.fuzz;

import java.util.Arrays;

/** Bytes that are being changed; used again for one input after the other. */
final class Draft {
    private final int limit;
    private byte[] array = new byte[256];
    private int length;

    /** @param limit no input becomes longer */
    Draft(int limit) {
        this.limit = limit;
    }

    void set(byte[] bytes) {
        length = 0;
        insert(0, bytes, 0, bytes.length);
    }

    int length() {
        return length;
    }

    int limit() {
        return limit;
    }

    byte[] copy() {
        return Arrays.copyOf(array, length);
    }

    byte[] copy(int from, int to) {
        return Arrays.copyOfRange(array, from, to);
    }

    int intAt(int at) {
        return (array[at] << 24)
                | ((array[at + 1] & 0xff) << 16)
                | ((array[at + 2] & 0xff) << 8)
                | (array[at + 3] & 0xff);
    }

    void setInt(int at, int value) {
        array[at] = (byte) (value >> 24);
        array[at + 1] = (byte) (value >> 16);
        array[at + 2] = (byte) (value >> 8);
        array[at + 3] = (byte) value;
    }

    void setLong(int at, long value) {
        setInt(at, (int) (value >> 32));
        setInt(at + 4, (int) value);
    }

    void flip(int bit) {
        array[bit >> 3] ^= (byte) (1 << (bit & 7));
    }

    void setByte(int at, byte value) {
        array[at] = value;
    }

    void cut(int newLength) {
        length = Math.min(length, newLength);
    }

    void delete(int from, int to) {
        System.arraycopy(array, to, array, from, length - to);
        length -= to - from;
    }

    /** As much of it as the limit leaves room for. */
    void insert(int at, byte[] bytes, int from, int to) {
        int count = Math.min(to - from, limit - length);
        if (count <= 0) {
            return;
        }
        if (length + count > array.length) {
            array = Arrays.copyOf(array, Math.max(2 * array.length, length + count));
        }
        System.arraycopy(array, at, array, at + count, length - at);
        System.arraycopy(bytes, from, array, at, count);
        length += count;
    }

    void overwrite(int at, byte[] bytes) {
        System.arraycopy(bytes, 0, array, at, Math.min(bytes.length, length - at));
    }
}
