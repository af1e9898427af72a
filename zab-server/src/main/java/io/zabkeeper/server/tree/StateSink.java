package io.zabkeeper.server.tree;

import java.nio.ByteBuffer;

/** Takes the records of a state or of a change to one, without knowing what they mean. */
public interface StateSink {
    /**
     * Replaces what the key holds.
     *
     * @param value from its position, which the sink may move, to its limit. Lent: when this returns the next record may
     *     come to lie in the same place. In big-endian order
     */
    void put(Table table, long key, ByteBuffer value);

    /** A key that holds nothing is left as it is. */
    void remove(Table table, long key);
}
