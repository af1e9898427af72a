package io.zabkeeper.server.admin.report;

import io.zabkeeper.server.metrics.MemberReport.Watched;
import io.zabkeeper.server.request.ClientSession;
import io.zabkeeper.server.watch.WatchListing;
import io.zabkeeper.server.watch.WatchTable;
import io.zabkeeper.server.watch.Watcher;
import java.util.ArrayList;
import java.util.List;

/** Collects the watches of data. */
final class WatchCollection {
    private final WatchListing<Watcher> listing;
    private final int limit;
    private final List<Watched> watched = new ArrayList<>();
    private boolean isCut;

    WatchCollection(WatchTable<Watcher> watches, int limit) {
        this.listing = watches.listing(limit);
        this.limit = limit;
        this.isCut = watches.totals().listedPaths() > limit;
    }

    boolean step(int budget) {
        return listing.step(budget, this::add) && !isCut;
    }

    private void add(String path, Watcher watcher) {
        if (watched.size() == limit) {
            isCut = true;
        } else if (watcher instanceof ClientSession session) {
            watched.add(new Watched(path, session.id()));
        }
    }

    List<Watched> watched() {
        return watched;
    }

    boolean isCut() {
        return isCut;
    }
}
