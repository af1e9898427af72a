package io.zabkeeper.wire;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.RandomAccess;

/**
 * Many names as they stand on the wire, one behind the other, each with its length in front. Written into a reply they are
 * one copy of memory, not a walk through a hundred thousand objects. A list like any other for everybody else; immutable.
 */
public final class PackedNames extends AbstractList<Bytes> implements RandomAccess {
    private final byte[] packed;
    private final int[] starts;

    private PackedNames(byte[] packed, int[] starts) {
        this.packed = packed;
        this.starts = starts;
    }

    /** The names with their lengths: the wrapped array itself, which nobody may change. */
    public byte[] packed() {
        return packed;
    }

    @Override
    public int size() {
        return starts.length;
    }

    @Override
    public Bytes get(int index) {
        int start = starts[index];
        int end = index + 1 < starts.length ? starts[index + 1] : packed.length;
        return Bytes.of(Arrays.copyOfRange(packed, start + Integer.BYTES, end));
    }

    /** Takes names in. Made for one list. */
    public static final class Builder {
        private byte[] packed;
        private int[] starts;
        private int count;
        private int end;

        /** @param expectedCount how many names there will be; more are taken as well */
        public Builder(int expectedCount) {
            starts = new int[Math.max(1, expectedCount)];
            packed = new byte[Math.max(16, 16 * expectedCount)];
        }

        public void add(byte[] name) {
            int after = Math.addExact(end, Integer.BYTES + name.length);
            if (after > packed.length) {
                packed = Arrays.copyOf(packed, (int) Math.min(Integer.MAX_VALUE - 16, 2L * after));
            }
            if (count == starts.length) {
                starts = Arrays.copyOf(starts, 2 * count);
            }
            starts[count++] = end;
            packed[end] = (byte) (name.length >>> 24);
            packed[end + 1] = (byte) (name.length >>> 16);
            packed[end + 2] = (byte) (name.length >>> 8);
            packed[end + 3] = (byte) name.length;
            System.arraycopy(name, 0, packed, end + Integer.BYTES, name.length);
            end = after;
        }

        public PackedNames build() {
            return new PackedNames(
                    end == packed.length ? packed : Arrays.copyOf(packed, end),
                    count == starts.length ? starts : Arrays.copyOf(starts, count));
        }
    }
}
