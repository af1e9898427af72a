package io.zabkeeper.client;

import io.zabkeeper.wire.Stat;
import java.util.List;

/** The names of a znode's children, in no order, and the znode's stat. */
public record Children(List<String> names, Stat stat) {
    public Children {
        names = List.copyOf(names);
    }
}
