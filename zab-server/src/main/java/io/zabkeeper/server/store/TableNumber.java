package io.zabkeeper.server.store;

import io.zabkeeper.server.tree.Table;

/** The numbers of the tables on disk. They never change, whatever becomes of the order of the constants. */
final class TableNumber {
    static final int COUNT = Table.values().length;

    private TableNumber() {}

    static int of(Table table) {
        return switch (table) {
            case NODE -> 0;
            case SESSION -> 1;
            case ACL -> 2;
        };
    }
}
