package io.zabkeeper.client;

import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.Stat;
import java.util.List;

/** Who may do what with a znode, and the znode's stat: its aversion guards a change. */
public record AccessList(List<Acl> entries, Stat stat) {
    public AccessList {
        entries = List.copyOf(entries);
    }
}
