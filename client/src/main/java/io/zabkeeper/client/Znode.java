package io.zabkeeper.client;

import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.Stat;
import org.jspecify.annotations.Nullable;

/** What a znode holds. Null data and empty data are different things. */
public record Znode(@Nullable Bytes data, Stat stat) {
    /** The data as text; empty for null. */
    public String utf8() {
        return data == null ? "" : data.utf8();
    }
}
