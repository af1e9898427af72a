package io.zabkeeper.server.watch;

import static io.zabkeeper.server.watch.WatchKind.CHILD;
import static io.zabkeeper.server.watch.WatchKind.DATA;
import static io.zabkeeper.server.watch.WatchKind.PERSISTENT;
import static io.zabkeeper.server.watch.WatchKind.PERSISTENT_RECURSIVE;
import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.EventType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What operators are told of watches (client protocol §9.2). */
class WatchListingTest {
    private final WatchTable<Ear> table = new WatchTable<>();
    private final Ear ear = new Ear();
    private final Ear other = new Ear();

    @Test
    void the_totals_look_at_the_table_of_data_alone() {
        table.add(ear, DATA, "/a");
        table.add(ear, CHILD, "/a");
        table.add(other, CHILD, "/b");

        assertTotals(1, 1, 1, 3);
    }

    @Test
    void a_persistent_watch_is_in_both_tables() {
        table.add(ear, PERSISTENT, "/a");
        table.add(ear, PERSISTENT_RECURSIVE, "/b");
        table.add(ear, DATA, "/a");

        assertTotals(1, 2, 2, 4);
    }

    @Test
    void the_totals_follow_what_fires_and_what_goes() {
        table.add(ear, DATA, "/a");
        table.add(other, DATA, "/a");
        table.add(other, PERSISTENT, "/b");

        int told = table.trigger(7, EventType.NODE_DATA_CHANGED, "/a", Acl.OPEN_UNSAFE);
        assertThat(told).isEqualTo(2);
        assertTotals(1, 1, 1, 2);

        table.removeAll(other);
        assertTotals(0, 0, 0, 0);
    }

    @Test
    void a_listing_shows_the_watches_of_data_in_steps() {
        for (int i = 0; i < 10; i++) {
            table.add(ear, DATA, "/" + i);
            table.add(other, CHILD, "/" + i);
        }
        table.add(other, PERSISTENT, "/0");
        List<String> seen = new ArrayList<>();
        WatchListing<Ear> listing = table.listing(100);

        int steps = 1;
        while (listing.step(3, (path, watcher) -> seen.add(path + (watcher == ear ? " ear" : " other")))) {
            steps++;
        }

        assertThat(seen).hasSize(11).contains("/0 ear", "/0 other", "/9 ear").doesNotContain("/9 other");
        assertThat(steps).isBetween(5, 10);
    }

    @Test
    void a_listing_does_not_mind_what_changes_meanwhile() {
        for (int i = 0; i < 10; i++) {
            table.add(ear, DATA, "/" + i);
        }
        List<String> seen = new ArrayList<>();
        WatchListing<Ear> listing = table.listing(100);
        listing.step(4, (path, watcher) -> seen.add(path));

        table.removeAll(ear);

        assertThat(listing.step(100, (path, watcher) -> seen.add(path))).isFalse();
        assertThat(seen).hasSize(2);
    }

    /** CVE-2017-5637: however many there are, the first step is bounded. */
    @Test
    void a_listing_takes_no_more_paths_than_it_may() {
        for (int i = 0; i < 10; i++) {
            table.add(ear, DATA, "/" + i);
        }
        List<String> seen = new ArrayList<>();

        assertThat(table.listing(3).step(100, (path, watcher) -> seen.add(path)))
                .isFalse();
        assertThat(seen).hasSize(3);
    }

    private void assertTotals(int watchers, int paths, int listed, int all) {
        WatchTotals totals = table.totals();
        assertThat(List.of(totals.listedWatchers(), totals.listedPaths(), (int) totals.listed(), (int) totals.all()))
                .containsExactly(watchers, paths, listed, all);
    }
}
