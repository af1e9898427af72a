package io.zabkeeper.client;

import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.Stat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a znode's children.
 *
 * @param names in no order that means anything
 * @param stat the znode's: when it is the same on every page, the pages together are its children at that moment
 * @param next asks for the next page; null behind the last one
 */
public record Page(List<String> names, Stat stat, @Nullable Bytes next) {
    public Page {
        names = List.copyOf(names);
    }
}
