package io.zabkeeper.server.watch;

/**
 * How many watches there are as ZooKeeper counts them: it has a table for data and one for children, a persistent watch is
 * in both, and {@code wchs}, {@code wchc} and {@code wchp} look at the first one only.
 */
public final class WatchTotals {
    private long data;
    private long child;
    private int paths;
    private int watchers;

    WatchTotals() {}

    void changed(WatchTable.Spot<?> spot, WatchTable.Party<?> party, int before, int after) {
        child += is(after, WatchKind.CHILD_TABLE) - is(before, WatchKind.CHILD_TABLE);
        int change = is(after, WatchKind.DATA_TABLE) - is(before, WatchKind.DATA_TABLE);
        if (change == 0) {
            return;
        }
        data += change;
        paths -= is(spot.listed, -1);
        watchers -= is(party.listed, -1);
        spot.listed += change;
        party.listed += change;
        paths += is(spot.listed, -1);
        watchers += is(party.listed, -1);
    }

    private static int is(int kinds, int table) {
        return (kinds & table) == 0 ? 0 : 1;
    }

    /** Of both tables together. */
    public long all() {
        return data + child;
    }

    /** In the table of data. */
    public long listed() {
        return data;
    }

    /** Paths in the table of data. */
    public int listedPaths() {
        return paths;
    }

    /** Connections in the table of data. */
    public int listedWatchers() {
        return watchers;
    }
}
