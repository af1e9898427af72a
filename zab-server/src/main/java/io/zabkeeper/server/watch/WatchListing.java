package io.zabkeeper.server.watch;

import java.util.List;

/**
 * A walk over the watches in steps, so that a table of any size holds the loop up for moments only (CVE-2017-5637). What
 * comes or goes between two steps may or may not be seen.
 *
 * @param <W> the connection
 */
public final class WatchListing<W extends Watcher> {
    private final List<WatchTable.Spot<W>> spots;
    private int next;

    WatchListing(List<WatchTable.Spot<W>> spots) {
        this.spots = spots;
    }

    /** Gets the watches, those of one path behind each other. */
    public interface Sink<W> {
        void watch(String path, W watcher);
    }

    /**
     * Hands over the next watches.
     *
     * @param budget roughly so many; the watches of one path are not parted
     * @return whether there are more
     */
    public boolean step(int budget, Sink<W> sink) {
        int left = budget;
        while (left > 0 && next < spots.size()) {
            WatchTable.Spot<W> spot = spots.get(next++);
            spot.forEach((party, kinds) -> {
                if ((kinds & WatchKind.DATA_TABLE) != 0) {
                    sink.watch(spot.path, party.watcher);
                }
            });
            left -= 1 + spot.size();
        }
        return next < spots.size();
    }
}
