package io.zabkeeper.wire;

/**
 * What a znode tells about itself besides its data.
 *
 * @param czxid zxid of the write that created it
 * @param mzxid zxid of the write that last set its data
 * @param ctime creation, milliseconds since 1970 by the leader's clock
 * @param mtime last change of the data, milliseconds since 1970 by the leader's clock
 * @param version how often the data was set
 * @param cversion how often a child was created or deleted
 * @param aversion how often the ACL was set
 * @param ephemeralOwner the session that it belongs to, 0 unless it is ephemeral
 * @param dataLength bytes of data; 0 for null too
 * @param numChildren direct children
 * @param pzxid zxid of the write that last created or deleted a direct child
 */
public record Stat(
        long czxid,
        long mzxid,
        long ctime,
        long mtime,
        int version,
        int cversion,
        int aversion,
        long ephemeralOwner,
        int dataLength,
        int numChildren,
        long pzxid) {}
