package io.zabkeeper.server.tree;

/** Takes the records of a state or of a change to one, without knowing what they mean. */
public interface StateSink {
    /** Replaces what the key holds. The array is handed over: nobody may change it afterwards. */
    void put(Table table, long key, byte[] value);

    /** A key that holds nothing is left as it is. */
    void remove(Table table, long key);
}
